// Goal: each of the five first steps is done by doing it, whatever the order, and what the storage holds never breaks them. Method: facts as the game
// gives them.

import assert from 'node:assert/strict';
import test from 'node:test';

import { load_module } from './load_module.mjs';

const { Doings, current, read, steps } = await load_module('hint_steps.js');
const usual = { x: 10, y: 10, level: 1, cooling: false, gold: 0, held: 2, bag_opened: false };
const after = (...facts) => {
  const doings = new Doings();
  let did = doings.note(usual);
  for (const fact of facts) did = doings.note({ ...usual, ...fact });
  return [...did].sort();
};

test('each step is done by its own doing', () => {
  assert.deepEqual(after({}), []);
  assert.deepEqual(after({ x: 11.4 }), []);
  assert.deepEqual(after({ x: 11.6 }), ['walk']);
  assert.deepEqual(after({ cooling: true }), ['hit']);
  assert.deepEqual(after({ gold: 3 }), ['loot']);
  assert.deepEqual(after({ held: 3 }), ['loot']);
  assert.deepEqual(after({ held: 1 }), [], 'what was drunk is no find');
  assert.deepEqual(after({ held: 1 }, { held: 2 }), ['loot']);
  assert.deepEqual(after({ gold: NaN }), []);
  assert.deepEqual(after({ bag_opened: true }), ['bag']);
  assert.deepEqual(after({ level: 5 }), ['town']);
  const doings = new Doings();
  doings.trade();
  assert.deepEqual([...doings.note(usual)], ['town']);
});

test('the first that is not done is shown, unless nobody wants to see it', () => {
  assert.equal(current({ done: [], dismissed: false }), 'walk');
  assert.equal(current({ done: ['walk', 'loot'], dismissed: false }), 'hit');
  assert.equal(current({ done: steps, dismissed: false }), '');
  assert.equal(current({ done: [], dismissed: true }), '');
});

test('whatever is stored makes sense', () => {
  const fresh = { done: [], dismissed: false };
  for (const kept of [null, '', '{', 'null', '7', '[]', '{"done":7}', '{"done":["fly",1,null]}', '{"dismissed":"yes"}']) assert.deepEqual(read(kept), fresh, kept);
  assert.deepEqual(read('{"done":["hit","walk","hit"],"dismissed":true}'), { done: ['walk', 'hit'], dismissed: true });
});
