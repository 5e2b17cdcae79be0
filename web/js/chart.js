// The map: a small piece around the player in a corner, and the whole of it after M or a tap. Turned like the world on the
// screen: +x is down and to the right, +y down and to the left.

import { is_embedded } from './embed.js';
import { band_words, zone_name } from './zone.js';

const by_id = (id) => document.getElementById(id);
const small_tiles = 44;   // across the small piece
const redrawn_ms = 100;

function write_zones(pen, zones, turned, size) {
  pen.textAlign = 'center';
  pen.lineJoin = 'round';
  pen.lineWidth = size / 3.5;
  pen.strokeStyle = 'rgb(20 14 6 / 85%)';
  for (const zone of zones) {
    const [x, y] = turned(zone.x, zone.y);
    for (const [words, share, colour, down] of [[zone_name(zone.name), 1, '#ffe7a3', 0], [zone.safe || zone.free_fight ? '' : band_words(zone), 0.78, '#e8dcc4', size * 1.05]]) {
      if (!words) continue;
      pen.font = `600 ${size * share}px "Segoe UI", Roboto, "Noto Sans", "Noto Sans CJK SC", sans-serif`;
      pen.strokeText(words, x, y + down);
      pen.fillStyle = colour;
      pen.fillText(words, x, y + down);
    }
  }
}

export class Chart {
  #picture = null;        // the whole map, a pixel per tile
  #size = '';
  #zones = [];            // game.zones() of that map
  #drawn_ms = -Infinity;
  #taken = false;        // the player gave its key to something else

  // `find_game` gives the running game or null; `has_keyboard()`: keys are the game's now, not those of a field.
  constructor(find_game, has_keyboard) {
    this.find_game = find_game;
    by_id('chart-small').addEventListener('click', () => this.toggle());
    by_id('chart').addEventListener('click', () => this.close());
    window.addEventListener('keydown', (event) => {
      if (event.code !== 'KeyM' || this.#taken || event.repeat || event.ctrlKey || event.metaKey || event.altKey || !has_keyboard()) return;
      this.toggle();
    }, true);
  }

  // By action, as settings_store.js has them.
  set_keys(keys) { this.#taken = Object.values(keys).includes('KeyM'); }

  is_open() { return !by_id('chart').hidden; }
  close() { by_id('chart').hidden = true; }
  toggle() {
    if (this.is_open()) return this.close();
    if (is_embedded || !this.#picture) return;
    by_id('chart').hidden = false;
    this.#drawn_ms = -Infinity;
  }

  // The name of the zone stands below the small map.
  #tell_zone(zone) {
    const label = by_id('chart-small').querySelector('span');
    const words = zone ? zone_name(zone) : '';
    if (label.textContent !== words) label.textContent = words;
    label.hidden = !words;
  }

  update(now_ms, zone) {
    const game = this.find_game();
    if (!game || is_embedded || now_ms - this.#drawn_ms < redrawn_ms) return;
    this.#drawn_ms = now_ms;
    const marks = game.chart_marks();
    by_id('chart-small').hidden = !marks.self;
    if (!marks.width || !marks.self) return;
    this.#load(game, marks);
    this.#tell_zone(zone);
    this.#draw(by_id('chart-small').querySelector('canvas'), marks, marks.self, small_tiles, 1);
    if (!this.is_open()) return;
    const middle = { x: marks.width / 2, y: marks.height / 2 };
    this.#draw(by_id('chart').querySelector('canvas'), marks, middle, (marks.width + marks.height) / 2, 1.5, this.#zones);
  }

  #load(game, { width, height, regions }) {
    const size = `${width} x ${height}, ${regions}`;
    if (this.#size === size) return;
    this.#size = size;
    this.#zones = game.zones();
    this.#picture = new OffscreenCanvas(width, height);
    this.#picture.getContext('2d').putImageData(new ImageData(game.chart_pixels(width * height * 4), width, height), 0, 0);
  }

  // `middle` in tiles; `across`: so many tiles of a diagonal fit the canvas' width; `scale`: of the marks; the names of `zones` are written.
  #draw(canvas, marks, middle, across, scale, zones = []) {
    const ratio = window.devicePixelRatio || 1;
    const [width, height] = [Math.round(canvas.clientWidth * ratio), Math.round(canvas.clientHeight * ratio)];
    if (canvas.width !== width || canvas.height !== height) Object.assign(canvas, { width, height });
    const unit = Math.min(width, height * 2) / (2 * across);  // pixels to the right per tile of x
    const pen = canvas.getContext('2d');
    const turned = (x, y) => [width / 2 + (x - middle.x - (y - middle.y)) * unit, height / 2 + (x - middle.x + y - middle.y) * unit / 2];
    pen.setTransform(1, 0, 0, 1, 0, 0);
    pen.clearRect(0, 0, width, height);
    pen.imageSmoothingEnabled = unit < 1;
    const [left, top] = turned(0, 0);
    pen.setTransform(unit, unit / 2, -unit, unit / 2, left, top);
    pen.drawImage(this.#picture, 0, 0);
    pen.setTransform(1, 0, 0, 1, 0, 0);
    write_zones(pen, zones, turned, Math.max(11, Math.min(17, width / ratio / 52)) * ratio);
    const dot = ([x, y], radius, colour) => {
      pen.beginPath();
      pen.arc(...turned(x, y), radius * scale * ratio, 0, 2 * Math.PI);
      pen.fillStyle = colour;
      pen.fill();
    };
    const safe = document.body.classList.contains('safe-colours');
    for (const place of marks.foes) dot(place, 2.4, safe ? '#e69f00' : '#e2452f');
    for (const place of marks.players) dot(place, 2.6, safe ? '#56b4e9' : '#b6e06a');
    for (const place of marks.dogs) {
      dot(place, 2.5, '#201008');
      dot(place, 1.8, '#f2b632');
    }
    // A mate who is farther than the piece shows stands at its rim.
    for (const [x, y] of marks.mates) {
      const across = x - middle.x - (y - middle.y);
      const along = (x - middle.x + y - middle.y) / 2;
      const far = Math.max(Math.abs(across) / (width / 2 / unit - 1.5), Math.abs(along) / (height / 2 / unit - 1.5), 1);
      const [a, b] = [across / far, (2 * along) / far];
      const place = [middle.x + (b + a) / 2, middle.y + (b - a) / 2];
      dot(place, 3.9, '#0e1a2b');
      dot(place, 2.9, safe ? '#cc79a7' : '#5fc6ff');
    }
    const own = [marks.self.x, marks.self.y];
    dot(own, 4.2, '#201008');
    dot(own, 3.1, '#ffe7a3');
  }
}
