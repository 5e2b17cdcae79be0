// The running program behind a handful of functions (client/game/src/exports.cpp). Nothing else on the page touches the wasm.

import { actions } from './settings_store.js';

export class GameError extends Error {}

function put_bytes(module, bytes) {
  const address = module._malloc(bytes.length);
  module.HEAPU8.set(bytes, address);
  return address;
}

export class Game {
  #module;

  constructor(module) { this.#module = module; }

  // `parts` from load_game. Throws GameError with a sentence for people.
  static async start(parts, canvas) {
    const fetch_page = async (name, index) => {  // asked for by the program when a picture on that page is wanted
      const picture = await parts.fetch_picture(name).catch(() => null);
      if (picture) module.pictures[index] = picture;
      module._cudgel_page_came(index, picture ? 1 : 0);
    };
    const fetch_region = async (column, row) => {  // a part of the map that will be needed
      const bytes = await parts.fetch_region(`map/${column}_${row}.bin`).catch(() => new Uint8Array(0));
      const address = put_bytes(module, bytes);
      module._cudgel_region_came(column, row, address, bytes.length);
      module._free(address);
    };
    const module = await globalThis.createCudgel({ canvas, wasmBinary: parts.wasm, pictures: parts.pictures, fetchPage: fetch_page, fetchRegion: fetch_region });
    const content = put_bytes(module, parts.content);
    const atlas = put_bytes(module, parts.atlas);
    const problem = module.ccall('cudgel_open', 'string', ['number', 'number', 'number', 'number'],
      [content, parts.content.length, atlas, parts.atlas.length]);
    module._free(content);
    module._free(atlas);
    if (problem) throw new GameError(problem);
    module._cudgel_run();
    return new Game(module);
  }

  // `token` of a character to come back to, or ''; `only_road` (roads.js), or '' for the best that works.
  join(url, name, class_name, token, only_road) {
    const texts = [url, name, class_name, token, only_road];
    return this.#module.ccall('cudgel_join', 'number', texts.map(() => 'string'), texts) === 1;
  }
  // Looks on at the player of that name. let_watch(allowed): whether others may look on at the own character.
  watch(url, name, only_road) { return this.#module.ccall('cudgel_watch', 'number', ['string', 'string', 'string'], [url, name, only_road]) === 1; }
  let_watch(allowed) { this.#module._cudgel_let_watch(allowed ? 1 : 0); }
  // The secret of the character being played; '' while there is none.
  token() { return this.#text('cudgel_token'); }
  leave() { this.#module._cudgel_leave(); }
  // Keeps the connection alive while the browser gives no display frames.
  pulse() { this.#module._cudgel_pulse(); }
  // -1..1 on the screen, y down.
  stick(x, y) { this.#module._cudgel_stick(x, y); }
  attack_button(down) { this.#module._cudgel_attack_button(down ? 1 : 0); }
  // 1 for the first skill of the class beside its basic attack, 2 for the second ...
  skill_button(skill) { this.#module._cudgel_skill_button(skill); }
  // 1 come, 2 stay, 3 attack: to those one has summoned.
  order_button(order) { this.#module._cudgel_order_button(order); }
  release_all() { this.#module._cudgel_release_all(); }

  state_text() { return this.#text('cudgel_state'); }
  events_text() { return this.#text('cudgel_events'); }
  hud() { return JSON.parse(this.#text('cudgel_hud')); }
  notices() { return JSON.parse(this.#text('cudgel_notices')); }
  // How the game runs: a verdict, and what happened after `since_ms` (client/play/include/play/monitor.h).
  monitor(since_ms) { return JSON.parse(this.#module.ccall('cudgel_monitor', 'string', ['number'], [since_ms])); }
  trace_text() { return this.#text('cudgel_trace'); }
  // What is heard, from sounds.bin; throws GameError with a sentence for people. sound_table(): where each sound lies (client/game/src/sounds.h).
  open_sounds(bytes) {
    const address = put_bytes(this.#module, bytes);
    const problem = this.#module.ccall('cudgel_open_sounds', 'string', ['number', 'number'], [address, bytes.length]);
    this.#module._free(address);
    if (problem) throw new GameError(problem);
  }
  sound_table() { return JSON.parse(this.#text('cudgel_sound_table')); }
  // Which loops of the table sound where one is, and which may soon: { now, near }; null before open_sounds().
  soundscape() { return JSON.parse(this.#text('cudgel_soundscape')); }
  // Begins one of the page's own sounds by its cue, such as 'button'.
  cue(key) { this.#module.ccall('cudgel_cue', null, ['string'], [key]); }
  // `start(sound, take, gain, pan, rate)` is called whenever the game begins a sound of the table.
  on_sound(start) { this.#module.start_sound = start; }
  // What of the settings concerns the picture and the keys (settings_store.js).
  set_settings({ shake, calm, colours, quality, keys }) {
    this.#module._cudgel_set_look(shake ? 1 : 0, calm ? 1 : 0, colours ? 1 : 0, ['auto', 'full', 'half'].indexOf(quality));
    actions.forEach((action, index) => this.#module.ccall('cudgel_bind', 'number', ['number', 'string'], [index, keys[action]]));
  }
  // Lines of KEY, a tab, TEXT: what the game itself writes (client/play/include/play/words.h).
  set_words(lines) { this.#module.ccall('cudgel_set_words', null, ['string'], [lines]); }
  // The map (client/play/chart.h); a copy of the pixels.
  chart_marks() { return JSON.parse(this.#text('cudgel_chart_marks')); }
  zones() { return JSON.parse(this.#text('cudgel_zones')); }
  chart_pixels(bytes) {
    const address = this.#module._cudgel_chart_pixels();
    return new Uint8ClampedArray(this.#module.HEAPU8.slice(address, address + bytes).buffer);
  }
  // What players say to each other (client/play/talk.h). speak(), report(): false when that cannot be said or named.
  speak(channel, to, words) { return this.#module.ccall('cudgel_speak', 'number', ['string', 'string', 'string'], [channel, to, words]) === 1; }
  report(name) { return this.#module.ccall('cudgel_report', 'number', ['string'], [name]) === 1; }
  talk() { return JSON.parse(this.#text('cudgel_talk')); }
  // Words over the head of somebody in view.
  show_line(entity, words) { this.#module.ccall('cudgel_show_line', null, ['number', 'string'], [entity, words]); }
  // Asks the server who is in the world; people() tells what it has said so far (client/play/people.h).
  ask_people() { this.#module._cudgel_ask_people(); }
  ask_strongest() { this.#module._cudgel_ask_strongest(); }
  people() { return JSON.parse(this.#text('cudgel_people')); }

  // Goods (client/play/goods.h): the content's items; what is owned, with the outcomes since the last call; something to do with it.
  items() { return JSON.parse(this.#text('cudgel_items')); }
  goods() { return JSON.parse(this.#text('cudgel_goods')); }
  deed(deed, cell, to, item, count, gold) {
    return this.#module.ccall('cudgel_deed', 'number', ['string', 'number', 'number', 'number', 'number', 'number'], [deed, cell, to, item, count, gold]) === 1;
  }
  // `action`: challenge, accept_duel or decline_duel; `entity`: whom. challenge(name): somebody in view; '' or why not: 'nobody', 'several'.
  duel(action, entity) { return this.#module.ccall('cudgel_duel', 'number', ['string', 'number'], [action, entity]) === 1; }
  challenge(name) { return this.#module.ccall('cudgel_challenge', 'string', ['string'], [name]); }
  // Bargain and party (client/play/together.h), and a deed that names another player; its outcome comes with goods().
  together() { return JSON.parse(this.#text('cudgel_together')); }
  deal(deed, who, cell = 0, count = 0, gold = 0) {
    return this.#module.ccall('cudgel_deal', 'number', ['string', 'number', 'number', 'number', 'number'], [deed, who, cell, count, gold]) === 1;
  }
  // Takes up the nearest thing within reach.
  take_nearest() { this.#module._cudgel_take_nearest(); }

  #text(name) { return this.#module.ccall(name, 'string', [], []); }
}
