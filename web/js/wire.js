// What each road costs on the wire, as the server counts it: /metrics read twice, divided by the sessions that were on the road.

const names = {
  sessions: 'cudgel_transport_sessions',
  bytes_in: 'cudgel_transport_wire_bytes_received_total',
  bytes_out: 'cudgel_transport_wire_bytes_sent_total',
  requests: 'cudgel_transport_requests_total',
  frames: 'cudgel_transport_frames_sent_total',
};

// One reading: { transport: { sessions, bytes_in, ... } }. Lines of other metrics are passed over.
export function parse_metrics(text, transports) {
  const reading = Object.fromEntries(transports.map((transport) => [transport, {}]));
  for (const [figure, name] of Object.entries(names)) {
    for (const [, transport, value] of text.matchAll(new RegExp(`^${name}\\{transport="(\\w+)"\\} (\\S+)$`, 'gm'))) {
      if (reading[transport]) reading[transport][figure] = Number(value);
    }
  }
  return reading;
}

export class Meter {
  #transports;
  #before = null;
  #now = null;

  constructor(transports) { this.#transports = transports; }

  // Never fails: while the server cannot be asked, per_session() has nothing to tell.
  async read(now_ms) {
    this.#before = this.#now;
    try {
      const answer = await fetch('metrics', { cache: 'no-store' });
      if (!answer.ok) throw new Error(`status ${answer.status}`);
      this.#now = { now_ms, reading: parse_metrics(await answer.text(), this.#transports) };
    } catch {
      this.#now = null;
    }
  }

  // Between the last two readings, a session's share: { bytes, requests } per second, both ways with all headers, and { bytes_per_update }. Null when
  // nobody was on that road or the server did not tell.
  per_session(transport) {
    if (!this.#before || !this.#now) return null;
    const before = this.#before.reading[transport];
    const now = this.#now.reading[transport];
    const seconds = (this.#now.now_ms - this.#before.now_ms) / 1000;
    const sessions = (before.sessions + now.sessions) / 2;
    if (!(sessions > 0) || !(seconds > 0)) return null;
    const gained = (figure) => now[figure] - before[figure];
    const bytes = gained('bytes_in') + gained('bytes_out');
    const per_second = sessions * seconds;
    return {
      bytes: bytes / per_second,
      requests: gained('requests') / per_second,
      bytes_per_update: gained('frames') > 0 ? bytes / gained('frames') : 0,
    };
  }
}
