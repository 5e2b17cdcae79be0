// The settings panel: a gear, or Escape, opens it. Shows what is set, keeps it in the browser, and tells whoever it concerns.

import { is_embedded } from './embed.js';
import * as store from './settings_store.js';
import { language_of_browser, languages, load_language, on_language, text } from './text.js';

const by_id = (id) => document.getElementById(id);
const volumes = ['master', 'effects', 'music'];
const flags = ['shake', 'calm', 'colours', 'filter', 'watched'];
const reduced_motion = matchMedia('(prefers-reduced-motion: reduce)');

const surroundings = () => ({ language: language_of_browser(), calm: reduced_motion.matches });

function stored() {
  try {
    return localStorage.getItem(store.storage_key);
  } catch {
    return null;  // storage may be forbidden; then everything is as usual
  }
}

export class Settings {
  #settings = store.read(is_embedded ? null : stored(), surroundings(), languages);
  #listeners = [];
  #waiting_for_key = null;  // the action that is given another key

  // `on_close()` when the panel has gone.
  constructor(on_close) {
    by_id('settings-button').addEventListener('click', () => this.open());
    by_id('settings-close').addEventListener('click', () => by_id('settings').close());
    by_id('settings-reset').addEventListener('click', () => this.#change(store.defaults(surroundings())));
    by_id('settings').addEventListener('close', () => {
      this.#wait_for_key(null);
      on_close();
    });
    by_id('settings').addEventListener('cancel', (event) => {
      if (!this.#waiting_for_key) return;
      event.preventDefault();  // Escape leaves the key as it is, not the panel
      this.#wait_for_key(null);
    });
    by_id('settings').addEventListener('keydown', (event) => this.#on_key(event), true);
    // Not the key that opened it, nor what is chosen here, reaches the game below.
    for (const type of ['keydown', 'keyup']) by_id('settings').addEventListener(type, (event) => event.stopPropagation());
    for (const name of volumes) by_id(`set-${name}`).addEventListener('input', ({ target }) => this.#change({ [name]: Number(target.value) }));
    for (const name of flags) by_id(`set-${name}`).addEventListener('change', ({ target }) => this.#change({ [name]: target.checked }));
    for (const name of ['quality', 'language']) by_id(`set-${name}`).addEventListener('change', ({ target }) => this.#change({ [name]: target.value }));
    for (const action of store.actions) by_id(`key-${action}`).addEventListener('click', () => this.#wait_for_key(action));
    reduced_motion.addEventListener('change', () => {
      this.#settings = store.read(stored(), surroundings(), languages);
      this.#tell();
    });
    on_language(() => this.#show());
    this.follow(({ calm, colours }) => {
      document.body.classList.toggle('calm', calm);
      document.body.classList.toggle('safe-colours', colours);
    });
  }

  get values() { return this.#settings; }
  is_open() { return by_id('settings').open; }

  open() {
    this.#show();
    if (!this.is_open()) by_id('settings').showModal();
  }

  // `listener(values)` now and whenever something was changed.
  follow(listener) {
    this.#listeners.push(listener);
    listener(this.#settings);
  }

  #change(changes) {
    this.#settings = { ...this.#settings, ...changes };
    try {
      if (!is_embedded) localStorage.setItem(store.storage_key, store.write(this.#settings, surroundings()));
    } catch { /* see stored() */ }
    this.#tell();
  }

  #tell() {
    for (const listener of this.#listeners) listener(this.#settings);
    this.#show();
  }

  #show() {
    for (const name of volumes) {
      by_id(`set-${name}`).value = this.#settings[name];
      by_id(`set-${name}`).nextElementSibling.textContent = this.#settings[name];
    }
    for (const name of flags) by_id(`set-${name}`).checked = this.#settings[name];
    for (const name of ['quality', 'language']) by_id(`set-${name}`).value = this.#settings[name];
    for (const action of store.actions) {
      by_id(`key-${action}`).textContent = action === this.#waiting_for_key ? text('settings.press') : store.key_words(this.#settings.keys[action]);
    }
  }

  #wait_for_key(action) {
    this.#waiting_for_key = action;
    by_id('settings-trouble').textContent = '';
    this.#show();
  }

  #on_key(event) {
    const action = this.#waiting_for_key;
    if (!action || event.code === 'Escape' || event.code === 'Tab') return;
    event.preventDefault();
    event.stopPropagation();
    const { keys } = this.#settings;
    const taken = store.actions.find((other) => other !== action && keys[other] === event.code);
    this.#wait_for_key(null);
    if (!store.is_bindable(event.code)) by_id('settings-trouble').textContent = text('settings.not_that');
    else if (taken) by_id('settings-trouble').textContent = text('settings.taken', { key: store.key_words(event.code), action: text(`settings.key.${taken}`) });
    else this.#change({ keys: { ...keys, [action]: event.code } });
  }
}

// The words of the language that is set, before anything is shown; English stands in the page already.
export async function follow_language(settings) {
  let wanted = '';
  const follow = async ({ language }) => {
    if (language === wanted) return;
    wanted = language;
    await load_language(language).catch((error) => console.warn(error.message));
  };
  await follow(settings.values);
  settings.follow(follow);
}
