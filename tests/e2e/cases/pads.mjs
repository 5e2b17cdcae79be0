// Everything between players by gamepad alone: the list and its ladder, a party, a trade to its end, a duel.

import { desktop } from '../lib/browser.mjs';
import { check, soon } from '../lib/harness.mjs';
import { Pad, button } from '../lib/pad.mjs';
import { on_stage } from '../lib/stage.mjs';

const one_world = ['--arena', '18', '--monsters', '0', '--start-level', '6', '--start-item', 'small_potion'];
// After something was pointed at by itself a press counts only a moment later (pad_pointer.js).
const opened_ms = 500;
const held = (visitor) => visitor.page.evaluate(() => [...document.querySelectorAll('#bag-cells .cell[data-rarity]')].map((cell) => cell.getAttribute('aria-label')));

// Opens the list of players by pad and the menu on somebody.
async function choose_person(visitor, pad, name) {
  await pad.press(button.back);
  await visitor.page.waitForSelector('body.pad-pointing');
  await pad.choose('#people-button');
  await pad.choose(`#people-list .who-button:has-text("${name}")`);
  await visitor.page.waitForSelector('#person-menu:not([hidden])');
}

// Back to the game, whatever lies over it.
async function leave_pointing(visitor, pad) {
  for (let tries = 0; tries < 8 && await visitor.page.evaluate(() => document.body.classList.contains('pad-pointing')); ++tries) await pad.press(button.right);
  await soon(async () => !await visitor.page.evaluate(() => document.body.classList.contains('pad-pointing')), 'the right button does not lead back to the game');
}

// Goal: who has nothing but a gamepad invites and trades to the end. Method: a gamepad put in the browser's place on one side, mouse and
// keyboard on the other; the page with the pad gets no other event.
async function a_trade_and_a_party_by_gamepad_alone({ browser }) {
  await on_stage(browser, { args: one_world }, async ({ join }) => {
    const ann = await join({ name: 'Ann' });
    const wu = await join({ name: 'Wu', class_name: 'taoist' });
    const pad = await Pad.plug_into(ann.page);
    await choose_person(ann, pad, 'Wu');
    await ann.shot('pad_menu');
    await pad.choose('#person-menu [data-act=invite]');
    await wu.page.click('#asked .yes');
    for (const visitor of [ann, wu]) await visitor.page.waitForSelector('#party .mate');
    await wu.page.waitForSelector('#asked .yes', { state: 'detached' });
    await pad.aims_into('#people');
    await leave_pointing(ann, pad);
    await soon(() => ann.page.isHidden('#people'), 'the list stays open');

    // Out of the party's frame this time.
    await pad.press(button.back);
    await pad.choose('#party .mate');
    await pad.choose('#person-menu [data-act=trade]');
    await wu.page.click('#asked .yes');
    await ann.page.waitForSelector('#side-trade:not([hidden])');
    await ann.page.waitForSelector('#bag-cells .cell.pad-aimed');
    await ann.page.waitForSelector('#goods-tip:not([hidden])');
    await soon(async () => (await held(ann))[0] === 'Small potion', async () => `Ann does not begin with a potion: ${await held(ann)}`);
    await pad.choose('#bag-cells .cell[data-rarity]');
    // Out again by its menu, and in once more. The menu is opened at once, mostly before the realm has answered: what it offers follows.
    await pad.press(button.left);
    await wu.page.waitForSelector('#trade-theirs .deal-cell');
    await pad.choose('#goods-tip .actions button:has-text("Take back")');
    // A press before the own frame would take it back again.
    for (const [page, side] of [[wu.page, 'theirs'], [ann.page, 'own']]) await page.waitForSelector(`#trade-${side} .deal-cell`, { state: 'detached' });
    await pad.choose('#bag-cells .cell[data-rarity]');
    await wu.page.waitForSelector('#trade-theirs .deal-cell');
    // A number by the cross: more than there is, and then none.
    await pad.choose('#trade-gold');
    await pad.step('right');
    await pad.step('up');
    await soon(async () => await ann.page.inputValue('#trade-gold') === '11', 'the cross does not change the number');
    await pad.step('left');
    await pad.step('down');
    await pad.press(button.lower);
    await pad.aim('#trade-agree');
    await ann.shot('pad_trade');
    await wu.page.waitForTimeout(1000);
    await wu.page.click('#trade-agree');
    await ann.page.waitForSelector('.their-agreed');
    await pad.choose('#trade-agree');
    for (const visitor of [ann, wu]) await visitor.page.waitForSelector('#side-trade', { state: 'hidden' });
    await wu.page.waitForSelector('#bag-cells .cell[aria-label="Small potion, 2"]');
    await soon(async () => (await held(ann)).length === 0, 'what was given is still there');
    await leave_pointing(ann, pad);
    await soon(() => ann.page.isHidden('#goods'), 'the bag stays open');

    // What was pressed for the page is not the game's, and afterwards the pad plays.
    const before = (await ann.state()).self;
    await pad.push(before.x < 9 ? 0.7 : -0.7, before.y < 9 ? 0.7 : -0.7);
    await ann.page.waitForTimeout(400);
    await pad.push(before.x < 9 ? 0.9 : -0.9, 0);
    await ann.until('walking by gamepad again', ({ self }) => Math.abs(self.x - before.x) + Math.abs(self.y - before.y) > 0.5);
    await pad.push(0, 0);
    await pad.press(button.back);
    await pad.choose('#party-leave');
    await ann.page.waitForSelector('#party', { state: 'hidden' });
  });
}

// Goal: questions are answered by start and back, and a duel is asked for, fought and given up by pad. Method: as above.
async function questions_and_a_duel_by_gamepad_alone({ browser }) {
  await on_stage(browser, { args: one_world }, async ({ join }) => {
    const ann = await join({ name: 'Ann' });
    const wu = await join({ name: '吴', class_name: 'mage', context: { ...desktop, locale: 'zh-CN' } });
    const pad = await Pad.plug_into(ann.page);
    const invite = async () => {
      await wu.page.keyboard.down('Tab');
      await wu.page.click('#people-list .who-button:has-text("Ann")');
      await wu.page.click('#person-menu [data-act=invite]');
      await wu.page.keyboard.up('Tab');
      await ann.page.waitForSelector('#asked .yes');
    };
    await invite();
    await pad.press(button.back);
    await ann.page.waitForSelector('#asked', { state: 'hidden' });
    check(await ann.page.isHidden('#party'), 'back has accepted');
    check(!await ann.page.evaluate(() => document.body.classList.contains('pad-pointing')), 'back has done two things');
    await invite();
    await soon(async () => (await ann.page.textContent('#asked .yes')).includes('Start'), 'the button does not name that of the pad');
    await ann.shot('pad_invited');
    await pad.press(button.start);
    await ann.page.waitForSelector('#party .mate');

    await choose_person(ann, pad, '吴');
    await pad.choose('#person-menu [data-act=duel]');
    await wu.page.waitForSelector('#duel[data-stage=asked]');
    await wu.shot('pad_duel_asked_zh');
    await leave_pointing(ann, pad);
    await wu.page.click('#duel-yes');
    await ann.page.waitForSelector('#duel[data-stage=fight]', { timeout: 20000 });
    await pad.press(button.back);
    await pad.choose('#duel-no');
    await ann.page.waitForSelector('#duel', { state: 'hidden' });
    await leave_pointing(ann, pad);

    // Who has won is kept, and so on the ladder.
    await pad.press(button.back);
    await pad.choose('#people-button');
    await pad.aim('#ladder-list li:has-text("吴")');
    await ann.shot('pad_ladder');
    await leave_pointing(ann, pad);
    await soon(() => ann.page.isHidden('#people'), 'the list stays open');

    await wu.page.click('#party .mate');
    await wu.page.click('#person-menu [data-act=duel]');
    await ann.page.waitForSelector('#duel[data-stage=asked]');
    await pad.press(button.start);
    await ann.page.waitForSelector('#duel[data-stage=countdown], #duel[data-stage=fight]', { timeout: 20000 });
  });
}

// Goal: one enters, chooses a class and sets everything that is not a key by pad alone. Method: the title as a stranger finds it; a volume, a tick, a
// choice and the language are changed; what the page and the storage say.
async function the_title_and_the_settings_by_gamepad_alone({ browser }) {
  await on_stage(browser, { args: one_world }, async ({ open, server }) => {
    const visitor = await open();
    const { page } = visitor;
    await page.goto(server.url);
    await page.waitForSelector('#loading.done', { state: 'attached' });
    const pad = await Pad.plug_into(page);
    await pad.step('right');
    await page.waitForSelector('body.pad-pointing');
    await page.waitForTimeout(opened_ms);
    await pad.choose('#title label:has(input[value=mage]) .card');
    await soon(() => page.$eval('input[value="mage"]', (input) => input.checked), 'the mage is not chosen');
    await visitor.shot('pad_title');
    await pad.choose('#go');
    const { self } = await visitor.entered('in the world');
    check(self.class === 'mage', `a ${self.class} came into the world`);
    await soon(() => page.evaluate(() => !document.body.classList.contains('pad-pointing')), 'the pad still points after entering');

    await pad.press(button.back);
    await pad.choose('#settings-button');
    await page.waitForSelector('#settings[open]');
    const before = Number(await page.inputValue('#set-music'));
    await pad.aim('#set-music');
    for (let i = 0; i < 2; ++i) await pad.step(before >= 10 ? 'left' : 'right');
    check(Number(await page.inputValue('#set-music')) === before + (before >= 10 ? -10 : 10), 'the music is as loud as before');
    await pad.choose('#set-calm');
    await soon(() => page.evaluate(() => document.body.classList.contains('calm')), 'less motion is not set');
    await pad.choose('#set-quality');
    check(await page.inputValue('#set-quality') === 'full', 'a press does not take the next choice');
    await soon(() => page.$eval('#pad-help', (help) => {
      const box = help.getBoundingClientRect();
      return help === document.elementFromPoint((box.left + box.right) / 2, (box.top + box.bottom) / 2);
    }), 'what the buttons do is hidden behind the settings');
    await pad.aim('#set-language');
    await visitor.shot('pad_settings');
    await pad.step('right');
    await soon(async () => await page.textContent('#settings-title') === '设置', 'the page does not speak Chinese');
    await pad.press(button.right);
    await page.waitForSelector('#settings', { state: 'hidden' });
    await soon(() => page.$eval('#pad-help', (help) => !help.closest('dialog')), 'the help has gone with the settings');
    await soon(() => page.evaluate(() => !document.body.classList.contains('pad-pointing')), 'the pad still points');
    const kept = await page.evaluate(() => Object.values(localStorage).join(' '));
    check(/"calm":true/.test(kept) && /"quality":"full"/.test(kept), `what was set is not kept: ${kept.slice(0, 300)}`);
  });
}

export const pads_cases = [the_title_and_the_settings_by_gamepad_alone, a_trade_and_a_party_by_gamepad_alone, questions_and_a_duel_by_gamepad_alone].map((run) => ({ name: run.name, run }));
