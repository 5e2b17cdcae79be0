// Who is here: the list of players, while Tab is held or after a tap on its button. Asks the server when it opens and now and then.

import { on_language, text } from './text.js';

const by_id = (id) => document.getElementById(id);
const asked_every_ms = 2000;
const asked_again_after_ms = 1000;  // who opens and closes it quickly sees the last list; the server answers once a second in the long run

const ladder_asked_every_ms = 10000;

export class People {
  #ladder_asked_ms = -Infinity;
  #asked_ms = -Infinity;
  #shown = {};  // list -> what it shows, as JSON

  // `find_game` gives the running game or null; `choose({ id, name }, element)`: somebody of the list was clicked.
  constructor(find_game, choose) {
    this.find_game = find_game;
    this.choose = choose;
    on_language(() => { this.#shown = {}; });
    const button = by_id('people-button');
    button.addEventListener('pointerdown', (event) => event.preventDefault());  // the canvas keeps the keyboard
    button.addEventListener('click', () => (this.is_open() ? this.close() : this.open()));
  }

  open() {
    if (this.is_open()) return;
    this.#toggle(true);
    this.#ask(asked_again_after_ms, performance.now());
  }

  close() { this.#toggle(false); }

  update(now_ms) {
    const game = this.find_game();
    if (!game || !this.is_open()) return;
    this.#ask(asked_every_ms, now_ms);
    if (now_ms - this.#ladder_asked_ms >= ladder_asked_every_ms) {
      this.#ladder_asked_ms = now_ms;
      game.ask_strongest();
    }
    this.#show(game.people());
  }

  is_open() { return !by_id('people').hidden; }

  #toggle(open) {
    by_id('people').hidden = !open;
    by_id('people-button').setAttribute('aria-expanded', String(open));
  }

  #ask(after_ms, now_ms) {
    if (now_ms - this.#asked_ms < after_ms) return;
    this.#asked_ms = now_ms;
    this.find_game()?.ask_people();
  }

  #show(facts) {
    const words = words_for(facts);
    if (by_id('people-words').textContent !== words) by_id('people-words').textContent = words;
    // Each list anew only when it is another: who is about to press a name must not have it taken from under the finger.
    if (this.#is_new('players', facts.players)) by_id('people-list').replaceChildren(...facts.players.map((person) => row(person, this.choose)));
    if (!this.#is_new('strongest', facts.strongest)) return;
    by_id('ladder').hidden = facts.strongest.length === 0;
    by_id('ladder-list').replaceChildren(...facts.strongest.map((one) => row({ ...one, away: false })));
  }

  #is_new(list, rows) {
    const told = JSON.stringify(rows);
    const is_new = this.#shown[list] !== told;
    this.#shown[list] = told;
    return is_new;
  }
}

function words_for({ known, asking, trouble, total, players }) {
  if (trouble) return text(`failure.${trouble}`);
  if (!known) return asking ? text('people.asking') : '';
  const all = total === 1 ? text('people.one') : text('people.many', { count: total });
  return players.length < total ? text('people.first', { all, shown: players.length }) : all;
}

// A name is any writing in any direction: it goes in as text, and never as HTML.
function row({ id, name, class: class_name, level, away, wins = 0 }, choose) {
  const line = document.createElement('li');
  line.classList.toggle('away', away);
  const shape = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  const use = document.createElementNS('http://www.w3.org/2000/svg', 'use');
  use.setAttribute('href', `#shape-${class_name}`);
  shape.append(use);
  shape.setAttribute('aria-label', text(`class.${class_name}`));
  const who = document.createElement('bdi');
  who.textContent = name;
  const press = document.createElement('button');
  press.type = 'button';
  press.tabIndex = -1;
  press.className = 'who-button';
  press.append(who);
  press.addEventListener('pointerdown', (event) => event.preventDefault());  // the canvas keeps the keyboard, and Tab the list
  if (choose) press.addEventListener('click', () => choose({ id, name }, press));
  else press.disabled = true;  // of the ladder: it may not be here
  const rank = document.createElement('span');
  rank.className = 'level';
  rank.textContent = away ? text('people.away', { level }) : text('hud.level', { level });
  const won = document.createElement('span');
  won.className = 'wins';
  won.textContent = wins > 0 ? text('people.wins', { count: wins }) : '';
  line.append(shape, press, won, rank);
  return line;
}
