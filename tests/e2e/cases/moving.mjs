// Walking by keys, by mouse, by thumb; and being seen by others.

import { desktop, key_inward, phone, screen_of, tiles_between } from '../lib/browser.mjs';
import { check } from '../lib/harness.mjs';
import { on_stage } from '../lib/stage.mjs';

const side = 64;
const quiet_arena = ['--arena', `${side}`, '--monsters', '0'];

// Off the edges, where there is room in every direction.
async function step_inward(visitor) {
  const start = (await visitor.state()).self;
  const { key, signs } = key_inward(start, side);
  await visitor.page.keyboard.down(key);
  await visitor.until('off the edge', ({ self }) => (self.x - start.x) * signs[0] > 2 && (self.y - start.y) * signs[1] > 2, 15000);
  await visitor.page.keyboard.up(key);
  return visitor.until('standing off the edge', ({ self }) => self.action === 'idle');
}

// Goal: each key walks where it points on the screen. Method: hold it until a tile is walked; up on the screen is -x -y, right is +x -y.
async function keys_walk_where_they_point({ browser, record }) {
  await on_stage(browser, { args: quiet_arena }, async ({ join }) => {
    const visitor = await join({ name: 'Keys' });
    await step_inward(visitor);
    const directions = { KeyW: [-1, -1], ArrowDown: [1, 1], KeyD: [1, -1], ArrowLeft: [-1, 1] };
    for (const [key, [sign_x, sign_y]] of Object.entries(directions)) {
      const before = (await visitor.state()).self;
      await visitor.page.keyboard.down(key);
      await visitor.until(`walking by ${key}`, ({ self }) => (self.x - before.x) * sign_x > 0.8 && (self.y - before.y) * sign_y > 0.8, 15000);
      await visitor.page.keyboard.up(key);
    }
    // Two keys: straight along the map's y.
    await visitor.until('standing', ({ self }) => self.action === 'idle');
    await visitor.page.keyboard.down('KeyW');
    await visitor.page.keyboard.down('KeyD');
    // Only now: between the two keys it walked by the first alone.
    const before = (await visitor.state()).self;
    const after = await visitor.until('walking by two keys', ({ self }) => self.y - before.y < -1.2, 15000);
    await visitor.page.keyboard.up('KeyW');
    await visitor.page.keyboard.up('KeyD');
    check(Math.abs(after.self.x - before.x) < 0.5, `up and right should be -y, but x went by ${after.self.x - before.x}`);
    await visitor.until('standing', ({ self }) => self.action === 'idle');
    record('corrections_while_walking', (await visitor.state()).corrections);
  });
}

// Goal: a click on the ground walks there, a click on a foe walks up and hits until it falls. Method: clicks at where the projection says things lie.
async function clicks_walk_and_fight({ browser }) {
  await on_stage(browser, { args: ['--arena', '32', '--monsters', '4'] }, async ({ join }) => {
    const visitor = await join({ name: 'Mouse' });
    const start = await visitor.state();
    const goal = { x: start.self.x + (start.self.x < 16 ? 3 : -3), y: start.self.y };
    const at = screen_of(start, desktop.viewport, goal);
    await visitor.page.mouse.click(at.x, at.y);
    await visitor.until('at the clicked place', ({ self }) => tiles_between(self, goal) < 0.4, 15000);

    const is_foe = (entity) => entity.kind === 'goblin_clubber' && entity.action !== 'dead';
    const near = (state) => state.entities.find((entity) => is_foe(entity) && tiles_between(entity, state.self) < 5);
    // Go and look for one where it is too quiet.
    await visitor.until('near a goblin', (state) => {
      const foe = state.entities.filter(is_foe).sort((a, b) => tiles_between(a, state.self) - tiles_between(b, state.self))[0];
      if (foe && !near(state)) {
        const toward = { x: state.self.x + Math.sign(foe.x - state.self.x) * 2, y: state.self.y + Math.sign(foe.y - state.self.y) * 2 };
        const place = screen_of(state, desktop.viewport, toward);
        visitor.page.mouse.click(place.x, place.y).catch(() => {});
      }
      return near(state);
    }, 40000);
    // It moves: aim again until a blow of ours lands.
    await visitor.until('hitting what was clicked', (state, events) => {
      const foe = near(state);
      if (foe && state.self.action !== 'attack') {
        const body = screen_of(state, desktop.viewport, foe);
        visitor.page.mouse.click(body.x, body.y - 20).catch(() => {});
      }
      return events.some((event) => event.type === 'hit' && event.by_self);
    }, 40000);
    await visitor.shot('mouse_fight');
    await visitor.until('rid of what was clicked', (state, events) => events.some((event) => event.type === 'death' && event.target_kind === 'goblin_clubber'), 40000);
  });
}

async function touch(visitor, type, points) {
  visitor.touches ??= await visitor.context.newCDPSession(visitor.page);
  await visitor.touches.send('Input.dispatchTouchEvent', { type, touchPoints: points });
}

// Goal: two thumbs suffice. Method: a phone's screen with real touch events on the stick, the button and a foe.
async function thumbs_walk_and_hit({ browser }) {
  await on_stage(browser, { args: quiet_arena }, async ({ join }) => {
    const visitor = await join({ name: 'Thumbs', context: phone });
    const before = (await step_inward(visitor)).self;
    const stick = await visitor.page.locator('#stick').boundingBox();
    const middle = { x: stick.x + stick.width / 2, y: stick.y + stick.height / 2 };
    await touch(visitor, 'touchStart', [middle]);
    await touch(visitor, 'touchMove', [{ x: middle.x + 50, y: middle.y }]);
    await visitor.until('walking right by thumb', ({ self }) => self.x - before.x > 0.7 && self.y - before.y < -0.7, 15000);
    await visitor.shot('phone_walking');
    await touch(visitor, 'touchEnd', []);
    await visitor.until('standing again', ({ self }) => self.action === 'idle', 10000);

    const button = await visitor.page.locator('#attack').boundingBox();
    await touch(visitor, 'touchStart', [{ x: button.x + button.width / 2, y: button.y + button.height / 2 }]);
    await touch(visitor, 'touchEnd', []);
    // With nobody there it swings at the air.
    await visitor.until('swinging by thumb', (state, events) => events.some((event) => event.by_self && event.type === 'missed'), 15000);

    await visitor.until('standing once more', ({ self }) => self.action === 'idle', 10000);
    const here = await visitor.state();
    const goal = { x: here.self.x - 1.5, y: here.self.y - 1.5 };
    const tap = screen_of(here, phone.viewport, goal);
    await touch(visitor, 'touchStart', [tap]);
    await touch(visitor, 'touchEnd', []);
    await visitor.until('at the tapped place', ({ self }) => tiles_between(self, goal) < 0.5, 15000);
  });
}

// Goal: others see what one does. Method: two browsers, one walks, the other's picture of it must follow to the same place.
async function a_second_browser_sees_the_first_move({ browser }) {
  await on_stage(browser, { args: ['--arena', '16', '--monsters', '0'] }, async ({ join }) => {
    const walker = await join({ name: 'Walker', class_name: 'taoist' });
    const watcher = await join({ name: 'Watcher' });
    const find = (state) => state.entities.find((entity) => entity.kind === 'player' && entity.name === 'Walker');
    const before = find(await watcher.until('seeing the other', find));
    check(before.class === 'taoist', `the other looks like a ${before.class}`);
    const { key, signs: [away_x, away_y] } = key_inward(before, 16);
    await walker.page.keyboard.down(key);
    await watcher.until('seeing the other walk', (state) => {
      const other = find(state);
      return other && other.action === 'walk' && (other.x - before.x) * away_x > 1 && (other.y - before.y) * away_y > 1;
    }, 15000);
    await watcher.shot('watching_another');
    await walker.page.keyboard.up(away_x < 0 ? 'KeyW' : 'KeyS');
    await walker.until('standing', ({ self }) => self.action === 'idle');
    // Both pictures glide to where the server says: they must meet, not at once.
    const end_ms = Date.now() + 10000;
    for (;;) {
      const [own, seen] = await Promise.all([walker.state(), watcher.state()]);
      if (tiles_between(find(seen), own.self) < 0.1) break;
      check(Date.now() < end_ms, `no agreement where the walker stands: ${JSON.stringify(own.self)} against ${JSON.stringify(find(seen))}`);
      await watcher.page.waitForTimeout(100);
    }
  });
}

export const moving_cases = [
  keys_walk_where_they_point, clicks_walk_and_fight, thumbs_walk_and_hit, a_second_browser_sees_the_first_move,
].map((run) => ({ name: run.name, run }));
