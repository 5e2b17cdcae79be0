// Other players: what one asks another (to trade, to join the party), the questions that wait for an answer, and the party in a small frame. Shows
// what the game tells (Game.together()) and asks for deeds. Names are any writing in any direction: they go in as text, and never as HTML.

import { on_language, text } from './text.js';

const by_id = (id) => document.getElementById(id);
const health_whole = 255;
const asked_within_ms = 3000;

function element(tag, class_name, words) {
  const made = document.createElement(tag);
  if (class_name) made.className = class_name;
  if (words !== undefined) made.textContent = words;
  return made;
}

function button(words, act) {
  const made = element('button', '', words);
  made.type = 'button';
  made.tabIndex = -1;
  made.addEventListener('pointerdown', (event) => event.preventDefault());  // the canvas keeps the keyboard
  made.addEventListener('click', act);
  return made;
}

export class Together {
  #facts = null;
  #asked_shown = '';
  #party_shown = '';
  #chosen = null;        // { id, name } of whom the menu is about
  #target = null;
  #self_id = 0;
  #trades_told = 0;
  #declined = new Set(); // questions of people who are not heard, answered by the page

  // `find_game` gives the running game or null; `say` shows a line of words; `whisper(name)` opens the chat; `is_muted(name)`.
  constructor(find_game, say, whisper, is_muted) {
    this.find_game = find_game;
    this.say = say;
    this.whisper = whisper;
    this.is_muted = is_muted;
    on_language(() => {
      this.#asked_shown = '';
      this.#party_shown = '';
    });
    for (const act of ['trade', 'invite']) {
      const made = by_id(`target-${act}`);
      made.addEventListener('pointerdown', (event) => event.preventDefault());
      made.addEventListener('click', () => { if (this.#target) this.#do(act, this.#target.id); });
    }
    window.addEventListener('pointerdown', ({ target }) => { if (!target.closest('#person-menu, #people-list, #party')) this.close_menu(); }, true);
  }

  // Entered another world, or left this one.
  end() {
    this.#facts = null;
    this.#trades_told = 0;
    this.close_menu();
  }

  // `who`: { id, name }; the menu opens beside `place`.
  choose(who, place) {
    if (!who?.id || who.id === this.#self_id) return;
    this.#chosen = who;
    const menu = by_id('person-menu');
    const acts = [['trade', () => this.#do('trade', who.id)]];
    const mates = this.#facts?.party.mates ?? [];
    const leads = mates.length === 0 || mates[0].self;
    const is_mate = mates.some(({ id }) => id === who.id);
    if (is_mate && leads) acts.push(['remove', () => this.#do('remove', who.id)]);
    if (!is_mate && leads) acts.push(['invite', () => this.#do('invite', who.id)]);
    acts.push(['duel', () => this.find_game()?.duel('challenge', who.id)]);
    acts.push(['whisper', () => this.whisper(who.name)]);
    menu.replaceChildren(element('bdi', '', who.name), ...acts.map(([key, act]) => {
      const made = button(text({ whisper: 'chat.whisper', duel: 'duel.challenge' }[key] ?? `together.${key}`), () => {
        this.close_menu();
        act();
      });
      made.dataset.act = key;
      return made;
    }));
    menu.hidden = false;
    const box = place.getBoundingClientRect();
    const { width, height } = menu.getBoundingClientRect();
    menu.style.left = `${Math.max(6, Math.min(box.left + 20, innerWidth - width - 6))}px`;
    menu.style.top = `${Math.max(6, Math.min(box.bottom + 2, innerHeight - height - 6))}px`;
  }

  // What is typed: "/trade NAME", "/invite NAME", "/leave". Who has that name is asked first.
  async command(act, name) {
    const game = this.find_game();
    if (!game) return;
    if (act === 'leave') return this.#do('leave_party', 0);
    game.ask_people();
    for (let waited_ms = 0; game.people().asking && waited_ms < asked_within_ms; waited_ms += 100) await new Promise((resolve) => setTimeout(resolve, 100));
    const known = [...game.people().players, ...(this.#facts?.party.mates ?? [])].filter((one) => one.name === name);
    const ids = new Set(known.map(({ id }) => id));
    if (ids.size !== 1) return this.say(text(ids.size === 0 ? 'chat.trouble.nobody' : 'chat.trouble.several', { name }));
    this.#do(act, [...ids][0]);
  }

  // Key of the game, while the canvas has the keyboard: true when a question was answered by it.
  key(code) {
    if (code !== 'KeyY' && code !== 'KeyN') return false;
    const question = this.#questions()[0];
    if (!question) return false;
    if (code === 'KeyY' && question.yes) question.yes();
    else if (code === 'KeyN') question.no();
    else return false;
    return true;
  }

  // The same by gamepad: true when somebody's question was answered.
  answer(yes) {
    const question = this.#questions().find((one) => one.yes && !this.#declined.has(one.key));
    if (!question) return false;
    if (yes) question.yes();
    else question.no();
    return true;
  }

  // `facts`: Game.together(); `target`: { id, title, player } of Game.hud(), or nobody; `self_id`: of the own body.
  update(facts, target, self_id) {
    this.#facts = facts;
    this.#self_id = self_id;
    this.#target = target?.player ? target : null;
    by_id('target-acts').hidden = !this.#target;
    this.#tell_end(facts.trade);
    this.#refuse_muted();
    this.#show_questions();
    this.#show_party(facts.party.mates);
  }

  #do(deed, who) { this.find_game()?.deal(deed, who); }

  close_menu() {
    this.#chosen = null;
    by_id('person-menu').hidden = true;
  }

  #tell_end({ told, stage, why }) {
    const news = told !== this.#trades_told;
    this.#trades_told = told;
    if (news && stage === 'none') this.say(text(`trade.over.${why}`));
  }

  // Each: { key, words, yes, no }, the oldest first.
  #questions() {
    if (!this.#facts) return [];
    const { trade, party } = this.#facts;
    const questions = [];
    if (trade.stage === 'asked') questions.push({ key: `trade ${trade.other}`, name: trade.name, words: text('trade.asked', { name: trade.name }), yes: () => this.#do('trade', trade.other), no: () => this.#do('end_trade', 0) });
    if (trade.stage === 'asking') questions.push({ key: `asking ${trade.other}`, words: text('trade.asking', { name: trade.name }), no: () => this.#do('end_trade', 0) });
    for (const { id, name } of party.invited_by) {
      questions.push({ key: `party ${id}`, name, words: text('party.invited', { name }), yes: () => this.#do('accept', id), no: () => this.#do('decline', id) });
    }
    return questions;
  }

  #refuse_muted() {
    const questions = this.#questions();
    for (const key of this.#declined) if (!questions.some((question) => question.key === key)) this.#declined.delete(key);
    for (const { key, name, no } of questions) {
      if (name === undefined || !this.is_muted(name) || this.#declined.has(key)) continue;
      this.#declined.add(key);
      no();
    }
  }

  #show_questions() {
    const questions = this.#questions().filter(({ key }) => !this.#declined.has(key));
    const by_pad = document.body.classList.contains('pad');
    const shown = [...questions.map(({ key }) => key), by_pad].join('\n');
    by_id('asked').hidden = questions.length === 0;
    if (shown === this.#asked_shown) return;
    if (questions.some(({ yes, key }) => yes && !this.#asked_shown.includes(key))) this.find_game()?.cue('button');
    this.#asked_shown = shown;
    by_id('asked').replaceChildren(...questions.map(({ words, yes, no }) => {
      const line = element('div', 'question');
      line.append(element('bdi', '', words));
      if (yes) line.append(button(text(by_pad ? 'together.yes_pad' : 'together.yes'), yes));
      line.append(button(text(!yes ? (by_pad ? 'together.never_mind_pad' : 'together.never_mind') : by_pad ? 'together.no_pad' : 'together.no'), no));
      if (yes) line.querySelector('button').classList.add('yes');
      return line;
    }));
  }

  #show_party(mates) {
    const shown = JSON.stringify(mates.map(({ id, name, class: class_name, level, health, away }) => [id, name, class_name, level, health, away]));
    by_id('party').hidden = mates.length === 0;
    if (shown === this.#party_shown) return;
    this.#party_shown = shown;
    const rows = mates.filter(({ self }) => !self).map((mate) => {
      const row = button('', () => this.choose(mate, row));
      row.className = 'mate';
      row.classList.toggle('away', mate.away);
      row.classList.toggle('fallen', mate.health === 0);
      row.dataset.mate = mate.name;
      const shape = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
      const use = document.createElementNS('http://www.w3.org/2000/svg', 'use');
      use.setAttribute('href', `#shape-${mate.class}`);
      shape.append(use);
      shape.setAttribute('aria-label', text(`class.${mate.class}`));
      const bar = element('span', 'bar thin');
      const left = element('i', 'left');
      left.style.width = `${(100 * mate.health) / health_whole}%`;
      bar.classList.toggle('low', mate.health <= health_whole * 0.35);
      bar.append(left);
      const name = element('bdi', '', mate.name);
      if (mates[0].id === mate.id) name.append(element('span', 'leads', ' ★'));
      row.append(shape, name, element('span', 'level', String(mate.level)), bar);
      return row;
    });
    const leave = button(text('together.leave'), () => this.#do('leave_party', 0));
    leave.id = 'party-leave';
    by_id('party').replaceChildren(...rows, leave);
  }
}
