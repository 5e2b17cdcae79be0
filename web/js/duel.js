// Duels: the button in the target's frame that challenges, the question to who is challenged, the countdown, and giving up. What comes of it
// is told by the game's notices. A name is any writing in any direction: it goes in as text, and never as HTML.

import { show_moment } from './passing.js';
import { has_text, text } from './text.js';

const by_id = (id) => document.getElementById(id);

// Keeps a button's click and the keyboard at the game.
function on_press(id, act) {
  by_id(id).addEventListener('pointerdown', (event) => event.preventDefault());
  by_id(id).addEventListener('click', act);
}

export class Duel {
  #duel = null;
  #target = null;
  #count = 0;
  #answered = 0;  // whose challenge was answered by itself

  // `find_game` gives the running game or null; `say(words)` shows a line; `is_muted(name)`: whoever is muted need not ask.
  constructor(find_game, say, is_muted) {
    this.find_game = find_game;
    this.say = say;
    this.is_muted = is_muted;
    on_press('target-duel', () => this.#challenge_target());
    on_press('duel-yes', () => this.#answer(true));
    on_press('duel-no', () => this.#answer(false));
  }

  // "/duel NAME".
  challenge(name) {
    const trouble = this.find_game()?.challenge(name) ?? 'nobody';
    if (trouble) this.say(text(`chat.trouble.${trouble}`, { name }));
  }

  // Facts of Game.hud(), ten times a second.
  update({ duel = null, target = null, self = null }) {
    this.#duel = duel;
    this.#target = target;
    by_id('target-duel').hidden = !(self && target?.player && !target.foe && !duel);
    if (duel?.stage !== 'asked') this.#answered = 0;
    if (duel?.stage === 'asked' && this.is_muted(duel.name)) {
      if (this.#answered !== duel.rival) this.find_game()?.duel('decline_duel', duel.rival);
      this.#answered = duel.rival;
      by_id('duel').hidden = true;
      return;
    }
    this.#show(duel);
    this.#show_count(duel);
  }

  // True when the key answers a challenge.
  key(code) { return (code === 'KeyY' || code === 'KeyN') && this.answer(code === 'KeyY'); }

  // The same by gamepad.
  answer(yes) {
    if (this.#duel?.stage !== 'asked' || this.is_muted(this.#duel.name)) return false;
    this.#answer(yes);
    return true;
  }

  close() { this.update({}); }

  #challenge_target() { if (this.#target?.player) this.find_game()?.duel('challenge', this.#target.id); }

  #answer(yes) { if (this.#duel) this.find_game()?.duel(yes && this.#duel.stage === 'asked' ? 'accept_duel' : 'decline_duel', this.#duel.rival); }

  #show(duel) {
    const box = by_id('duel');
    box.hidden = !duel;
    if (!duel) return;
    box.dataset.stage = duel.stage;
    const words = text(`duel.${duel.stage}`, { name: duel.name || '…' });
    if (by_id('duel-words').textContent !== words) by_id('duel-words').textContent = words;
    const keys = document.body.classList.contains('pad') ? ['Start', 'Back'] : ['Y', 'N'];
    box.querySelectorAll('kbd').forEach((key, index) => { if (key.textContent !== keys[index]) key.textContent = keys[index]; });
    by_id('duel-yes').hidden = duel.stage !== 'asked';
    by_id('duel-no').hidden = duel.stage === 'countdown';
    const no = text(has_text(`duel.no.${duel.stage}`) ? `duel.no.${duel.stage}` : 'duel.no.asked');
    if (by_id('duel-no-words').textContent !== no) by_id('duel-no-words').textContent = no;
    by_id('duel-left').textContent = duel.stage === 'countdown' ? '' : String(Math.ceil(duel.left_ms / 1000));
  }

  #show_count(duel) {
    const count = duel?.stage === 'countdown' ? Math.ceil(duel.left_ms / 1000) : 0;
    const begins = this.#count > 0 && duel?.stage === 'fight';
    if ((count === this.#count || count === 0) && !begins) { this.#count = count; return; }
    this.#count = count;
    show_moment(begins ? text('duel.go') : String(count));
  }
}
