// The first steps, one at a time: a line that says what to do with the hands one plays with, ticked off when it was done, remembered by the
// browser, and gone for good at a press on its cross.

import { is_embedded } from './embed.js';
import { Doings, current, read, steps, storage_key } from './hint_steps.js';
import { key_words } from './settings_store.js';
import { on_language, text } from './text.js';

const by_id = (id) => document.getElementById(id);
const ticked_ms = 1400;  // a step that was done stays this long with its tick

function stored() {
  try {
    return localStorage.getItem(storage_key);
  } catch {
    return null;  // storage may be forbidden; then every visit is the first
  }
}

const key = (words) => {
  const element = document.createElement('kbd');
  element.textContent = words;
  return element;
};

export class Hints {
  #kept = is_embedded ? { done: [], dismissed: true } : read(stored());
  #doings = new Doings();
  #id = 0;
  #keys = {};
  #shown = '';
  #ticked_until_ms = 0;
  #ticking = '';
  #pad = false;

  // `was_bag_opened()`: once, however shortly.
  constructor(was_bag_opened) {
    this.was_bag_opened = was_bag_opened;
    document.addEventListener('deed', ({ detail }) => {
      if (detail.verdict === 'done' && ['buy', 'sell', 'deposit'].includes(detail.deed)) this.#doings.trade();
    });
    window.addEventListener('gamepadconnected', () => { this.#pad = true; });
    window.addEventListener('gamepaddisconnected', () => { this.#pad = false; });
    by_id('hints-close').addEventListener('pointerdown', (event) => event.preventDefault());  // the canvas keeps the keyboard
    by_id('hints-close').addEventListener('click', () => this.#keep({ ...this.#kept, dismissed: true }));
    on_language(() => { this.#shown = ''; });
  }

  // By action, as settings_store.js has them.
  set_keys(keys) {
    this.#keys = keys;
    this.#shown = '';
  }

  // Facts of Game.hud(), ten times a second.
  update({ self = null, cooldown = 0, dead = false }) {
    if (!self) return;
    if (self.id !== this.#id) {
      this.#doings = new Doings();
      this.#id = self.id;
    }
    const { gold, held } = by_id('goods-gold').dataset;
    const did = this.#doings.note({
      x: self.x, y: self.y, level: self.level, cooling: cooldown > 0.02 && !dead, gold: Number(gold ?? NaN), held: Number(held ?? NaN), bag_opened: this.was_bag_opened(),
    });
    const now_ms = performance.now();
    const before = current(this.#kept);
    const done = steps.filter((step) => this.#kept.done.includes(step) || did.has(step));
    if (done.length !== this.#kept.done.length) this.#keep({ ...this.#kept, done });
    if (before && done.includes(before)) {
      this.#ticking = before;
      this.#ticked_until_ms = now_ms + ticked_ms;
    }
    this.#show(now_ms < this.#ticked_until_ms && !this.#kept.dismissed ? this.#ticking : current(this.#kept), now_ms < this.#ticked_until_ms);
  }

  #keep(kept) {
    this.#kept = kept;
    try {
      if (!is_embedded) localStorage.setItem(storage_key, JSON.stringify(kept));
    } catch { /* see stored() */ }
  }

  #show(step, ticked) {
    const hands = document.body.classList.contains('touch') ? 'touch' : this.#pad ? 'pad' : 'keys';
    const told = `${step} ${ticked} ${hands}`;
    if (told === this.#shown) return;
    this.#shown = told;
    const box = by_id('hints');
    box.hidden = step === '';
    if (step === '') return;
    box.classList.toggle('ticked', ticked);
    box.dataset.step = step;
    by_id('hints-count').textContent = ticked ? '✓' : `${steps.indexOf(step) + 1}/${steps.length}`;
    by_id('hints-words').replaceChildren(...this.#words(step, hands));
  }

  // The text with its keys as they stand on the keyboard.
  #words(step, hands) {
    const keys = { move: ['up', 'left', 'down', 'right'].map((action) => this.#keys[action]), attack: [this.#keys.attack], bag: ['KeyI'], deal: ['KeyE'] };
    return text(`hints.${step}_${hands}`).split(/\[(\w+)\]/).flatMap((part, index) => {
      if (index % 2 === 0) return part ? [part] : [];
      return (keys[part] ?? []).map((code) => key(key_words(code)));
    });
  }
}
