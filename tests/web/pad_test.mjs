// Goal: a gamepad walks where it points, rests where it rests, and hits; on the page it goes from button to button. Method: readings and boxes in,
// values out.

import assert from 'node:assert/strict';
import test from 'node:test';

import { load_module } from './load_module.mjs';

const { Pulses, is_at_rest, read_menu, read_pad } = await load_module('pad_reading.js');
const { nearest, step } = await load_module('pad_steps.js');
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

test('for the page a stick that is pushed is a cross, and small pushes are none', () => {
  const held = (...pads) => Object.entries(read_menu(pads)).filter(([, is_held]) => is_held).map(([name]) => name);
  assert.deepEqual(held(pad(0.4, -0.4)), []);
  assert.deepEqual(held(pad(-0.8, 0.7)), ['down', 'left']);
  assert.deepEqual(held(pad(0, 0, 0, 1), pad(0, 0, 2, 8, 9, 12)), ['up', 'press', 'close', 'more', 'back', 'start']);
  assert.deepEqual(held({ axes: [], buttons: [] }), []);
  assert.ok(is_at_rest([pad(0.2, 0)]) && is_at_rest([]) && !is_at_rest([pad(0, 0, 7)]) && !is_at_rest([pad(0, 1)]));
});

test('a button is one step however long it is held, and ways are repeated', () => {
  const pulses = new Pulses();
  const of = (names, now_ms) => Object.keys(pulses.note({ ...read_menu([]), ...Object.fromEntries(names.map((name) => [name, true])) }, now_ms)).sort();
  assert.deepEqual(of(['press', 'down'], 0), ['down', 'press']);
  assert.deepEqual(of(['press', 'down'], 100), []);
  assert.deepEqual(of(['press', 'down'], 400), ['down']);
  assert.deepEqual(of(['press', 'down'], 450), []);
  assert.deepEqual(of(['press', 'down'], 520), ['down']);
  assert.deepEqual(of([], 530), []);
  assert.deepEqual(of(['press', 'down'], 540), ['down', 'press']);
});

const box = (left, top, width = 40, height = 40) => ({ left, top, right: left + width, bottom: top + height });

test('a step goes to what lies straight ahead, in a grid and between columns', () => {
  const grid = Array.from({ length: 12 }, (_, i) => box((i % 4) * 50, Math.floor(i / 4) * 50));
  const to = (from, way) => step(grid, grid[from], way);
  assert.deepEqual([to(5, 'up'), to(5, 'down'), to(5, 'left'), to(5, 'right')], [1, 9, 4, 6]);
  assert.deepEqual([to(0, 'up'), to(0, 'left'), to(11, 'down'), to(11, 'right')], [-1, -1, -1, -1]);
  // A wide button below a row of small ones, and back to one of them.
  const rows = [box(0, 0), box(50, 0), box(100, 0), box(0, 60, 140, 30)];
  assert.equal(step(rows, rows[2], 'down'), 3);
  assert.equal(step(rows, rows[3], 'up'), 1);
  // What is straight ahead is taken before what is nearer and aside.
  assert.equal(step([box(60, 200), box(300, 0)], box(0, 0), 'right'), 1);
});

test('what is gone is followed by what is nearest to its place', () => {
  assert.equal(nearest([box(0, 0), box(100, 0), box(100, 90)], box(90, 10)), 1);
  assert.equal(nearest([], box(0, 0)), -1);
});
