// The page's words in the player's language, from assets/text. English also stands in index.html, where it belongs to an element with data-text="KEY" (its
// text) or data-label="KEY" (its aria-label); a test holds both to the same words.

const k_languages = ['en', 'zh'];
let texts = {};
let own_language = 'en';
const listeners = [];

export const languages = k_languages;

// Of what the browser says its user reads, the first that there is.
export function language_of_browser() {
  const wanted = navigator.languages?.length ? navigator.languages : [navigator.language ?? 'en'];
  for (const name of wanted) {
    const code = String(name).slice(0, 2).toLowerCase();
    if (k_languages.includes(code)) return code;
  }
  return 'en';
}

// The text of `key` with its {placeholders} filled in; the key itself when there is none.
export function text(key, values = {}) {
  const words = texts[key] ?? key;
  return words.replace(/\{(\w+)\}/g, (all, name) => (name in values ? String(values[name]) : all));
}

export const has_text = (key) => key in texts;

// As game code reads it (client/play/words.h).
export const text_lines = () => Object.entries(texts).map(([key, words]) => `${key}\t${words.replaceAll('\n', ' ')}`).join('\n');

export const language = () => own_language;

// `changed()` is called whenever there are other words.
export function on_language(changed) { listeners.push(changed); }

function translate_page() {
  document.documentElement.lang = own_language === 'zh' ? 'zh-Hans' : own_language;
  for (const element of document.querySelectorAll('[data-text]')) element.textContent = text(element.dataset.text);
  for (const element of document.querySelectorAll('[data-label]')) element.setAttribute('aria-label', text(element.dataset.label));
}

// Keeps the words it has when the others cannot be fetched.
export async function load_language(code) {
  const response = await fetch(`text/${code}.json`);
  if (!response.ok) throw new Error(`the server does not have the words of ${code} (${response.status})`);
  texts = await response.json();
  own_language = code;
  translate_page();
  for (const changed of listeners) changed();
}
