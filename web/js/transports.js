// /transports: the game four times, each over another road, and what that costs. The games are whole pages in frames (?embed=1); this page reads their
// window.cudgel and, for the bytes on the wire, the server's /metrics.

import { Meter } from './wire.js';

const roads = [
  { transport: 'ws', title: 'WebSocket', name: 'WebSocket', class_name: 'warrior' },
  { transport: 'sse', title: 'Server-Sent Events', name: 'Events', class_name: 'mage' },
  { transport: 'longpoll', title: 'Long polling', name: 'Long poll', class_name: 'taoist' },
  { transport: 'poll', title: 'Short polling', name: 'Short poll', class_name: 'warrior' },
];
const sample_ms = 100;
const figures_ms = 1000;
const ages_kept = 100;        // ten seconds of samples
const age_shown_max_ms = 400; // top of the drawing
const turn_ms = 1600;         // a walk changes its heading this often

class Road {
  #ages = [];
  #before = null;

  constructor(road, template, parent) {
    this.transport = road.transport;
    this.element = template.content.firstElementChild.cloneNode(true);
    const code = document.createElement('code');
    code.textContent = `?transport=${road.transport}`;
    this.element.querySelector('h2').append(road.title, code);
    this.frame = this.element.querySelector('iframe');
    this.frame.title = `The game over ${road.title}`;
    const query = new URLSearchParams({ embed: '1', join: '1', transport: road.transport, name: road.name, class: road.class_name });
    this.frame.src = `./?${query}`;
    parent.append(this.element);
  }

  // What the game in the frame tells of itself; null until it does.
  state() { return this.frame.contentWindow?.cudgel?.state() ?? null; }

  walk(x, y) { this.frame.contentWindow?.postMessage({ walk: { x, y } }, location.origin); }

  sample() {
    const state = this.state();
    this.#ages.push(state?.connected ? state.snapshot_age_ms : null);
    if (this.#ages.length > ages_kept) this.#ages.shift();
    this.#draw_ages();
  }

  show(meter, now_ms) {
    const state = this.state();
    const told = this.element.querySelector('.state');
    if (!state?.connected) {
      told.textContent = state?.message || (state?.phase === 'loading' ? 'loading…' : 'on the way…');
      this.#before = null;
      return;
    }
    told.textContent = state.transport === this.transport ? '' : `came over ${state.transport} instead`;
    const seconds = this.#before ? (now_ms - this.#before.now_ms) / 1000 : 0;
    const frames = this.#before ? state.frames_received - this.#before.frames : 0;
    const frame_bytes = frames > 0 ? (state.bytes_received - this.#before.bytes) / frames : 0;
    const updates = seconds > 0 ? frames / seconds : 0;
    this.#before = { now_ms, frames: state.frames_received, bytes: state.bytes_received };
    const ages = this.#ages.filter((age) => age !== null).sort((a, b) => a - b);
    this.#write('round_trip', state.round_trip_ms.toFixed(0), 'ms');
    this.#write('updates', updates.toFixed(1), '/s');
    this.#write('age', (ages[Math.floor(ages.length * 0.95)] ?? 0).toFixed(0), 'ms at worst of 20');
    const wire = meter.per_session(this.transport);
    this.#write('wire', wire ? (wire.bytes / 1000).toFixed(2) : '–', 'kB/s');
    this.#write('requests', wire ? wire.requests.toFixed(1) : '–', '/s');
    this.#write('overhead', wire && frames > 0 ? (wire.bytes_per_update - frame_bytes).toFixed(0) : '–', 'bytes');
  }

  #write(figure, number, unit) {
    const small = document.createElement('small');
    small.textContent = ` ${unit}`;
    this.element.querySelector(`[data-figure=${figure}]`).replaceChildren(number, small);
  }

  #draw_ages() {
    const canvas = this.element.querySelector('canvas');
    const context = canvas.getContext('2d');
    const { width, height } = canvas;
    const y_of = (age_ms) => height - 3 - Math.min(age_ms, age_shown_max_ms) / age_shown_max_ms * (height - 8);
    context.clearRect(0, 0, width, height);
    context.font = '11px sans-serif';
    for (const age_ms of [100, 200, 300]) {
      context.fillStyle = 'rgba(226, 182, 80, 0.22)';
      context.fillRect(0, y_of(age_ms), width, 1);
      context.fillStyle = 'rgba(234, 217, 176, 0.55)';
      context.fillText(`${age_ms} ms`, 4, y_of(age_ms) - 2);
    }
    context.strokeStyle = '#ffd873';
    context.lineWidth = 2;
    context.lineJoin = 'round';
    context.beginPath();
    let drawing = false;
    this.#ages.forEach((age, index) => {
      if (age === null) { drawing = false; return; }
      const x = width - (this.#ages.length - index) * (width / ages_kept);
      if (drawing) context.lineTo(x, y_of(age));
      else context.moveTo(x, y_of(age));
      drawing = true;
    });
    context.stroke();
    const known = this.#ages.filter((age) => age !== null);
    canvas.setAttribute('aria-label', `Age of the newest news, now ${known.length ? known.at(-1).toFixed(0) : 'unknown'} ms`);
  }
}

// Where the held keys point, or null.
class Keys {
  static directions = {
    KeyW: [0, -1], ArrowUp: [0, -1], KeyS: [0, 1], ArrowDown: [0, 1], KeyA: [-1, 0], ArrowLeft: [-1, 0], KeyD: [1, 0], ArrowRight: [1, 0],
  };
  #held = new Set();

  constructor(on_change) {
    window.addEventListener('keydown', (event) => this.#turn(event, true, on_change));
    window.addEventListener('keyup', (event) => this.#turn(event, false, on_change));
    window.addEventListener('blur', () => { this.#held.clear(); on_change(); });
  }

  #turn(event, down, on_change) {
    if (!Keys.directions[event.code] || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    if (down) this.#held.add(event.code);
    else this.#held.delete(event.code);
    if (!event.repeat) on_change();
  }

  heading() {
    if (this.#held.size === 0) return null;
    const sum = [...this.#held].map((code) => Keys.directions[code]).reduce(([x, y], [dx, dy]) => [x + dx, y + dy], [0, 0]);
    const length = Math.hypot(...sum) || 1;
    return [sum[0] / length, sum[1] / length];
  }
}

const template = document.getElementById('road');
const all = roads.map((road) => new Road(road, template, document.getElementById('roads')));
const meter = new Meter(roads.map((road) => road.transport));
let turn = 0;
const keys = new Keys(steer);

// Held keys first; else round and round, a quarter turn at a time; or they stand.
function steer() {
  const walking = document.getElementById('walk').checked;
  const [x, y] = keys.heading() ?? (walking ? [Math.cos(turn * Math.PI / 2), Math.sin(turn * Math.PI / 2)] : [0, 0]);
  for (const road of all) road.walk(x, y);
}
document.getElementById('walk').addEventListener('change', steer);
setInterval(() => { turn += 1; steer(); }, turn_ms);
setInterval(() => all.forEach((road) => road.sample()), sample_ms);
setInterval(async () => {
  await meter.read(performance.now());
  for (const road of all) road.show(meter, performance.now());
}, figures_ms);
