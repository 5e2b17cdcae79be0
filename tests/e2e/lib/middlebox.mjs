// Somebody on the way: an HTTP proxy in front of a server that does to WebSockets, streams and requests what proxies, firewalls and virus scanners do.
// What it does can be changed while the game runs.

import http from 'node:http';
import net from 'node:net';

export class Middlebox {
  // 'pass'; 'swallow': never answered; 'refuse': 400; 'reset': the connection is reset. For new ones: see cut_upgrades().
  upgrades = 'pass';
  // Answers that are streams are collected and handed on once in so many ms, the head included; 0: at once; Infinity: when they are whole.
  stream_flush_ms = 0;
  // Requests of the roads ('open', 'send', 'stream', 'receive') that are answered 403.
  blocked = [];

  #sockets = new Set();
  #upgraded = new Set();
  #agent = new http.Agent({ keepAlive: true });

  static async start(server) {
    const box = new Middlebox();
    box.target = { host: '127.0.0.1', port: server.port };
    box.http = http.createServer((request, answer) => box.#forward(request, answer));
    box.http.on('upgrade', (request, socket, head) => box.#upgrade(request, socket, head));
    box.http.on('connection', (socket) => {
      box.#sockets.add(socket);
      socket.on('close', () => box.#sockets.delete(socket));
      socket.on('error', () => {});
    });
    await new Promise((resolve) => { box.http.listen(0, '127.0.0.1', resolve); });
    box.port = box.http.address().port;
    box.url = `http://127.0.0.1:${box.port}`;
    return box;
  }

  // Every WebSocket that stands is gone.
  cut_upgrades() { for (const socket of this.#upgraded) socket.destroy(); }
  // Every connection is.
  cut() { for (const socket of this.#sockets) socket.destroy(); }

  async stop() {
    this.cut();
    this.#agent.destroy();
    await new Promise((resolve) => { this.http.close(resolve); });
  }

  #forward(request, answer) {
    if (this.blocked.some((name) => request.url.endsWith(`/road/${name}`))) {
      request.resume();
      answer.writeHead(403, { 'Content-Type': 'text/plain' }).end('Not allowed here.\n');
      return;
    }
    const onward = http.request({ ...this.target, agent: this.#agent, method: request.method, path: request.url, headers: request.headers });
    onward.on('response', (come) => {
      const is_stream = (come.headers['content-type'] ?? '').startsWith('text/event-stream');
      if (is_stream && this.stream_flush_ms > 0) this.#hand_on_in_lumps(come, answer);
      else this.#hand_on(come, answer);
    });
    onward.on('error', () => answer.destroy());
    answer.on('close', () => onward.destroy());
    request.pipe(onward);
  }

  #hand_on(come, answer) {
    answer.writeHead(come.statusCode, come.headers);
    answer.flushHeaders();
    come.pipe(answer);
  }

  #hand_on_in_lumps(come, answer) {
    const kept = [];
    const flush = () => {
      if (!answer.headersSent) answer.writeHead(come.statusCode, come.headers);
      for (const piece of kept.splice(0)) answer.write(piece);
    };
    const beat = Number.isFinite(this.stream_flush_ms) ? setInterval(flush, this.stream_flush_ms) : undefined;
    come.on('data', (piece) => kept.push(piece));
    come.on('end', () => { flush(); answer.end(); });
    answer.on('close', () => clearInterval(beat));
  }

  #upgrade(request, socket, head) {
    if (this.upgrades === 'swallow') return;
    if (this.upgrades === 'refuse') {
      socket.end('HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\nConnection: close\r\n\r\n');
      return;
    }
    if (this.upgrades === 'reset') {
      socket.resetAndDestroy();
      return;
    }
    const onward = net.connect(this.target, () => {
      const lines = [`${request.method} ${request.url} HTTP/1.1`];
      for (let i = 0; i < request.rawHeaders.length; i += 2) lines.push(`${request.rawHeaders[i]}: ${request.rawHeaders[i + 1]}`);
      onward.write(`${lines.join('\r\n')}\r\n\r\n`);
      onward.write(head);
      onward.pipe(socket).pipe(onward);
    });
    this.#upgraded.add(socket);
    socket.on('close', () => { this.#upgraded.delete(socket); onward.destroy(); });
    onward.on('error', () => socket.destroy());
    onward.on('close', () => socket.destroy());
  }
}
