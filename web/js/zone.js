// The part of the land where one is: told in large letters when one comes into it. The zones are the map's (game.zones()), their names
// those of assets/text.

import { text } from './text.js';

const by_id = (id) => document.getElementById(id);
const shown_ms = 4200;

export const zone_name = (name) => text(`zone.${name}`);
// For whom it is: "levels 2 to 5", or why levels do not matter.
export function band_words({ level_min, level_max, safe, free_fight }) {
  if (safe) return text('zone_band.safe');
  if (free_fight) return text('zone_band.free_fight');
  return text(level_min === level_max ? 'zone_band.level' : 'zone_band.levels', { from: level_min, to: level_max });
}

export class ZoneSign {
  #zone = '';
  #hide_at_ms = 0;
  #late = false;

  constructor(find_game) { this.find_game = find_game; }

  // `facts`: the game's hud(). With every change of the zone its name stands over the world for a while.
  update({ self, land_is_late }, now_ms) {
    const sign = by_id('zone-sign');
    if (Boolean(land_is_late) !== this.#late) {
      this.#late = Boolean(land_is_late);
      by_id('land-late').hidden = !this.#late;
    }
    const zone = self?.zone ?? '';
    if (zone !== this.#zone) {
      this.#zone = zone;
      const spec = this.find_game().zones().find(({ name }) => name === zone);
      if (spec) this.#show(sign, spec, now_ms);
    }
    if (this.#hide_at_ms && now_ms > this.#hide_at_ms) this.hide();
  }

  hide() {
    this.#hide_at_ms = 0;
    by_id('zone-sign').classList.remove('shown');
  }

  // Left the game: the next one begins with its own sign.
  forget() {
    this.#zone = '';
    this.hide();
  }

  #show(sign, spec, now_ms) {
    sign.querySelector('b').textContent = zone_name(spec.name);
    sign.querySelector('span').textContent = band_words(spec);
    sign.classList.toggle('safe', spec.safe);
    sign.classList.add('shown');
    this.#hide_at_ms = now_ms + shown_ms;
  }
}
