// The secret of the character that this tab plays, kept as long as the tab lives: a page that was reloaded comes back to the same body.

import { is_embedded } from './embed.js';

const key = 'cudgel.character';

// '' when nothing is kept for that name and class.
export function kept_token(name, class_name) {
  if (is_embedded) return '';
  try {
    const kept = JSON.parse(sessionStorage.getItem(key));
    return kept && kept.name === name && kept.class_name === class_name ? kept.token : '';
  } catch {
    return '';  // storage is forbidden, or holds somebody else's text
  }
}

// Without a token nothing is kept any more.
export function keep_token(name, class_name, token) {
  if (is_embedded) return;  // frames of one tab share one storage
  try {
    if (token) sessionStorage.setItem(key, JSON.stringify({ name, class_name, token }));
    else sessionStorage.removeItem(key);
  } catch {
    // A browser that keeps nothing: then a reload begins anew.
  }
}
