// F3: how the game runs: a verdict in words, a graph of the last seconds, the last disturbances, numbers, and a trace to save.

import { Graph } from './graph.js';
import { has_text, text } from './text.js';

const by_id = (id) => document.getElementById(id);
const numbers_interval_ms = 500;  // rates need some time between two readings
const troubles_shown = 3;

function write(element, words) {
  if (element.textContent !== words) element.textContent = words;
}

function ago(age_ms) {
  return age_ms < 1000 ? text('f3.just_now') : text('f3.ago', { n: Math.round(age_ms / 1000) });
}

function paint_badge(badge, cause, well = false) {
  const blamed = has_text(`f3.blame.${cause}`);
  badge.className = `badge ${blamed ? cause : well ? 'well' : ''}`;
  write(badge, blamed ? text(`f3.blame.${cause}`) : well ? text('f3.fine') : '?');
}

export class Overlay {
  #element = by_id('overlay');
  #graph = new Graph(by_id('graph'));
  #before = null;
  #numbers_ms = 0;

  // `find_game` gives the running game or null; `canvas` keeps the keyboard.
  constructor(find_game, canvas) {
    this.find_game = find_game;
    for (const button of this.#element.querySelectorAll('button')) button.addEventListener('click', () => canvas.focus());
    by_id('save-trace').addEventListener('click', () => this.#save_trace());
    by_id('close-overlay').addEventListener('click', () => this.toggle());
    document.querySelector('#own .emblem').addEventListener('click', () => this.toggle());  // for fingers, see overlay.css
  }

  toggle() {
    this.#element.hidden = !this.#element.hidden;
    this.#before = null;
    this.#numbers_ms = 0;
    this.#graph.forget();
  }

  update(facts, now_ms) {
    if (this.#element.hidden) return;
    const news = this.find_game().monitor(this.#graph.seen_ms);
    this.#show_verdict(news.verdict);
    this.#show_troubles(news);
    this.#graph.add(news);
    this.#graph.draw();
    if (now_ms - this.#numbers_ms >= numbers_interval_ms) this.#show_numbers(facts, now_ms);
  }

  #show_verdict({ cause, words, age_ms, well }) {
    const line = by_id('verdict');
    paint_badge(line.querySelector('.badge'), cause, well);
    write(line.querySelector('.words'), text('f3.sentence', { words }));
    write(line.querySelector('.age'), age_ms >= 0 ? ago(age_ms) : '');
  }

  // The newest first; what the verdict says is not said again.
  #show_troubles({ recent, verdict, now }) {
    const shown = recent.slice().reverse().filter((one) => one.words !== verdict.words).slice(0, troubles_shown);
    const list = by_id('troubles');
    while (list.children.length > shown.length) list.lastChild.remove();
    while (list.children.length < shown.length) {
      const line = document.createElement('li');
      for (const name of ['badge', 'words', 'age']) {
        const part = document.createElement(name === 'badge' ? 'b' : 'span');
        part.className = name;
        line.append(part);
      }
      list.append(line);
    }
    shown.forEach((one, i) => {
      const line = list.children[i];
      paint_badge(line.querySelector('.badge'), one.cause);
      write(line.querySelector('.words'), one.words);
      write(line.querySelector('.age'), ago(now - one.ended));
    });
  }

  #show_numbers(facts, now_ms) {
    this.#numbers_ms = now_ms;
    const { net, draw } = facts;
    const seconds = this.#before ? (now_ms - this.#before.now_ms) / 1000 : 0;
    const rate = (name) => (seconds > 0 ? (net[name] - this.#before.net[name]) / seconds : 0);
    const drawn = draw.frame_ms_mean > 0 ? 1000 / draw.frame_ms_mean : 0;
    const rows = [
      [text('f3.transport'), text('f3.transport_is', { name: net.transport, tick: net.tick, hz: net.tick_hz })],
      [text('f3.round_trip'), text('f3.ms', { n: net.round_trip_ms.toFixed(0) })],
      [text('f3.frames'), text('f3.per_second', { n: rate('frames_received').toFixed(1) })],
      [text('f3.bytes'), text('f3.bytes_are', { in: rate('bytes_received').toFixed(0), out: rate('bytes_sent').toFixed(0) })],
      [text('f3.age'), text('f3.age_is', { age: net.snapshot_age_ms.toFixed(0), behind: net.interpolation_delay_ms.toFixed(0) })],
      [text('f3.prediction'), text('f3.prediction_is', { ticks: net.lead_ticks.toFixed(1), tiles: net.correction_last_tiles.toFixed(3) })],
      [text('f3.corrections'), text('f3.corrections_are', { n: net.corrections, lost: net.disconnects })],
      [text('f3.in_view'), text('f3.in_view_are', { n: net.entities })],
      [text('f3.drawn'), text('f3.drawn_are', { n: drawn.toFixed(1), within: draw.frame_ms_p95.toFixed(0), work: draw.work_ms_p95.toFixed(1) })],
      [text('f3.calls'), text('f3.calls_are', { n: draw.draw_calls, pictures: draw.quads, percent: (draw.render_scale * 100).toFixed(0) })],
    ];
    const cells = by_id('numbers').children;
    if (cells.length !== rows.length * 2) {
      by_id('numbers').replaceChildren(...rows.flatMap(() => [document.createElement('span'), document.createElement('b')]));
    }
    // The space is for whoever reads the text alone.
    rows.forEach(([name, value], i) => {
      write(cells[i * 2], `${name} `);
      write(cells[i * 2 + 1], value);
    });
    this.#before = { now_ms, net };
  }

  #save_trace() {
    const trace = this.find_game()?.trace_text();
    if (!trace) return;
    const link = document.createElement('a');
    link.href = URL.createObjectURL(new Blob([trace], { type: 'application/json' }));
    link.download = `cudgel-trace-${new Date().toISOString().slice(0, 19).replace(/[T:]/g, '-')}.json`;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10000);
  }
}
