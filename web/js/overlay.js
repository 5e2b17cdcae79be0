// F3: how the connection and the drawing are doing.

export class Overlay {
  #element = document.getElementById('overlay');
  #before = null;
  #text_ms = 0;

  toggle() {
    this.#element.hidden = !this.#element.hidden;
    this.#before = null;
    this.#text_ms = 0;
  }

  // Every half second: rates need some time between two readings.
  update(facts, now_ms) {
    if (this.#element.hidden || now_ms - this.#text_ms < 500) return;
    this.#text_ms = now_ms;
    const { net, draw } = facts;
    const seconds = this.#before ? (now_ms - this.#before.now_ms) / 1000 : 0;
    const rate = (name) => (seconds > 0 ? (net[name] - this.#before.net[name]) / seconds : 0);
    const drawn = draw.frame_ms_mean > 0 ? 1000 / draw.frame_ms_mean : 0;
    this.#element.textContent = [
      `transport         ${net.transport}, tick ${net.tick} at ${net.tick_hz} Hz`,
      `round trip        ${net.round_trip_ms.toFixed(0)} ms`,
      `frames received   ${rate('frames_received').toFixed(1)} /s`,
      `bytes             ${rate('bytes_received').toFixed(0)} /s in, ${rate('bytes_sent').toFixed(0)} /s out`,
      `snapshot age      ${net.snapshot_age_ms.toFixed(0)} ms, drawn ${net.interpolation_delay_ms.toFixed(0)} ms behind`,
      `prediction        ${net.lead_ticks.toFixed(1)} ticks ahead, last error ${net.correction_last_tiles.toFixed(3)} tiles`,
      `corrections       ${net.corrections}, connections lost ${net.disconnects}`,
      `in view           ${net.entities} entities`,
      `frames drawn      ${drawn.toFixed(1)} /s, 95 % within ${draw.frame_ms_p95.toFixed(1)} ms (work ${draw.work_ms_p95.toFixed(1)} ms)`,
      `draw calls        ${draw.draw_calls} for ${draw.quads} pictures, ${(draw.render_scale * 100).toFixed(0)} % of the resolution`,
    ].join('\n');
    this.#before = { now_ms, net };
  }
}
