// The map in the corner and over the world, and walking by gamepad.

import { key_inward, phone } from '../lib/browser.mjs';
import { check, soon } from '../lib/harness.mjs';
import { on_stage } from '../lib/stage.mjs';

// How many pixels of a canvas are about that colour.
const counted = (visitor, selector, colour) => visitor.page.locator(selector).evaluate((canvas, [red, green, blue]) => {
  const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
  let count = 0;
  for (let i = 0; i < data.length; i += 4) count += Math.abs(data[i] - red) + Math.abs(data[i + 1] - green) + Math.abs(data[i + 2] - blue) < 24 ? 1 : 0;
  return count;
}, colour);
const own = [255, 231, 163];
const foe = [226, 69, 47];

// Goal: one sees at a glance where one is and where foes are; M shows the whole Vale, M hides it, and walking goes on below. Method: the game's own map,
// and an arena with goblins for their marks; pixels are counted.
async function the_map_shows_where_one_is({ browser }) {
  await on_stage(browser, {}, async ({ join }) => {
    const visitor = await join({ name: 'Ann' });
    await visitor.page.waitForSelector('#chart-small:not([hidden])');
    await visitor.page.waitForTimeout(400);
    await soon(async () => await counted(visitor, '#chart-small canvas', own) > 10, 'the small map does not show the player');
    await visitor.page.keyboard.press('KeyM');
    await visitor.page.waitForSelector('#chart:not([hidden])');
    await visitor.page.waitForTimeout(400);
    await soon(async () => await counted(visitor, '#chart canvas', own) > 10, 'the map does not show the player');
    await visitor.shot('map');
    await visitor.page.keyboard.press('KeyM');
    await soon(() => visitor.page.locator('#chart').isHidden(), 'the map stays');
    await visitor.shot('map_small');
    const thumbs = await join({ name: 'Thumbs', context: phone });
    await thumbs.page.tap('#chart-small');
    await thumbs.page.waitForSelector('#chart:not([hidden])');
    await thumbs.page.waitForTimeout(300);
    await thumbs.shot('map_phone');
    await thumbs.page.tap('#chart');
    await soon(() => thumbs.page.locator('#chart').isHidden(), 'the map stays after a tap');
  });
  await on_stage(browser, { args: ['--arena', '24', '--monsters', '6'] }, async ({ join }) => {
    const visitor = await join({ name: 'Ann' });
    await visitor.until('goblins in view', ({ entities }) => entities.some(({ kind, id }) => kind !== 'player' && id));
    await visitor.page.waitForTimeout(400);
    await soon(async () => await counted(visitor, '#chart-small canvas', foe) > 3, 'the small map does not show the foes');
  });
}

// Goal: a gamepad walks and hits, and talks to nothing while a dialog is open. Method: a gamepad as the browser would tell of it, put in its place.
async function a_gamepad_walks_and_hits({ browser }) {
  await on_stage(browser, { args: ['--arena', '32', '--monsters', '0'] }, async ({ join }) => {
    const visitor = await join({ name: 'Pad' });
    const { page } = visitor;
    const start = (await visitor.state()).self;
    const { key } = key_inward(start, 32);
    const axes = { KeyW: [0, -1], KeyS: [0, 1], KeyA: [-1, 0], KeyD: [1, 0] }[key];
    await page.evaluate(() => {
      const pad = { connected: true, axes: [0, 0, 0, 0], buttons: Array.from({ length: 17 }, () => ({ pressed: false })) };
      window.test_pad = pad;
      navigator.getGamepads = () => [null, pad];
      window.dispatchEvent(new Event('gamepadconnected'));
    });
    const push = (way) => page.evaluate((stick) => { window.test_pad.axes = [...stick, 0, 0]; }, way);
    await push(axes);
    await visitor.until('walking by gamepad', ({ self }) => Math.abs(self.x - start.x) + Math.abs(self.y - start.y) > 0.7);
    await push([0.1, 0.1]);
    await page.waitForTimeout(600);
    const rest = (await visitor.state()).self;
    await page.waitForTimeout(500);
    const later = (await visitor.state()).self;
    check(Math.abs(rest.x - later.x) + Math.abs(rest.y - later.y) < 0.05, 'it goes on walking when the stick rests');
    await page.evaluate(() => { window.test_pad.buttons[0].pressed = true; });
    await visitor.until('hitting by gamepad', ({ self }) => self.action === 'attack');
    await page.evaluate(() => { window.test_pad.buttons[0].pressed = false; });
    await page.keyboard.press('Escape');
    await page.waitForSelector('#settings[open]');
    await push(axes);
    await page.waitForTimeout(800);
    const held = (await visitor.state()).self;
    check(Math.abs(held.x - later.x) + Math.abs(held.y - later.y) < 0.3, 'it walks below a dialog');
  });
}

export const chart_cases = [the_map_shows_where_one_is, a_gamepad_walks_and_hits].map((run) => ({ name: run.name, run }));
