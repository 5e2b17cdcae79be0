// Goal: a gamepad walks where it points, rests where it rests, and hits. Method: readings in, values out.

import assert from 'node:assert/strict';
import test from 'node:test';

import { load_module } from './load_module.mjs';

const { read_pad } = await load_module('pad_reading.js');
const pad = (x, y, ...down) => ({ axes: [x, y, 0, 0], buttons: Array.from({ length: 17 }, (_, button) => ({ pressed: down.includes(button) })) });
const still = { x: 0, y: 0, attack: false, skill: 0, order: 0 };

test('a worn stick rests', () => {
  assert.deepEqual(read_pad([pad(0.15, -0.12)]), still);
  assert.deepEqual(read_pad([]), still);
});

test('the stick points, and is at its end at the rim', () => {
  assert.deepEqual(read_pad([pad(1, 0)]), { x: 1, y: 0, attack: false, skill: 0, order: 0 });
  const { x, y } = read_pad([pad(0.8, 0.8)]);
  assert.ok(Math.abs(x - Math.SQRT1_2) < 1e-9 && Math.abs(y - Math.SQRT1_2) < 1e-9);
  assert.ok(read_pad([pad(0, -0.5)]).y > -0.5 && read_pad([pad(0, -0.5)]).y < 0);
});

test('the cross walks and buttons hit, also at once', () => {
  assert.deepEqual(read_pad([pad(0, 0, 12, 15, 0)]), { x: 1, y: -1, attack: true, skill: 0, order: 0 });
  assert.deepEqual(read_pad([pad(0, 0, 7)]), { x: 0, y: 0, attack: true, skill: 0, order: 0 });
});

test('the other three buttons are skills', () => {
  for (const skill of [1, 2, 3]) assert.deepEqual(read_pad([pad(0, 0, skill)]), { ...still, skill });
  assert.deepEqual(read_pad([pad(0, 0, 5)]), { ...still, skill: 4 });
  for (const [button, order] of [[9, 1], [6, 2], [4, 3]]) assert.deepEqual(read_pad([pad(0, 0, button)]), { ...still, order });
});

test('the second of two pads plays while the first rests; odd pads are no trouble', () => {
  assert.deepEqual(read_pad([pad(0, 0), pad(-1, 0)]), { x: -1, y: 0, attack: false, skill: 0, order: 0 });
  assert.deepEqual(read_pad([{ axes: [], buttons: [] }]), still);
});
