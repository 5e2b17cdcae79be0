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
    if (!window.seen_deeds) document.addEventListener('deed', ({ detail }) => window.seen_deeds.push(`${detail.deed}:${detail.verdict}`));
    window.seen_deeds = [];
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

// What the visitor holds in its worn cell it takes off by a tap.
const take_off = (visitor, item) => wear(visitor, [item]);

const ways = [['KeyS'], ['KeyS', 'KeyD'], ['KeyD'], ['KeyD', 'KeyW'], ['KeyW'], ['KeyW', 'KeyA'], ['KeyA'], ['KeyA', 'KeyS']];

// All take a step the same way and stand still, looking there.
async function look(visitors, keys) {
  for (const { page } of visitors) for (const key of keys) await page.keyboard.down(key);
  await visitors[0].page.waitForTimeout(120);
  for (const { page } of visitors) for (const key of keys) await page.keyboard.up(key);
  await visitors[0].page.waitForTimeout(450);
}

// Goal: every helmet on every class, over armour and with a weapon in the hand, each from two sides and all together from eight; put on, exchanged and taken off, seen by others too.
// The pages come when the first is worn, and not before.
async function helmets_are_seen_on_every_head({ browser }) {
  const helmets = ['straw_hat', 'leather_cap', 'iron_helmet', 'skull_helm'];
  const finery = { mage: ['ember_staff', 'dragon_robe'], taoist: ['jade_sword'], warrior: ['steel_sword', 'steel_mail'] };
  const items = [...helmets, ...Object.values(finery).flat()].flatMap((item) => ['--start-item', item]);
  await on_stage(browser, { args: [...arena, ...items] }, async ({ join }) => {
    const visitors = [];
    for (const class_name of ['mage', 'taoist', 'warrior']) {
      visitors.push(await join({ name: class_name, class_name, context: class_name === 'warrior' ? desktop : { viewport: { width: 480, height: 640 } } }));
    }
    const warrior = visitors.at(-1);
    const fetched = [];
    warrior.page.on('response', (answer) => { if (answer.url().includes('later_helmets')) fetched.push(answer.url().replace(/^.*\/|_moving.*$/g, '')); });
    const all_wear = (helmet) => warrior.until(`${helmet || 'no helmet'} on all three`,
      ({ self, entities }) => self.helmet === helmet && entities.length === 2 && entities.every((one) => one.helmet === helmet), 20000);
    await all_wear('');
    check(fetched.length === 0, `fetched before anybody wears a helmet: ${fetched}`);
    for (const [i, helmet] of helmets.entries()) {
      for (const visitor of visitors) await wear(visitor, [helmet]);
      await all_wear(helmet);
      for (const end_ms = Date.now() + 20000; new Set(fetched).size < 3; await warrior.page.waitForTimeout(100)) {
        check(Date.now() < end_ms, `only ${fetched} were fetched`);
      }
      for (const keys of ways.filter((_, side) => side % helmets.length === i)) {
        await look(visitors, keys);
        await warrior.shot(`helmet_${helmet}_${keys.join('_')}`);
      }
      // From the second on over armour and with a weapon.
      if (i === 0) for (const [n, class_name] of ['mage', 'taoist', 'warrior'].entries()) await wear(visitors[n], finery[class_name]);
    }
    for (const visitor of visitors) await take_off(visitor, helmets.at(-1));
    await all_wear('');
    await warrior.shot('helmet_taken_off');
  });
}

export const wearing_cases = [what_is_worn_is_seen_on_the_body, helmets_are_seen_on_every_head, what_is_worn_is_seen_on_a_phone].map((run) => ({ name: run.name, run }));
