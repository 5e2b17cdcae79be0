// The row of skills and the row of what lies on oneself, from Game.hud(). Only shows, and tells the game which button was pressed.

import { key_words } from './settings_store.js';
import { has_text, text } from './text.js';

const by_id = (id) => document.getElementById(id);

const refusal_shown_ms = 1600;

const shapes = {
  cleave: 'M4 20C8 8 18 4 28 8c-8 0-16 4-20 14zM6 26c8-2 16-8 20-16-1 10-9 18-18 19z',
  charge: 'M3 12h11V6l15 10-15 10v-6H3zM3 6h6v3H3zm0 17h6v3H3z',
  war_cry: 'M4 12h7l9-8v24l-9-8H4zm20-1c2 3 2 7 0 10zm3-4c4 5 4 13 0 18z',
  frost_nova: 'M15 2h2v5l4-3 1 2-5 4v5l5-3 5-5 2 1-2 5h4v2h-5l-6 1 6 2h5v2h-4l2 5-2 1-5-5-5-3v5l5 4-1 2-4-3v5h-2v-5l-4 3-1-2 5-4v-5l-5 3-5 5-2-1 2-5H2v-2h5l6-2-6-1H2v-2h4L4 8l2-1 5 5 4 3v-5l-5-4 1-2 4 3z',
  blink: 'M16 3l2 9 11 4-11 4-2 9-2-9L3 16l11-4zM6 4l1 3 3 1-3 1-1 3-1-3-3-1 3-1zm20 16l1 3 3 1-3 1-1 3-1-3-3-1 3-1z',
  meteor: 'M30 2L18 10l3 1-6 4 2 1C9 16 4 20 4 25c0 3 2 5 5 5 5 0 9-5 9-13l1 2 4-6 1 3z',
  heal: 'M12 4h8v8h8v8h-8v8h-8v-8H4v-8h8z',
  summon_dog: 'M7 5l4 5h10l4-5 2 8c2 2 3 4 3 7h-4c-1 5-5 9-10 9s-9-4-10-9H2c0-3 1-5 3-7zM11 15a2 2 0 1 0 0 4 2 2 0 0 0 0-4zm10 0a2 2 0 1 0 0 4 2 2 0 0 0 0-4zm-8 7l3 4 3-4z',
  throw_goblin: 'M14 12a5 5 0 1 1 4 9l3 8h-4l-3-7-6 3-2-3 6-4zM24 3l5 5-2 2-5-5zM18 2l3 3-2 1-3-3zm10 8l3 3-2 1-3-3z',
  sheep: 'M9 9a5 5 0 0 1 8-3 5 5 0 0 1 8 5 5 5 0 0 1-1 9v7h-3v-6h-7v6h-3v-6c-4 0-6-3-5-6-2 0-4-1-5-3l4-4z',
  poison_cloud: 'M9 12a7 7 0 0 1 13-2 6 6 0 0 1 2 12H8a5 5 0 0 1 1-10zm1 13h3v3h-3zm6 1h3v4h-3zm6-1h2v3h-2z',
};
// The basic attack of each class has a name of its own.
const basics = { warrior: 'strike', mage: 'firebolt', taoist: 'talisman' };
const other_shape = 'M16 4l3 9 9 3-9 3-3 9-3-9-9-3 9-3z';
function write(element, words) {
  if (element.textContent !== words) element.textContent = words;
}

// What the mouse rests on, in words.
function tip_of(name, facts) {
  const what = `skill_what.${name}`;
  const words = [text(`skill.${name}`), ...facts];
  return has_text(what) ? `${words.join(' · ')}\n${text(what)}` : words.join(' · ');
}

export class Skills {
  #find_game;
  #keys = [];
  #names = '';
  #refusals = 0;
  #refused_ms = -Infinity;
  #effects = '';

  constructor(find_game) { this.#find_game = find_game; }

  // By action, as settings_store.js has them.
  set_keys(keys) {
    this.#keys = [keys.skill_1, keys.skill_2, keys.skill_3, keys.skill_4].map(key_words);
    this.#show_keys();
  }

  // `facts` of Game.hud() with a character in it.
  update(facts, now_ms) {
    const names = facts.skills.map((skill) => skill.name).join(' ');
    if (names !== this.#names) this.#build(facts.skills);
    this.#names = names;
    facts.skills.forEach((skill, index) => this.#show(by_id('skills').children[index], skill, facts.self));
    this.#tell(by_id('attack'), tip_of(basics[facts.self.class] ?? 'strike', []));
    this.#show_effects(facts.effects);
    this.#show_refusal(facts, now_ms);
  }

  #build(skills) {
    by_id('skills').replaceChildren(...skills.map((skill, index) => {
      const button = document.createElement('button');
      button.type = 'button';
      button.tabIndex = -1;
      button.dataset.skill = skill.name;
      button.innerHTML = '<svg class="sweep" viewBox="0 0 100 100"><circle cx="50" cy="50" r="46" pathLength="100"/></svg><svg class="shape" viewBox="0 0 32 32"><path/></svg><b class="mana"></b><i class="word"></i><kbd></kbd>';
      button.querySelector('path').setAttribute('d', shapes[skill.name] ?? other_shape);
      button.addEventListener('pointerdown', (event) => {
        event.preventDefault();  // the canvas keeps the keyboard
        this.#find_game()?.skill_button(index + 1);
      });
      button.addEventListener('contextmenu', (event) => event.preventDefault());
      return button;
    }));
    this.#show_keys();
  }

  #show_keys() {
    [...by_id('skills').children].forEach((button, index) => write(button.querySelector('kbd'), this.#keys[index] ?? ''));
  }

  #tell(button, words) {
    if (button.title === words) return;
    button.title = words;
    button.setAttribute('aria-label', words);
  }

  #show(button, skill, self) {
    const learned = self.level >= skill.level;
    const cooling = skill.left_ms > 0;
    button.classList.toggle('unlearned', !learned);
    button.classList.toggle('dry', learned && self.mana < skill.mana);
    button.classList.toggle('cooling', cooling);
    button.querySelector('circle').style.strokeDashoffset = String(100 - (cooling ? Math.min(100, skill.left_ms / skill.cooldown_ms * 100) : 0));
    write(button.querySelector('.mana'), learned ? String(skill.mana) : '');
    write(button.querySelector('.word'), !learned ? text('hud.level', { level: skill.level }) : cooling ? `${Math.ceil(skill.left_ms / 1000)}` : '');
    const facts = [text('skill.mana', { mana: skill.mana }), text('skill.cooldown', { seconds: skill.cooldown_ms / 1000 })];
    this.#tell(button, tip_of(skill.name, learned ? facts : [text('hud.level', { level: skill.level }), ...facts]));
  }

  #show_effects(effects) {
    const seconds = (effect) => Math.ceil(effect.left_ms / 1000);
    const told = effects.map((effect) => `${effect.kind} ${seconds(effect)}`).join(',');
    if (told === this.#effects) return;
    this.#effects = told;
    by_id('effects').replaceChildren(...effects.map((effect) => {
      const item = document.createElement('li');
      item.className = effect.harms ? 'harms' : 'helps';
      item.textContent = `${text(`effect.${effect.kind}`)} ${seconds(effect)} s`;
      return item;
    }));
  }

  #show_refusal(facts, now_ms) {
    if (facts.refusals !== this.#refusals) this.#refused_ms = now_ms;
    this.#refusals = facts.refusals;
    const shown = now_ms - this.#refused_ms < refusal_shown_ms;
    by_id('refusal').hidden = !shown;
    if (shown) write(by_id('refusal'), text(`refusal.${facts.refusal}`));
  }
}
