// The taoist's dogs and the late jokes: summoned, seen, ordered and obeyed; a goblin flies, another one grazes.

import { phone } from '../lib/browser.mjs';
import { check, soon } from '../lib/harness.mjs';
import { on_stage } from '../lib/stage.mjs';

const dogs_in = ({ self, entities }) => entities.filter(({ kind, master, action }) => kind === 'dog' && master === (self.id & 0xffff) + 1 && action !== 'dead');

// Presses the key again and again, as an eager hand does, until `waited` is over.
async function while_pressing(visitor, key, waited) {
  const hand = setInterval(() => visitor.page.keyboard.press(key).catch(() => {}), 300);
  try {
    return await waited();
  } finally {
    clearInterval(hand);
  }
}

// Of the small map, in the colour of one's own dogs.
const gold_pixels = (page) => page.locator('#chart-small canvas').evaluate((canvas) => {
  const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
  let count = 0;
  for (let i = 0; i < data.length; i += 4) count += Math.abs(data[i] - 242) + Math.abs(data[i + 1] - 182) + Math.abs(data[i + 2] - 50) < 40 ? 1 : 0;
  return count;
});

// Goal: a taoist's dogs come, are shown with buttons that only he has, kill a goblin on order, and are nine at most. Method: one who knows everything, among
// goblins; keys only; the picture of the walk with all of them is for eyes.
async function a_taoist_with_nine_dogs_walks_sideways({ browser }) {
  await on_stage(browser, { args: ['--arena', '32', '--monsters', '5', '--start-level', '40'] }, async ({ join }) => {
    const visitor = await join({ name: 'Ansel', class_name: 'taoist' });
    const { page } = visitor;
    await page.waitForSelector('#pack:not([hidden])');
    await page.keyboard.press('KeyZ');
    await page.waitForFunction(() => [...document.querySelectorAll('body *')].some((element) => element.children.length === 0 && element.textContent === 'You have no dog that could obey.'));
    await while_pressing(visitor, 'Digit4', () => visitor.until('a dog', (state) => dogs_in(state).length >= 1, 30000));
    // Told to attack again and again, until a goblin lies: the master himself strikes nobody.
    await while_pressing(visitor, 'KeyZ', () => visitor.until('a goblin killed by a dog', (state, events) => events.some(({ type, target_kind, by_self }) => type === 'death' && target_kind === 'goblin_clubber' && by_self), 90000));
    await while_pressing(visitor, 'Digit4', () => visitor.until('nine dogs', (state) => dogs_in(state).length === 9, 120000));
    await while_pressing(visitor, 'Digit4', () => page.waitForFunction(() => !document.getElementById('refusal').hidden && document.getElementById('refusal').textContent === 'You have as many dogs as you can lead.', null, { timeout: 30000 }));
    await soon(async () => (await page.textContent('#pack-count')) === '9 / 9', 'the count is shown');
    await page.keyboard.press('KeyX');
    await page.waitForSelector('#orders [data-order=stay][aria-pressed=true]');
    await page.keyboard.press('KeyC');
    await page.waitForSelector('#orders [data-order=come][aria-pressed=true]');
    const before = (await visitor.state()).self;
    await page.keyboard.down('KeyD');
    await visitor.until('walked sideways', ({ self }) => Math.hypot(self.x - before.x, self.y - before.y) > 3, 30000);
    await visitor.shot('nine_dogs');
    // They trail behind: at their master's feet his own dot covers theirs.
    let gold = 0;
    for (let tries = 0; tries < 40 && gold <= 12; ++tries) {
      gold = await gold_pixels(page);
      await page.waitForTimeout(100);
    }
    check(gold > 12, `the small map shows the own dogs: ${gold} pixels`);
    await page.keyboard.up('KeyD');
    await visitor.close();
    const other = await join({ name: 'Ember', class_name: 'mage' });
    check(await other.page.locator('#pack').isHidden(), 'who has no dogs has no buttons for them');
    await other.close();
    const thumb = await join({ name: 'Bea', class_name: 'taoist', context: phone });
    await thumb.page.locator('#skills [data-skill=summon_dog]').dispatchEvent('pointerdown');
    await thumb.until('a dog by touch', (state) => dogs_in(state).length === 1, 30000);
    await thumb.page.locator('#orders [data-order=stay]').dispatchEvent('pointerdown');
    await thumb.page.waitForSelector('#orders [data-order=stay][aria-pressed=true]');
    await thumb.shot('dogs_phone');
  });
}

// Goal: a warrior throws a goblin, a mage makes one a sheep. Method: both of level 30 among goblins that come to them; what the events and the looks say.
async function a_goblin_flies_and_another_one_grazes({ browser }) {
  await on_stage(browser, { args: ['--arena', '16', '--monsters', '8', '--start-level', '30'] }, async ({ join }) => {
    const mage = await join({ name: 'Ember', class_name: 'mage' });
    await while_pressing(mage, 'Digit5', () => mage.until('a sheep', ({ entities }) => entities.some(({ sheep }) => sheep), 90000));
    await mage.page.waitForTimeout(600);
    await mage.shot('sheep');
    await mage.close();
    const warrior = await join({ name: 'Bran', class_name: 'warrior' });
    await while_pressing(warrior, 'Digit5', () => warrior.until('a goblin thrown', (state, events) => events.some(({ type, by_self }) => type === 'hit' && by_self), 90000));
    await warrior.shot('thrown');
  });
}

export const dogs_cases = [a_taoist_with_nine_dogs_walks_sideways, a_goblin_flies_and_another_one_grazes].map((run) => ({ name: run.name, run }));
