// The first screen: name and class. Remembers both; says what is wrong with a name before the server has to.

import { is_embedded } from './embed.js';
import { say } from './say.js';
import { text } from './text.js';

const name_characters_max = 16;  // as the server: limits of Hello.name
const name_bytes_max = 64;
const storage_key = 'cudgel.who';

const by_id = (id) => document.getElementById(id);

const suggestions = ['Alder', 'Bracken', 'Cobb', 'Dunna', 'Ember', 'Fern', 'Garrick', 'Hazel', 'Ivo', 'Juniper', 'Ketil', 'Linnet', 'Marrow', 'Nettle', 'Osric', 'Pip'];

function remembered() {
  try {
    return JSON.parse(localStorage.getItem(storage_key)) ?? {};
  } catch {
    return {};  // storage may be forbidden; the game works without
  }
}

function remember(who) {
  if (is_embedded) return;
  try {
    localStorage.setItem(storage_key, JSON.stringify(who));
  } catch { /* see above */ }
}

// The name as it will be sent, or a sentence about what is wrong with it.
export function check_name(typed) {
  const name = typed.normalize('NFC').trim();
  const characters = [...name].length;
  if (characters === 0) return { problem: text('title.no_name') };
  if (characters > name_characters_max) return { problem: text('title.name_long', { most: name_characters_max, count: characters }) };
  if (new TextEncoder().encode(name).length > name_bytes_max) return { problem: text('title.name_bytes') };
  return { name };
}

export class Title {
  // `on_enter({ name, class_name })`
  constructor(on_enter) {
    this.form = by_id('enter');
    this.field = by_id('name');
    this.suggestion = suggestions[Math.floor(Math.random() * suggestions.length)];
    this.field.placeholder = this.suggestion;
    const query = new URLSearchParams(location.search);
    const before = remembered();
    this.field.value = query.get('name') ?? before.name ?? '';
    this.choose(query.get('class') ?? before.class_name ?? 'warrior');
    this.form.addEventListener('submit', (event) => {
      event.preventDefault();
      const { name, problem } = check_name(this.field.value || this.suggestion);
      this.trouble(problem ?? '');
      if (problem) return this.field.focus();
      const who = { name, class_name: this.form.elements.class.value };
      remember(who);
      on_enter(who);
    });
    for (const picture of document.querySelectorAll('.portrait img, .emblem img')) {
      const missing = () => picture.classList.toggle('missing', picture.naturalWidth === 0);
      picture.addEventListener('error', missing);
      picture.addEventListener('load', missing);
      if (picture.complete) missing();
    }
  }

  // ?join=1 goes straight in.
  join_if_asked() {
    if (new URLSearchParams(location.search).get('join') === '1') this.form.requestSubmit();
  }

  choose(class_name) {
    const card = [...this.form.elements.class].find((input) => input.value === class_name);
    if (card) card.checked = true;
  }

  // Enter does nothing but join: the arrow keys choose, so the first card has the focus.
  show() {
    document.body.classList.add('at-title');
    (this.form.querySelector('input:checked') ?? this.field).focus({ preventScroll: true });
  }
  hide() { document.body.classList.remove('at-title'); }
  trouble(words, aside = '') { say(by_id('trouble'), words, aside); }
  busy(words) {
    by_id('go-words').textContent = words || text('title.enter');
    by_id('go').setAttribute('aria-busy', words ? 'true' : 'false');
  }
  progress(done, total) {
    const percent = total > 0 ? Math.floor(done / total * 100) : 0;
    by_id('progress').setAttribute('aria-valuenow', percent);
    by_id('progress').firstElementChild.style.width = `${percent}%`;
    const megabytes = (bytes) => (bytes / 1e6).toFixed(1);
    by_id('loading-words').textContent = text('title.progress', { percent, done: megabytes(done), total: megabytes(total) });
  }
  loaded() { by_id('loading').classList.add('done'); }
}
