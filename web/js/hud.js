// What lies over the running game, from Game.hud() ten times a second. Only shows.

import { Pack } from './pack.js';
import { keep_below_top, show_moment } from './passing.js';
import { key_words } from './settings_store.js';
import { Skills } from './skills.js';
import { has_text, text } from './text.js';

const by_id = (id) => document.getElementById(id);

// Changes the page only when there is something to change.
function write(element, words) {
  if (element.textContent !== words) element.textContent = words;
}
function set_attribute(element, name, value) {
  if (element.getAttribute(name) !== value) element.setAttribute(name, value);
}

function show_bar(id, health, health_max) {
  const bar = by_id(id);
  const share = health_max > 0 ? Math.max(0, Math.min(1, health / health_max)) : 0;
  for (const stripe of bar.querySelectorAll('i')) stripe.style.width = `${share * 100}%`;
  write(bar.querySelector('b'), `${health} / ${health_max}`);
  bar.classList.toggle('low', share <= 0.35);
  set_attribute(bar, 'aria-valuenow', String(health));
  set_attribute(bar, 'aria-valuemax', String(health_max));
}

export class Hud {
  #skills;
  #pack;
  #struck_age_ms = Infinity;
  #class_name = '';
  #id = 0;
  #own_level = 0;

  // `find_game` gives the running game or null.
  constructor(find_game) {
    this.#skills = new Skills(find_game);
    this.#pack = new Pack(find_game);
    keep_below_top();
  }

  // By action, as settings_store.js has them.
  set_keys(keys) {
    write(document.querySelector('#attack kbd'), key_words(keys.attack));
    this.#skills.set_keys(keys);
    this.#pack.set_keys(keys);
  }

  show(visible) { by_id('hud').hidden = !visible; }

  update(facts) {
    const self = facts.self;
    this.#death(facts);
    if (!self) return;
    this.#own(self);
    this.#target(facts.target);
    this.#attack(facts);
    this.#hurt(facts, self);
    this.#skills.update(facts, performance.now());
    this.#pack.update(facts);
  }

  #own(self) {
    write(by_id('own-name'), self.name);
    write(by_id('own-level'), text('hud.level', { level: self.level }));
    show_bar('own-health', self.health, self.health_max);
    show_bar('own-mana', self.mana, self.mana_max);
    // At the last level there is nothing more to earn.
    by_id('own-experience').hidden = self.experience_next === 0;
    show_bar('own-experience', self.experience, self.experience_next);
    this.#level(self);
    if (self.class === this.#class_name) return;
    this.#class_name = self.class;
    by_id('own-emblem').setAttribute('href', `#shape-${self.class}`);
    by_id('attack-shape').setAttribute('href', `#shape-${self.class}`);
    by_id('own-portrait').src = `portrait_${self.class}.webp`;
  }

  // The moment of a new level; the line in words comes from the game's notices.
  #level(self) {
    if (this.#id === self.id && self.level > this.#own_level) show_moment(text('hud.level', { level: self.level }));
    this.#id = self.id;
    this.#own_level = self.level;
  }

  #target(target) {
    by_id('target').hidden = !target;
    if (!target) return;
    by_id('target').classList.toggle('friend', !target.foe);
    write(by_id('target-name'), target.title);
    write(by_id('target-level'), text('hud.level', { level: target.level }));
    show_bar('target-health', target.health, target.health_max);
  }

  #attack(facts) {
    const cooling = facts.cooldown > 0.02 && !facts.dead;
    by_id('attack').classList.toggle('cooling', cooling);
    by_id('attack').querySelector('circle').style.strokeDashoffset = String(100 - (cooling ? facts.cooldown * 100 : 0));
  }

  #hurt(facts, self) {
    const veil = by_id('hurt');
    veil.classList.toggle('low', !facts.dead && self.health_max > 0 && self.health / self.health_max < 0.25);
    if (facts.struck_age_ms < this.#struck_age_ms && facts.struck_age_ms < 400) {
      // A new blow starts the animation again.
      veil.classList.remove('struck');
      void veil.offsetWidth;
      veil.classList.add('struck');
    }
    if (facts.struck_age_ms > 700) veil.classList.remove('struck');
    this.#struck_age_ms = facts.struck_age_ms;
  }

  #death(facts) {
    by_id('death').hidden = !facts.dead;
    document.body.classList.toggle('dead', facts.dead === true);
    if (!facts.dead) return;
    const word = `death.${facts.slain_with || (facts.killer ? 'by' : 'clubbed')}`;
    write(by_id('death-words'), has_text(word) ? text(word, { killer: facts.killer }) : text('death.by', { killer: facts.killer }));
    write(by_id('death-seconds'), facts.respawn_in_ms > 0 ? text('death.seconds', { seconds: Math.ceil(facts.respawn_in_ms / 1000) }) : '');
  }
}
