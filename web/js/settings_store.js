// What the player has set, as plain values, and how it is kept. Whatever the storage holds, read() gives settings that make sense: each value that is
// missing or not allowed is the default, by itself. Touches no page.

export const storage_key = 'cudgel.settings';
export const actions = ['up', 'down', 'left', 'right', 'attack', 'skill_1', 'skill_2', 'skill_3', 'skill_4', 'order_attack', 'order_stay', 'order_come'];
export const qualities = ['auto', 'full', 'half'];
const default_keys = { up: 'KeyW', down: 'KeyS', left: 'KeyA', right: 'KeyD', attack: 'Space', skill_1: 'Digit2', skill_2: 'Digit3', skill_3: 'Digit4', skill_4: 'Digit5', order_attack: 'KeyZ', order_stay: 'KeyX', order_come: 'KeyC' };

// Enter talks. Keys by their place on the keyboard (KeyboardEvent.code) that may be bound: client/game/src/key_codes.cpp knows the same.
const bindable = /^(Key[A-Z]|Digit[0-9]|Space|Backspace|Arrow(Up|Down|Left|Right)|Numpad[0-9]|Shift(Left|Right)|Comma|Period|Slash|Semicolon|Quote|Bracket(Left|Right)|Backslash|Minus|Equal|Backquote)$/;
export const is_bindable = (code) => typeof code === 'string' && bindable.test(code);

// `surroundings`: { language, calm } as the browser says its user likes it.
export function defaults({ language, calm }) {
  return { master: 80, effects: 100, music: 60, shake: true, calm, colours: false, filter: true, watched: true, quality: 'auto', language, keys: { ...default_keys } };
}

// Every action has one key and no key two actions, or all are as they were. An action that is younger than what was kept has its usual key.
function keys_of(kept) {
  if (typeof kept !== 'object' || kept === null) return { ...default_keys };
  const keys = Object.fromEntries(actions.map((action) => [action, kept[action] ?? default_keys[action]]));
  const codes = Object.values(keys);
  return codes.every(is_bindable) && new Set(codes).size === codes.length ? keys : { ...default_keys };
}

// `kept`: what the storage gave, text or null. `languages`: the codes there are.
export function read(kept, surroundings, languages) {
  const settings = defaults(surroundings);
  let told;
  try {
    told = JSON.parse(kept ?? '{}');
  } catch {
    return settings;
  }
  if (typeof told !== 'object' || told === null) return settings;
  for (const volume of ['master', 'effects', 'music']) {
    if (Number.isFinite(told[volume])) settings[volume] = Math.round(Math.min(100, Math.max(0, told[volume])));
  }
  for (const flag of ['shake', 'calm', 'colours', 'filter', 'watched']) if (typeof told[flag] === 'boolean') settings[flag] = told[flag];
  if (qualities.includes(told.quality)) settings.quality = told.quality;
  if (languages.includes(told.language)) settings.language = told.language;
  settings.keys = keys_of(told.keys);
  return settings;
}

// What differs from the defaults, so that who changes the system's language or likes less motion there is followed.
export function write(settings, surroundings) {
  const usual = defaults(surroundings);
  return JSON.stringify(Object.fromEntries(Object.entries(settings).filter(([key, value]) => JSON.stringify(value) !== JSON.stringify(usual[key]))));
}

// "KeyW" -> "W", as it stands on a key.
export function key_words(code) {
  const arrows = { ArrowUp: '↑', ArrowDown: '↓', ArrowLeft: '←', ArrowRight: '→' };
  return arrows[code] ?? code.replace(/^(Key|Digit)/, '');
}
