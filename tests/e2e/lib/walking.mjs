// How a player gets somewhere by the keys.

import { check } from './harness.mjs';

const keys_towards = { '1,1': ['KeyS'], '-1,-1': ['KeyW'], '1,-1': ['KeyD'], '-1,1': ['KeyA'], '1,0': ['KeyD', 'KeyS'], '-1,0': ['KeyA', 'KeyW'], '0,1': ['KeyS', 'KeyA'], '0,-1': ['KeyW', 'KeyD'] };

// Walks until the other stands at most so many tiles away.
export async function walk_near(visitor, other, tiles) {
  const end_ms = Date.now() + 60000;
  let held = [];
  const hold = async (keys) => {
    for (const key of held.filter((one) => !keys.includes(one))) await visitor.page.keyboard.up(key);
    for (const key of keys.filter((one) => !held.includes(one))) await visitor.page.keyboard.down(key);
    held = keys;
  };
  for (;;) {
    const [from, to] = [(await visitor.state()).self, (await other.state()).self];
    const [dx, dy] = [to.x - from.x, to.y - from.y];
    if (Math.hypot(dx, dy) <= tiles) return hold([]);
    check(Date.now() < end_ms, `still ${Math.hypot(dx, dy)} tiles apart`);
    const sign = (way) => (Math.abs(way) < 0.7 ? 0 : Math.sign(way));
    await hold(keys_towards[`${sign(dx)},${sign(dy)}`] ?? []);
    await visitor.page.waitForTimeout(50);
  }
}
