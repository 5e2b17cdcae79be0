// Looking on at a player without playing: /watch/NAME leads to ?watch=NAME. Says whom one watches, and to who plays how many look on and by
// which link. A name is any writing in any direction: it goes in as text, and never as HTML.

import { is_embedded } from './embed.js';
import { text } from './text.js';

const by_id = (id) => document.getElementById(id);

// Who is watched, '' when one plays.
export const watched_name = is_embedded ? '' : (new URLSearchParams(location.search).get('watch') ?? '').normalize('NFC').trim();

export const watch_link = (name) => new URL(`watch/${encodeURIComponent(name)}`, new URL('./', location.href)).href;

export class Watch {
  #told = null;       // what the server was told of whether others may watch
  #allowed = true;
  #shown = -1;
  #asked_for = 0;     // the character it was told for

  // `find_game` gives the running game or null.
  constructor(find_game) {
    this.find_game = find_game;
    if (!watched_name) return;
    document.body.classList.add('watching');
    by_id('watch-name').textContent = watched_name;
    by_id('watching').hidden = false;
  }

  allow(allowed) {
    this.#allowed = allowed;
    this.#told = null;
  }

  // Facts of Game.hud(), ten times a second.
  update({ self = null, phase, watched_by: by = 0 }) {
    if (watched_name) return;
    if (self && phase === 'playing' && (this.#told !== this.#allowed || this.#asked_for !== self.id)) {
      // Nothing need be said of what is so anyway.
      if (!this.#allowed || this.#asked_for === self.id) this.find_game()?.let_watch(this.#allowed);
      this.#told = this.#allowed;
      this.#asked_for = self.id;
    }
    if (self && by_id('watch-link').value !== watch_link(self.name)) by_id('watch-link').value = watch_link(self.name);
    if (by === this.#shown) return;
    this.#shown = by;
    by_id('watched-by').hidden = by === 0;
    by_id('watched-by-count').textContent = String(by);
    by_id('watched-by').title = text('watch.by', { count: by });
    by_id('watched-by').setAttribute('aria-label', text('watch.by', { count: by }));
  }
}
