// The graph of F3: the last ten seconds, newest at the right, on a canvas of its own. Lanes from top to bottom, each with its scale:
//   news      how old the newest news from the server was at each display frame (area), and the round trip (dashes)
//   page      how long each display frame took (bars)
//   server    how late the server's ticks were (bars)
//   moved     by how much the server corrected the own character (diamonds)
// Disturbances are bands across all lanes, in the colour of who caused them. Draws only when asked to.

import { text } from './text.js';

const span_ms = 10000;
const colour = { network: '#56b4e9', server: '#f0a830', page: '#d58bb8', moved: '#fff3c4', round_trip: '#ffffff', text: '#e9dfc4', faint: '#a99d80' };
const top_px = 2;
const axis_px = 15;           // the line of times below
const gap_px = 7;             // between lanes, and where there is little room
const narrow_gap_px = 4;
const little_room_px = 120;
const name_font = '600 10.5px system-ui, sans-serif';
const scale_font = '10px system-ui, sans-serif';
const lanes = [
  { name: 'news', share: 0.4, scales: [150, 300, 600, 1500, 3000, 15000], unit: 'ms' },
  { name: 'page', share: 0.26, scales: [50, 100, 250, 500, 1500, 5000], unit: 'ms' },
  { name: 'server', share: 0.17, scales: [50, 100, 250, 500, 1500, 5000, 60000], unit: 'ms' },
  { name: 'moved', share: 0.17, scales: [0.5, 1, 2, 4, 12], unit: 'tiles' },
];

// The smallest scale that holds the value.
const scale_for = (scales, most) => scales.find((scale) => most <= scale) ?? scales.at(-1);

export class Graph {
  #frames = [];               // [at, interval, news' age]
  #arrivals = [];             // [at, gap, server late, round trip]
  #corrections = [];          // [at, tiles]
  #bands = [];                // { cause, began, ended }
  #now = 0;

  constructor(canvas) {
    this.canvas = canvas;
    this.context = canvas.getContext('2d');
  }

  forget() { this.#frames = []; this.#arrivals = []; this.#corrections = []; this.#now = 0; }
  // Until when it knows everything.
  get seen_ms() { return this.#now; }

  // `news` from Game.monitor(seen_ms).
  add(news) {
    this.#now = news.now;
    this.#bands = news.recent;
    const young = (row) => row[0] > news.now - span_ms;
    this.#frames = this.#frames.concat(news.frames).filter(young);
    this.#arrivals = this.#arrivals.concat(news.arrivals).filter(young);
    this.#corrections = this.#corrections.concat(news.corrections).filter(young);
  }

  draw() {
    const { canvas, context } = this;
    const ratio = window.devicePixelRatio || 1;
    const width = canvas.clientWidth;
    const height = canvas.clientHeight;
    if (width === 0) return;
    if (canvas.width !== Math.round(width * ratio) || canvas.height !== Math.round(height * ratio)) {
      canvas.width = Math.round(width * ratio);
      canvas.height = Math.round(height * ratio);
    }
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    context.clearRect(0, 0, width, height);
    this.width = width;
    const gap = height < little_room_px ? narrow_gap_px : gap_px;
    const room = height - axis_px - top_px - gap * (lanes.length - 1);
    let y = top_px;
    const boxes = {};
    for (const lane of lanes) {
      boxes[lane.name] = { ...lane, y, height: Math.round(room * lane.share) };
      y += boxes[lane.name].height + gap;
    }
    this.#draw_axis(y - gap, height);
    this.#draw_bands(y - gap - top_px);
    this.#draw_news(boxes.news);
    this.#draw_bars(boxes.page, this.#frames, 1, colour.page, text('f3.lane.page'));
    this.#draw_bars(boxes.server, this.#arrivals, 2, colour.server, text('f3.lane.server'));
    this.#draw_corrections(boxes.moved);
  }

  #x(at) { return this.width * (1 - (this.#now - at) / span_ms); }

  #draw_axis(bottom, height) {
    const { context } = this;
    context.font = scale_font;
    context.fillStyle = colour.faint;
    context.textBaseline = 'bottom';
    for (let seconds = 0; seconds <= 10; seconds += 2) {
      const x = this.width * (1 - seconds / 10);
      context.fillStyle = 'rgba(255, 240, 200, 0.08)';
      context.fillRect(Math.min(Math.round(x), this.width - 1), top_px, 1, bottom - top_px);
      context.fillStyle = colour.faint;
      context.textAlign = seconds === 0 ? 'right' : seconds === 10 ? 'left' : 'center';
      context.fillText(seconds === 0 ? text('f3.now') : text('f3.s', { n: seconds }), x, height);
    }
  }

  #draw_bands(height) {
    const { context } = this;
    for (const { cause, began, ended } of this.#bands) {
      const right = this.#x(ended);
      if (right <= 0) continue;
      const left = Math.max(0, this.#x(began));
      context.fillStyle = colour[cause] ?? colour.faint;
      context.globalAlpha = 0.22;
      context.fillRect(left, top_px, Math.max(2, right - left), height);
      context.globalAlpha = 1;
    }
  }

  // Background, scale at the right, and the lane's name in its own colour at the left.
  #draw_lane({ y, height, unit }, scale, name, hue) {
    const { context, width } = this;
    context.fillStyle = 'rgba(255, 240, 200, 0.06)';
    context.fillRect(0, y, width, height);
    context.fillStyle = 'rgba(255, 240, 200, 0.3)';
    context.fillRect(0, y + height, width, 1);
    context.font = name_font;
    context.textBaseline = 'top';
    this.#write(name, 4, y + 2, 'left', hue);
    context.font = scale_font;
    const words = unit === 'tiles' ? text('f3.tiles', { n: scale }) : scale < 1000 ? text('f3.ms', { n: scale }) : text('f3.s', { n: scale / 1000 });
    this.#write(words, width - 3, y + 2, 'right', colour.faint);
  }

  // Words stay readable over what is drawn.
  #write(words, x, y, align, hue) {
    const { context } = this;
    context.textAlign = align;
    context.lineWidth = 3;
    context.strokeStyle = 'rgba(16, 11, 7, 0.8)';
    context.strokeText(words, x, y);
    context.fillStyle = hue;
    context.fillText(words, x, y);
  }

  #draw_news(lane) {
    const { context } = this;
    const round_trips = this.#arrivals.filter((row) => row[3] > 0);
    const most = Math.max(0, ...this.#frames.map((row) => row[2]), ...round_trips.map((row) => row[3]));
    const scale = scale_for(lane.scales, most);
    const bottom = lane.y + lane.height;
    const y = (ms) => bottom - lane.height * Math.min(1, ms / scale);
    context.beginPath();
    if (this.#frames.length > 0) context.moveTo(this.#x(this.#frames[0][0]), bottom);
    for (const [at, , age] of this.#frames) context.lineTo(this.#x(at), y(age));
    if (this.#frames.length > 0) context.lineTo(this.#x(this.#frames.at(-1)[0]), bottom);
    context.fillStyle = 'rgba(86, 180, 233, 0.55)';
    context.fill();
    context.strokeStyle = colour.network;
    context.lineWidth = 1;
    context.stroke();
    context.beginPath();
    round_trips.forEach(([at, , , ms], i) => (i === 0 ? context.moveTo(this.#x(at), y(ms)) : context.lineTo(this.#x(at), y(ms))));
    if (round_trips.length > 0) context.lineTo(this.width, y(round_trips.at(-1)[3]));
    context.setLineDash([5, 3]);
    context.strokeStyle = colour.round_trip;
    context.lineWidth = 1.5;
    context.stroke();
    context.setLineDash([]);
    const name = text('f3.lane.news');
    this.#draw_lane(lane, scale, name, colour.network);
    context.font = name_font;
    this.#write(`- - ${text('f3.round_trip')}`, 4 + context.measureText(name).width + 12, lane.y + 2, 'left', colour.round_trip);
  }

  #draw_bars(lane, rows, column, hue, name) {
    const { context } = this;
    const scale = scale_for(lane.scales, Math.max(0, ...rows.map((row) => row[column])));
    const bottom = lane.y + lane.height;
    context.fillStyle = hue;
    for (const row of rows) {
      const high = lane.height * Math.min(1, row[column] / scale);
      if (high >= 0.5) context.fillRect(this.#x(row[0]) - 1, bottom - high, 1.6, high);
    }
    this.#draw_lane(lane, scale, name, hue);
  }

  #draw_corrections(lane) {
    const { context } = this;
    const scale = scale_for(lane.scales, Math.max(0, ...this.#corrections.map((row) => row[1])));
    const bottom = lane.y + lane.height;
    context.fillStyle = colour.moved;
    for (const [at, tiles] of this.#corrections) {
      const x = this.#x(at);
      const y = Math.max(lane.y + 3, bottom - lane.height * Math.min(1, tiles / scale));
      context.fillRect(x - 0.5, y, 1, bottom - y);
      context.beginPath();
      context.moveTo(x, y - 3); context.lineTo(x + 3, y); context.lineTo(x, y + 3); context.lineTo(x - 3, y);
      context.fill();
    }
    this.#draw_lane(lane, scale, `\u25c6 ${text('f3.lane.moved')}`, colour.moved);
  }
}
