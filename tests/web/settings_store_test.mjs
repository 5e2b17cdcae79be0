// Goal: whatever was kept, settings make sense, and what was set comes back. Method: the store's functions with plain values.

import assert from 'node:assert/strict';
import test from 'node:test';

import { load_module } from './load_module.mjs';

const store = await load_module('settings_store.js');
const english = { language: 'en', calm: false };
const read = (kept, surroundings = english) => store.read(kept, surroundings, ['en', 'zh']);

test('nothing kept, or nonsense, is the defaults', () => {
  for (const kept of [null, '', '{', 'null', '[]', '3', '"x"', '{"keys":7}', '{"keys":null,"master":null,"shake":1,"quality":"best","language":"__proto__"}']) {
    assert.deepEqual(read(kept), store.defaults(english), kept);
  }
});

test('each value is judged by itself', () => {
  const settings = read('{"master":-5,"effects":33.4,"music":900,"shake":false,"quality":"full","language":"zh","colours":"yes"}');
  assert.deepEqual(settings, { ...store.defaults(english), master: 0, effects: 33, music: 100, shake: false, quality: 'full', language: 'zh' });
});

test('two actions on one key, or a key that cannot be bound, are the usual keys', () => {
  const usual = store.defaults(english).keys;
  assert.deepEqual(read(JSON.stringify({ keys: { ...usual, up: 'KeyS' } })).keys, usual);
  assert.deepEqual(read(JSON.stringify({ keys: { ...usual, up: 'F5' } })).keys, usual);
  assert.deepEqual(read(JSON.stringify({ keys: { ...usual, up: 'KeyI' } })).keys, { ...usual, up: 'KeyI' });
  assert.ok(!store.is_bindable('Escape') && !store.is_bindable('Tab') && !store.is_bindable(undefined));
});

test('keys that were kept before there were skills stay, and the skills have their usual ones', () => {
  const { up, down, left, right, attack, ...skills } = store.defaults(english).keys;
  assert.deepEqual(read(JSON.stringify({ keys: { up: 'KeyI', down, left, right, attack } })).keys, { up: 'KeyI', down, left, right, attack, ...skills });
  const usual = store.defaults(english).keys;
  assert.deepEqual(read(JSON.stringify({ keys: { up: 'Digit2', down, left, right, attack } })).keys, usual);
});

test('what was set comes back, and what was not follows the browser', () => {
  const settings = { ...store.defaults(english), music: 10, keys: { ...store.defaults(english).keys, left: 'KeyQ' } };
  const kept = store.write(settings, english);
  assert.deepEqual(read(kept), settings);
  const elsewhere = read(kept, { language: 'zh', calm: true });
  assert.deepEqual([elsewhere.language, elsewhere.calm, elsewhere.music], ['zh', true, 10]);
});
