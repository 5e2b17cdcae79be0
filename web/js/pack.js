// Those one has summoned: how many there are, and the three buttons that order them. From Game.hud(); only who has learned to summon sees it.

import { key_words } from './settings_store.js';
import { text } from './text.js';

const by_id = (id) => document.getElementById(id);
// By name: its number for Game.order_button(), its key's action, its shape.
const orders = {
  attack: { number: 3, action: 'order_attack', shape: 'M4 4l13 11 4-4 3 3-4 4 8 8-2 2-8-8-4 4-3-3 4-4z' },
  stay: { number: 2, action: 'order_stay', shape: 'M14 3h4v5h7v12h-7v9h-4v-9H7V8h7zm-3 9v4h10v-4z' },
  come: { number: 1, action: 'order_come', shape: 'M16 3l10 11h-6v7c0 4-3 7-8 8-3 0-5-1-6-3 5 1 8-1 8-5v-7H6z' },
};

function write(element, words) {
  if (element.textContent !== words) element.textContent = words;
}

export class Pack {
  #keys = {};

  // `find_game` gives the running game or null.
  constructor(find_game) {
    for (const [name, order] of Object.entries(orders)) {
      const button = document.createElement('button');
      button.type = 'button';
      button.tabIndex = -1;
      button.dataset.order = name;
      button.innerHTML = `<svg class="shape" viewBox="0 0 32 32"><path d="${order.shape}"/></svg><kbd></kbd>`;
      button.addEventListener('pointerdown', (event) => {
        event.preventDefault();  // the canvas keeps the keyboard
        find_game()?.order_button(order.number);
      });
      button.addEventListener('contextmenu', (event) => event.preventDefault());
      by_id('orders').append(button);
    }
  }

  // By action, as settings_store.js has them.
  set_keys(keys) { this.#keys = keys; }

  update(facts) {
    const pack = facts.summoned;
    by_id('pack').hidden = !pack;
    if (!pack) return;
    write(by_id('pack-count'), `${pack.count} / ${pack.most}`);
    by_id('pack').classList.toggle('none', pack.count === 0);
    for (const button of by_id('orders').children) {
      const { order } = button.dataset;
      const words = text(`order.${order}`);
      if (button.title !== words) {
        button.title = words;
        button.setAttribute('aria-label', words);
      }
      button.setAttribute('aria-pressed', String(pack.count > 0 && pack.order === order));
      write(button.querySelector('kbd'), key_words(this.#keys[orders[order].action] ?? ''));
    }
  }
}
