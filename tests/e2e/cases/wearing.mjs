// What is worn is seen: on the own body and on others', in all directions.

import { desktop, phone } from '../lib/browser.mjs';
import { check } from '../lib/harness.mjs';
import { on_stage } from '../lib/stage.mjs';

const gear = {
  warrior: ['steel_sword', 'steel_mail', 'chiefs_cleaver', 'leather_jerkin'],
  mage: ['ember_staff', 'dragon_robe'],
  taoist: ['seven_star_sword', 'apprentice_robe'],
};
const arena = ['--arena', '16', '--monsters', '0', '--start-level', '10'];

// Taps the cells of the bag that hold these; away from the trader that puts them on.
async function wear(visitor, items) {
  await visitor.page.evaluate(() => {
    window.seen_deeds = [];
    document.addEventListener('deed', ({ detail }) => window.seen_deeds.push(`${detail.deed}:${detail.verdict}`));
  });
  await visitor.page.click('#bag-button');
  for (const [done, item] of items.entries()) {
    const words = await visitor.page.evaluate((key) => fetch('text/en.json').then((answer) => answer.json()).then((all) => all[`name.${key}`]), item);
    await visitor.page.locator(`.cell[aria-label="${words}"]`).first().click();
    await visitor.page.waitForFunction((least) => window.seen_deeds.filter((one) => one.endsWith(':done')).length >= least, done + 1, { timeout: 20000 })
      .catch(async () => check(false, `${item} was not put on: ${await visitor.page.evaluate(() => window.seen_deeds)}`));
  }
  await visitor.page.click('#goods-close');
}

// Goal: three classes in their finery, seen by one of them; the pages with the pictures are fetched only now, and everybody's look is known by name.
async function what_is_worn_is_seen_on_the_body({ browser }) {
  const items = [...new Set(Object.values(gear).flat())].flatMap((item) => ['--start-item', item]);
  await on_stage(browser, { args: [...arena, ...items] }, async ({ join }) => {
    const visitors = [];
    for (const class_name of ['mage', 'taoist', 'warrior']) {
      const last = class_name === 'warrior';
      visitors.push(await join({ name: class_name, class_name, context: last ? desktop : { viewport: { width: 480, height: 640 } } }));
    }
    const warrior = visitors.at(-1);
    const fetched = [];
    warrior.page.on('response', (answer) => { if (answer.url().includes('later_')) fetched.push(answer.url().replace(/^.*\//, '')); });
    await warrior.until('all three', ({ entities }) => entities.length === 2);
    await warrior.shot('bare_of_gear');
    for (const visitor of visitors) await wear(visitor, gear[visitor === warrior ? 'warrior' : visitor === visitors[0] ? 'mage' : 'taoist'].slice(0, 2));
    const looks = (state) => [state.self, ...state.entities].map(({ weapon, armour }) => `${weapon} ${armour}`).sort();
    const wanted = ['ember_staff dragon_robe', 'seven_star_sword apprentice_robe', 'steel_sword steel_mail'];
    const state = await warrior.until('the three looks', (now) => JSON.stringify(looks(now)) === JSON.stringify(wanted), 20000);
    for (const page of ['later_worn_warrior', 'later_worn_mage', 'later_worn_taoist', 'later_warrior_steel_mail', 'later_mage_dragon_robe']) {
      for (const end_ms = Date.now() + 20000; !fetched.some((file) => file.startsWith(page)); await warrior.page.waitForTimeout(100)) {
        check(Date.now() < end_ms, `${page} was not fetched: ${fetched}; ${looks(state)}`);
      }
    }
    for (const [i, key] of ['KeyS', 'KeyD', 'KeyW', 'KeyA'].entries()) {
      await warrior.page.keyboard.down(key);
      await warrior.page.waitForTimeout(350);
      if (i < 2) await warrior.shot(`worn_walking_${i}`);
      await warrior.page.keyboard.up(key);
    }
    await warrior.page.keyboard.press('Space');
    await warrior.shot('worn_striking');
    await wear(warrior, gear.warrior.slice(2));
    await warrior.until('another look', ({ self }) => self.weapon === 'chiefs_cleaver' && self.armour === 'leather_jerkin', 20000);
    await warrior.shot('worn_other');
  });
}

// Goal: the same on a phone. Method: a look at the picture.
async function what_is_worn_is_seen_on_a_phone({ browser }) {
  await on_stage(browser, { args: [...arena, '--start-item', 'jade_sword', '--start-item', 'dragon_robe'] }, async ({ join }) => {
    const visitor = await join({ name: 'Thumb', class_name: 'taoist', context: phone });
    await wear(visitor, ['jade_sword', 'dragon_robe']);
    await visitor.until('the look', ({ self }) => self.weapon === 'jade_sword' && self.armour === 'dragon_robe', 20000);
    await visitor.shot('worn_phone');
  });
}

export const wearing_cases = [what_is_worn_is_seen_on_the_body, what_is_worn_is_seen_on_a_phone].map((run) => ({ name: run.name, run }));
