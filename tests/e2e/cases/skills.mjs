// Skills: each class uses what it has learned, the row tells what is ready, and what may not begin is told with its reason.

import { phone, phone_landscape } from '../lib/browser.mjs';
import { soon } from '../lib/harness.mjs';
import { on_stage } from '../lib/stage.mjs';

const casts_of = (state, events) => events.filter((event) => event.type === 'cast' && event.by_self);

// Presses the key again and again, as an eager hand does, until `waited` is over.
async function while_pressing(visitor, key, waited) {
  const hand = setInterval(() => visitor.page.keyboard.press(key).catch(() => {}), 400);
  try {
    return await waited();
  } finally {
    clearInterval(hand);
  }
}
const press_until = (visitor, key, what, holds, timeout_ms = 60000) => while_pressing(visitor, key, () => visitor.until(what, holds, timeout_ms));

// Goal: the first two skills of each class work on goblins in the page. Method: newcomers of level 5 among goblins; the attack key held, then key 2: a
// sweep or frost hits in the very tick it falls, healing gives health back. The row cools down, and a third press or an unlearned skill is refused in words.
async function each_class_uses_its_first_two_skills_on_goblins({ browser }) {
  await on_stage(browser, { args: ['--arena', '24', '--monsters', '16', '--start-level', '5'] }, async ({ join }) => {
    for (const [class_name, skills] of [['warrior', 4], ['mage', 4], ['taoist', 3]]) {
      const visitor = await join({ name: class_name, class_name });
      await visitor.page.waitForSelector('#skills button');
      await soon(async () => (await visitor.page.locator('#skills button').count()) === skills, `${skills} skills beside the basic attack`);
      await soon(async () => (await visitor.page.locator('#skills .unlearned').count()) === skills - 1, 'all but one are not learned at level 5');
      await visitor.page.keyboard.down('Space');
      await visitor.until(`the first skill as ${class_name}`, (state, events) => events.some((event) => event.type === 'hit' && event.by_self), 60000);
      await press_until(visitor, 'Digit2', `the second skill as ${class_name}`, (state, events) => {
        const ticks = new Set(casts_of(state, events).map(({ tick }) => tick));
        if (class_name === 'taoist') return ticks.size > 0 && events.some((event) => event.type === 'mended' && event.on_self);
        return events.some((event) => event.type === 'hit' && event.by_self && ticks.has(event.tick));
      }, 90000);
      await visitor.shot(`skill_${class_name}`);
      await visitor.page.keyboard.up('Space');
      // Pressed again and again: by now the cooldown may be over and the mana back.
      await while_pressing(visitor, 'Digit2', () => visitor.page.waitForFunction(() => {
        const cools = document.querySelector('#skills button:first-child.cooling');
        return cools && parseFloat(document.querySelector('#own-mana .left').style.width) < 100;
      }));
      for (const [key, words] of [['Digit2', 'Not ready yet.'], ['Digit3', 'Not learned yet.']]) {
        await while_pressing(visitor, key, () => visitor.page.waitForFunction((told) => {
          const line = document.getElementById('refusal');
          return !line.hidden && line.textContent === told;
        }, words, { timeout: 60000 }));
      }
      await visitor.close();
    }
  });
}

// Goal: who knows everything sees all of it ready, on every screen; a button does what its key does. Method: pictures of level 30 for eyes, a blink by
// button and a meteor by key; the far place is drawn at once.
async function all_skills_by_key_and_by_button_on_any_screen({ browser }) {
  await on_stage(browser, { args: ['--arena', '40', '--monsters', '10', '--start-level', '30'] }, async ({ join }) => {
    for (const [kind, context] of Object.entries({ desktop: undefined, phone, phone_landscape })) {
      const visitor = await join({ name: 'Ember', class_name: 'mage', context });
      await visitor.page.waitForSelector('#skills button');
      await soon(async () => (await visitor.page.locator('#skills .unlearned').count()) === 0, 'all are learned at level 30');
      await visitor.shot(`skills_ready_${kind}`);
      const before = (await visitor.state()).self;
      await visitor.page.locator('#skills [data-skill=blink]').dispatchEvent('pointerdown');
      await visitor.until('elsewhere', ({ self }) => Math.hypot(self.x - before.x, self.y - before.y) > 1, 15000);
      if (kind === 'desktop') await press_until(visitor, 'Digit4', 'a meteor', (state, events) => casts_of(state, events).length > 1);
      await visitor.shot(`skills_used_${kind}`);
      await visitor.close();
    }
    for (const [class_name, key] of [['warrior', 'Digit4'], ['taoist', 'Digit3']]) {
      const visitor = await join({ name: class_name, class_name });
      await press_until(visitor, key, `the last skill as ${class_name}`, (state, events) => casts_of(state, events).length > 0);
      if (class_name === 'warrior') await visitor.page.waitForSelector('#effects .helps');
      await visitor.page.waitForTimeout(500);
      await visitor.shot(`skills_last_${class_name}`);
      await visitor.close();
    }
  });
}

export const skills_cases = [each_class_uses_its_first_two_skills_on_goblins, all_skills_by_key_and_by_button_on_any_screen]
  .map((run) => ({ name: run.name, run }));
