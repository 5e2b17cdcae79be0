// First steps: what a newcomer is told, and when no more.

import { phone } from '../lib/browser.mjs';
import { check } from '../lib/harness.mjs';
import { on_stage } from '../lib/stage.mjs';

// Goal: the first steps are shown one after the other, ticked off by doing, in any order, kept by the browser, and gone when nobody wants them. Method:
// a keyboard that walks, hits and opens the bag, a reload, the cross; then a phone, whose words are for fingers.
async function first_steps_teach_by_doing({ browser }) {
  await on_stage(browser, { args: ['--arena', '32', '--monsters', '0'] }, async ({ server, join }) => {
    const visitor = await join({ name: 'New' });
    const step = (name) => visitor.page.waitForSelector(`#hints[data-step=${name}]:not(.ticked):not([hidden])`, { timeout: 20000 });
    await step('walk');
    check((await visitor.page.locator('#hints kbd').allTextContents()).join('') === 'WASD', 'the keys are not named');
    await visitor.shot('hints_walk');
    await visitor.page.keyboard.press('KeyI');
    await visitor.page.waitForSelector('#goods:not([hidden])');
    await visitor.page.keyboard.press('Escape');
    await visitor.page.locator('#canvas').focus();
    await visitor.page.keyboard.down('Space');
    await visitor.page.keyboard.down('KeyD');
    await visitor.page.keyboard.down('KeyS');
    await step('loot');
    for (const key of ['Space', 'KeyD', 'KeyS']) await visitor.page.keyboard.up(key);
    await visitor.shot('hints_loot');
    const kept = () => visitor.page.evaluate(() => JSON.parse(localStorage.getItem('cudgel.hints')));
    check(JSON.stringify((await kept()).done) === '["walk","hit","bag"]', `kept is ${JSON.stringify(await kept())}`);
    await visitor.join(server, { name: 'New' });
    await step('loot');
    await visitor.page.click('#hints-close');
    await visitor.page.waitForSelector('#hints', { state: 'hidden' });
    await visitor.join(server, { name: 'New' });
    await visitor.page.waitForFunction(() => document.getElementById('own-name').textContent === 'New');
    check(await visitor.page.locator('#hints').isHidden(), 'what was sent away is back');

    const thumbs = await join({ name: 'Thumbs', context: phone });
    await thumbs.page.waitForSelector('#hints[data-step=walk]:not([hidden])');
    check((await thumbs.page.locator('#hints-words').textContent()).includes('left thumb'), 'fingers are told of keys');
    await thumbs.shot('hints_phone');
  });
}

export const hints_cases = [first_steps_teach_by_doing].map((run) => ({ name: run.name, run }));
