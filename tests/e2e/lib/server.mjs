// The real server, on a port of its own choice, with a data directory that is thrown away.

import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { build_dir } from './paths.mjs';

const binary = process.env.CUDGEL_SERVER ?? join(build_dir, 'native/bin/cudgel-server');
export const web = process.env.CUDGEL_WEB ?? join(build_dir, 'web');
const ready_timeout_ms = 20000;

// Nothing outlives the run, however it ends.
const running = new Set();
process.on('exit', () => { for (const child of running) child.kill('SIGKILL'); });
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => process.exit(1));

export class Server {
  // options: { port, data, args, web }. A given `data` directory survives stop().
  static async start(options = {}) {
    for (const needed of [binary, web]) if (!existsSync(needed)) throw new Error(`${needed} is missing; run scripts/build first`);
    const server = new Server();
    server.keeps_data = Boolean(options.data);
    server.data = options.data ?? mkdtempSync(join(tmpdir(), 'cudgel-e2e-'));
    server.log = '';
    const args = ['--listen', `127.0.0.1:${options.port ?? 0}`, '--web', options.web ?? web, '--data', server.data, ...(options.args ?? [])];
    server.process = spawn(binary, args, { stdio: ['ignore', 'pipe', 'pipe'] });
    running.add(server.process);
    server.ended = new Promise((resolve) => server.process.once('exit', (code, signal) => {
      running.delete(server.process);
      resolve({ code, signal });
    }));
    server.process.stderr.on('data', (text) => { server.log += text; });
    server.url = await server.#ready();
    server.port = Number(new URL(server.url).port);
    return server;
  }

  #ready() {
    return new Promise((resolve, reject) => {
      let text = '';
      const give_up = setTimeout(() => reject(new Error(`the server did not get ready:\n${this.log}`)), ready_timeout_ms);
      this.process.stdout.on('data', (piece) => {
        text += piece;
        const line = text.match(/listening on (http:\/\/\S+)/);
        if (!line) return;
        clearTimeout(give_up);
        resolve(line[1]);
      });
      this.process.once('exit', (code) => reject(new Error(`the server ended with ${code}:\n${this.log}`)));
      this.process.once('error', reject);
    });
  }

  // SIGKILL: no goodbye, nothing written. The data stays.
  async kill() {
    this.process.kill('SIGKILL');
    await this.ended;
  }

  // SIGTERM and wait; returns how it ended.
  async stop() {
    if (this.process.exitCode === null) this.process.kill('SIGTERM');
    const end = await this.ended;
    if (!this.keeps_data) rmSync(this.data, { recursive: true, force: true });
    return end;
  }
}
