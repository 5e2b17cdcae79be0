// Stands between page and server, passes bytes on as they are, and stops doing so when told: a network that stalls. Nothing is lost.

import net from 'node:net';

export class PausingProxy {
  #sockets = new Set();
  #paused = false;

  // In front of that port of this machine.
  static async start(port) {
    const proxy = new PausingProxy();
    proxy.listener = net.createServer((near) => proxy.#connect(near, net.connect(port, '127.0.0.1')));
    await new Promise((resolve, reject) => {
      proxy.listener.once('error', reject);
      proxy.listener.listen(0, '127.0.0.1', resolve);
    });
    proxy.url = `http://127.0.0.1:${proxy.listener.address().port}`;
    return proxy;
  }

  #connect(near, far) {
    for (const [from, to] of [[near, far], [far, near]]) {
      this.#sockets.add(from);
      from.setNoDelay(true);
      from.pipe(to);
      from.on('error', () => to.destroy());
      from.on('close', () => {
        this.#sockets.delete(from);
        to.destroy();
      });
      if (this.#paused) from.pause();
    }
  }

  // For that long no byte goes either way; then all of them do.
  async stall(duration_ms) {
    this.#paused = true;
    for (const socket of this.#sockets) socket.pause();
    await new Promise((resolve) => { setTimeout(resolve, duration_ms); });
    this.#paused = false;
    for (const socket of this.#sockets) socket.resume();
  }

  async stop() {
    for (const socket of this.#sockets) socket.destroy();
    await new Promise((resolve) => { this.listener.close(resolve); });
  }
}
