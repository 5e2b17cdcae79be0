// POST requests for fetch_client.cpp: a library for Emscripten's linker. Each exchange has a queue of what has happened, which the program
// fetches when it likes; nothing here calls into the program.

mergeInto(LibraryManager.library, {
  $cudgel_fetch__postset: 'cudgel_fetch.exchanges = new Map();',
  $cudgel_fetch: {
    HEAD: 1, DATA: 2, DONE: 3, FAILED: 4,  // as fetch_client.cpp counts them
    FORGET_AFTER_MS: 5000,
    exchanges: null,
    newest_id: 0,

    // `headers`: "Name:value" lines.
    request: function(url, headers, body, body_bytes, signal, outlives_page) {
      const fields = new Headers({ 'Content-Type': 'application/octet-stream' });
      for (const line of UTF8ToString(headers).split('\n')) {
        const colon = line.indexOf(':');
        if (colon > 0) fields.append(line.slice(0, colon), line.slice(colon + 1));
      }
      return fetch(UTF8ToString(url), {
        method: 'POST', headers: fields, body: body_bytes > 0 ? HEAPU8.slice(body, body + body_bytes) : undefined,
        mode: 'same-origin', cache: 'no-store', redirect: 'error', signal: signal, keepalive: outlives_page,
      });
    },

    read: async function(exchange, answering, waiting_bytes_max) {
      const add = (type, bytes) => { exchange.events.push({ type: type, bytes: bytes }); };
      const text = (words) => new TextEncoder().encode(words);
      try {
        const answer = await answering;
        const field = (name) => answer.headers.get(name) || '';
        add(cudgel_fetch.HEAD, text([answer.status, field('Cudgel-Road'), field('Cudgel-Number'), field('Cudgel-Close')].join('\n')));
        const reader = answer.body && answer.body.getReader();
        for (;;) {
          const piece = reader ? await reader.read() : { done: true };
          if (piece.done) break;
          if (piece.value.length === 0) continue;
          exchange.waiting_bytes += piece.value.length;
          if (exchange.waiting_bytes > waiting_bytes_max) throw new Error('what came was not fetched for too long');
          add(cudgel_fetch.DATA, piece.value);
        }
        add(cudgel_fetch.DONE, text(''));
      } catch (error) {
        exchange.control.abort();
        add(cudgel_fetch.FAILED, text('the request failed: ' + error.message));
      }
    },
  },

  // Begins a request; the number of its exchange. Body bytes that may wait at once: `waiting_bytes_max`.
  cudgel_fetch_start__deps: ['$cudgel_fetch'],
  cudgel_fetch_start: function(url, headers, body, body_bytes, waiting_bytes_max) {
    const id = ++cudgel_fetch.newest_id;
    const exchange = { events: [], waiting_bytes: 0, control: new AbortController() };
    cudgel_fetch.exchanges.set(id, exchange);
    const answering = cudgel_fetch.request(url, headers, body, body_bytes, exchange.control.signal, false);
    cudgel_fetch.read(exchange, answering, waiting_bytes_max);
    return id;
  },

  // A request whose answer nobody reads, sent even when the page is gone.
  cudgel_fetch_forget__deps: ['$cudgel_fetch'],
  cudgel_fetch_forget: function(url, headers, body, body_bytes) {
    const control = new AbortController();
    const timer = setTimeout(() => control.abort(), cudgel_fetch.FORGET_AFTER_MS);
    cudgel_fetch.request(url, headers, body, body_bytes, control.signal, true)
      .then((answer) => answer.body && answer.body.cancel()).catch(() => {}).finally(() => clearTimeout(timer));
  },

  // What has happened next, 0 if nothing has.
  cudgel_fetch_next__deps: ['$cudgel_fetch'],
  cudgel_fetch_next: function(id) {
    const first = cudgel_fetch.exchanges.get(id).events[0];
    return first ? first.type : 0;
  },

  // Only when something has happened: how many bytes belong to it.
  cudgel_fetch_next_bytes__deps: ['$cudgel_fetch'],
  cudgel_fetch_next_bytes: function(id) {
    return cudgel_fetch.exchanges.get(id).events[0].bytes.length;
  },

  // Copies them and goes on to what happened then.
  cudgel_fetch_take__deps: ['$cudgel_fetch'],
  cudgel_fetch_take: function(id, bytes) {
    const exchange = cudgel_fetch.exchanges.get(id);
    const event = exchange.events.shift();
    HEAPU8.set(event.bytes, bytes);
    if (event.type === cudgel_fetch.DATA) exchange.waiting_bytes -= event.bytes.length;
  },

  // Stops it if it is still under way, and forgets it.
  cudgel_fetch_cancel__deps: ['$cudgel_fetch'],
  cudgel_fetch_cancel: function(id) {
    cudgel_fetch.exchanges.get(id).control.abort();
    cudgel_fetch.exchanges.delete(id);
  },
});
