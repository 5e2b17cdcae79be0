// The secrets of the characters that are played in this browser: whoever holds one is its player. A page that was reloaded comes back to the
// same body, and somebody who comes back next week to the same character.

import { is_embedded } from './embed.js';

const key = 'cudgel.characters';
const kept_max = 16;  // the longest unused is forgotten: nobody has more than a few

// Newest first; whatever else stands there is none of ours.
function kept() {
  try {
    const list = JSON.parse(localStorage.getItem(key));
    return Array.isArray(list) ? list.filter((one) => ['name', 'class_name', 'token'].every((field) => typeof one?.[field] === 'string')) : [];
  } catch {
    return [];  // storage is forbidden, or holds somebody else's text
  }
}

const is_of = (name, class_name) => (one) => one.name === name && one.class_name === class_name;

// '' when nothing is kept for that name and class.
export function kept_token(name, class_name) {
  return is_embedded ? '' : kept().find(is_of(name, class_name))?.token ?? '';
}

export function keep_token(name, class_name, token) {
  if (is_embedded) return;  // frames of one tab share one storage
  const others = kept().filter((one) => !is_of(name, class_name)(one));
  try {
    localStorage.setItem(key, JSON.stringify([{ name, class_name, token }, ...others].slice(0, kept_max)));
  } catch {
    // A browser that keeps nothing: then a reload begins anew.
  }
}
