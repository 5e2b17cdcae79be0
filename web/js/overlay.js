// F3: how the game runs: a verdict in words, a graph of the last seconds, the last disturbances, numbers, and a trace to save.

import { Graph } from './graph.js';

const by_id = (id) => document.getElementById(id);
const numbers_interval_ms = 500;  // rates need some time between two readings
const troubles_shown = 3;
const badge_words = { network: 'Network', server: 'Server', page: 'Page' };

function write(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

function ago(age_ms) {
  return age_ms < 1000 ? 'just now' : `${Math.round(age_ms / 1000)} s ago`;
}

function paint_badge(badge, cause, otherwise) {
  const well = !badge_words[cause] && otherwise === 'Fine';
  badge.className = `badge ${badge_words[cause] ? cause : well ? 'well' : ''}`;
  write(badge, badge_words[cause] ?? otherwise);
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

  #show_verdict({ cause, words, age_ms }) {
    const line = by_id('verdict');
    paint_badge(line.querySelector('.badge'), cause, words === 'All is well' ? 'Fine' : '?');
    write(line.querySelector('.words'), `${words}.`);
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
      paint_badge(line.querySelector('.badge'), one.cause, '?');
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
      ['transport', `${net.transport}, tick ${net.tick} at ${net.tick_hz} Hz`],
      ['round trip', `${net.round_trip_ms.toFixed(0)} ms`],
      ['frames received', `${rate('frames_received').toFixed(1)} /s`],
      ['bytes', `${rate('bytes_received').toFixed(0)} /s in, ${rate('bytes_sent').toFixed(0)} /s out`],
      ['snapshot age', `${net.snapshot_age_ms.toFixed(0)} ms, drawn ${net.interpolation_delay_ms.toFixed(0)} ms behind`],
      ['prediction', `${net.lead_ticks.toFixed(1)} ticks ahead, last error ${net.correction_last_tiles.toFixed(3)} tiles`],
      ['corrections', `${net.corrections}, connections lost ${net.disconnects}`],
      ['in view', `${net.entities} entities`],
      ['frames drawn', `${drawn.toFixed(1)} /s, 95 % within ${draw.frame_ms_p95.toFixed(0)} ms, work ${draw.work_ms_p95.toFixed(1)} ms`],
      ['draw calls', `${draw.draw_calls} for ${draw.quads} pictures at ${(draw.render_scale * 100).toFixed(0)} % resolution`],
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
    const text = this.find_game()?.trace_text();
    if (!text) return;
    const link = document.createElement('a');
    link.href = URL.createObjectURL(new Blob([text], { type: 'application/json' }));
    link.download = `cudgel-trace-${new Date().toISOString().slice(0, 19).replace(/[T:]/g, '-')}.json`;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10000);
  }
}
