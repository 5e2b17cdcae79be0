// The roads to the server by name: which one was asked for, and the icon that says that it is not the best one.

import { on_language, text } from './text.js';

const roads = ['ws', 'sse', 'longpoll', 'poll'];

// ?transport=ROAD takes that one only.
function asked() {
  const name = new URLSearchParams(location.search).get('transport') ?? '';
  if (name === '' || roads.includes(name)) return { name };
  return { name: '', unknown: name };
}

// { name, '' for the best that works; unknown: what was asked for when there is no such road }
export const asked_road = asked();

export class RoadIcon {
  #element = document.getElementById('road');
  #shown = 'ws';

  constructor() { on_language(() => { if (this.#shown !== 'ws') this.#write(); }); }

  update({ phase, net: { transport } }) {
    if (phase !== 'playing' || transport === this.#shown) return;
    this.#shown = transport;
    this.#element.dataset.road = transport;
    this.#element.hidden = transport === 'ws';
    this.#write();
  }

  #write() {
    const road = this.#shown;
    // The best road needs no words.
    const words = asked_road.name ? text('road.only', { road }) : road === 'ws' ? '' : text(`road.${road}`);
    this.#element.title = words;
    this.#element.setAttribute('aria-label', words);
  }
}
