// Fighting players, looking on, the ladder, first steps: two players and somebody who watches, on pages of their own.

import { desktop, phone, screen_of } from '../lib/browser.mjs';
import { check, soon } from '../lib/harness.mjs';
import { faults_of } from '../lib/layout.mjs';
import { on_stage } from '../lib/stage.mjs';
import { walk_near } from '../lib/walking.mjs';

const duel_stage = (visitor, stage) => visitor.page.waitForSelector(`#duel[data-stage=${stage}]:not([hidden])`, { timeout: 15000 });
const notice = (visitor, words) => visitor.page.waitForFunction((wanted) => window.heard?.some((line) => line.includes(wanted)), words, { timeout: 60000 });
// Notices pass by: every one is kept for the case to read.
const keep_notices = (visitor) => visitor.page.evaluate(() => {
  window.heard = [];
  new MutationObserver((changes) => {
    for (const { addedNodes } of changes) for (const node of addedNodes) window.heard.push(node.textContent);
  }).observe(document.getElementById('notices'), { childList: true });
});

// Goal: two pages fight a duel from the click on a player to the words of who has won; the loser lives; somebody without an account watches it, until
// he may not any more; the ladder counts the win. Method: a warrior at a keyboard against a mage on a phone, who does not strike back, and a third page.
async function a_duel_is_fought_watched_and_counted({ browser }) {
  await on_stage(browser, { args: ['--arena', '32', '--monsters', '0', '--start-level', '5'] }, async ({ server, open, join }) => {
    const ann = await join({ name: 'Ann' });
    const ben = await join({ name: 'Ben', class_name: 'mage', context: phone });
    await keep_notices(ann);
    await keep_notices(ben);
    await walk_near(ann, ben, 3);

    // By a click and the button in the target's frame.
    // Not always at the first: the camera may still follow who has just come to a halt.
    for (let tries = 0; !await ann.page.isVisible('#target-duel'); ++tries) {
      check(tries < 10, 'a click does not choose Ben');
      const state = await ann.until('seeing Ben', ({ entities }) => entities.some(({ name }) => name === 'Ben'));
      const spot = screen_of(state, desktop.viewport, state.entities.find(({ name }) => name === 'Ben'));
      await ann.page.mouse.click(spot.x, spot.y - 24);
      await ann.page.waitForTimeout(1000);
    }
    await soon(async () => await ann.page.locator('#target-name').textContent() === 'Ben', 'somebody else is the target');
    await ann.shot('duel_target');
    await ann.page.click('#target-duel');
    await duel_stage(ben, 'asked');
    await soon(async () => (await ben.page.locator('#duel-words').textContent()).includes('Ann challenges you'), 'the question does not say who asks');
    await ben.shot('duel_asked_phone');
    await ben.page.tap('#duel-no');
    await notice(ann, 'Ben does not want to fight Ann');

    // Again, by the command; a watcher comes meanwhile.
    await ann.page.keyboard.press('Enter');
    await ann.page.keyboard.type('/duel Ben');
    await ann.page.keyboard.press('Enter');
    await duel_stage(ben, 'asked');
    const eye = await open();
    await eye.page.goto(`${server.url}/watch/Ben`);
    await eye.until('watching', ({ connected, self }) => connected && self?.name === 'Ben', 90000);
    check(eye.page.url().endsWith('/?watch=Ben'), `the link leads to ${eye.page.url()}`);
    await ben.page.waitForSelector('#watched-by:not([hidden])');
    await soon(async () => await ben.page.locator('#watched-by-count').textContent() === '1', 'the watcher is not counted');
    // The challenge may have lapsed while the third page was loading, or lapses between two looks.
    for (let tries = 0; await ben.page.locator('#duel[data-stage=countdown], #duel[data-stage=fight]').isHidden(); ++tries) {
      check(tries < 3, 'the duel does not begin');
      if (await ben.page.locator('#duel').isHidden()) await ann.page.click('#target-duel');
      await duel_stage(ben, 'asked');
      await ben.page.tap('#duel-yes', { timeout: 5000 }).catch(() => {});
      await ben.page.waitForSelector('#duel[data-stage=countdown], #duel[data-stage=fight]', { timeout: 5000 }).catch(() => {});
    }
    await duel_stage(ann, 'fight');
    // All at once: the plaque, the notice and, unless this machine stood still for two seconds, the large word.
    for (const visitor of [ann, ben]) {
      const faults = await faults_of(visitor);
      check(faults.length === 0, `as the duel begins: ${faults.join('; ')}`);
    }
    await ann.page.keyboard.down('Space');
    const wounded = await ann.until('a blow at Ben', (_, events) => events.some(({ type, by_self }) => type === 'hit' && by_self), 60000);
    await ann.shot('duel_fight');
    await eye.shot('watch_duel');
    check(wounded.entities.some(({ name }) => name === 'Ben'), 'Ben has gone');
    await notice(ann, 'Ann has beaten Ben in a duel');
    await ann.page.keyboard.up('Space');
    await notice(ben, 'Ann has beaten Ben in a duel');
    const loser = (await ben.state()).self;
    check(loser.action !== 'dead' && loser.health === 1, `the loser is ${loser.action} with ${loser.health}`);
    await soon(() => ben.page.locator('#duel').isHidden(), 'the duel is over, its plaque is not');
    // Others' health is told in 255 parts of the whole, and a moment later.
    await eye.until('the loser, nearly dead', ({ self }) => self.name === 'Ben' && self.health >= 1 && self.health <= 2, 10000);

    await ann.page.keyboard.down('Tab');
    await ann.page.waitForSelector('#ladder:not([hidden]) #ladder-list li');
    const first = await ann.page.locator('#ladder-list li').first().innerText();
    check(/Ann/.test(first) && /duels won: 1/.test(first) && /Level 5/.test(first), `the ladder begins with ${first}`);
    await ann.shot('ladder');
    await ann.page.keyboard.up('Tab');

    await ben.page.evaluate(() => document.getElementById('settings-button').click());
    await ben.page.locator('#set-watched').scrollIntoViewIfNeeded();
    await soon(async () => (await ben.page.locator('#watch-link').inputValue()).endsWith('/watch/Ben'), 'the settings tell another link');
    await ben.page.locator('#set-watched').tap();
    await eye.page.waitForSelector('#stop[open]', { timeout: 15000 });
    await soon(async () => (await eye.page.locator('#stop-words').textContent()).includes('Ben does not want to be watched any more'), 'the end is not told');
    await eye.shot('watch_over');
    await eye.page.goto(`${server.url}/watch/${encodeURIComponent('阿木')}`);
    await eye.page.waitForSelector('#stop[open]', { timeout: 90000 });
    await soon(async () => (await eye.page.locator('#stop-words').textContent()).includes('Nobody called 阿木'), 'nobody is not told');
  });
}

// Goal: the first steps are shown one after the other, ticked off by doing, in any order, kept by the browser, and gone when nobody wants them. Method:
// a keyboard that walks, hits and opens the bag, a reload, the cross; then a phone, whose words are for fingers.
async function first_steps_teach_by_doing({ browser }) {
  await on_stage(browser, { args: ['--arena', '32', '--monsters', '0'] }, async ({ server, join }) => {
    const visitor = await join({ name: 'New' });
    const step = (name) => visitor.page.waitForSelector(`#hints[data-step=${name}]:not(.ticked):not([hidden])`, { timeout: 20000 });
    await step('walk');
    await soon(async () => (await visitor.page.locator('#hints kbd').allTextContents()).join('') === 'WASD', 'the keys are not named');
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
    await soon(async () => (await thumbs.page.locator('#hints-words').textContent()).includes('left thumb'), 'fingers are told of keys');
    await thumbs.shot('hints_phone');
  });
}

export const contest_cases = [a_duel_is_fought_watched_and_counted, first_steps_teach_by_doing].map((run) => ({ name: run.name, run }));
