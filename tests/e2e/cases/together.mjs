// Two players: a party that shares what one of them earns, and a trade that both see, on a desktop and on a phone, still there after the page was loaded
// again and the server had been another one.

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join as path_of } from 'node:path';

import { Visitor, desktop, phone, screen_of, tiles_between } from '../lib/browser.mjs';
import { check, soon } from '../lib/harness.mjs';
import { Server } from '../lib/server.mjs';
import { walk_to } from './goods.mjs';

// Of an open bag.
const bag = (visitor) => visitor.page.evaluate(() => ({
  gold: Number(document.getElementById('goods-gold').dataset.gold ?? 0),
  cells: [...document.querySelectorAll('#bag-cells .cell[data-rarity]')].map(({ dataset }) => Number(dataset.cell)),
}));
const text_of = (visitor, selector) => visitor.page.locator(selector).textContent();

async function make_party(ann, wu) {
  await ann.page.keyboard.down('Tab');
  await ann.page.click('#people-list .who-button:has-text("Wu")');
  await ann.page.click('#person-menu [data-act=invite]');
  await ann.page.keyboard.up('Tab');
  await wu.page.waitForSelector('#asked .yes');
  await wu.shot('party_invited_phone');
  await wu.page.tap('#asked .yes');
  for (const visitor of [ann, wu]) await visitor.page.waitForSelector('#party .mate');
  await soon(async () => (await text_of(ann, '#party .mate bdi')).startsWith('Wu'), 'Ann does not see Wu in the frame');
  await soon(async () => (await text_of(wu, '#party .mate bdi')).includes('★'), 'Wu does not see who leads');
  await ann.page.keyboard.press('Enter');
  await ann.page.fill('#chat-words', '/p 去井边');
  await ann.page.keyboard.press('Enter');
  await wu.page.waitForSelector('#chat-lines li.party:has-text("去井边")');
}

// Ann fights until she has something to trade, and Wu, who does nothing, has got experience from it.
async function earn(ann, wu) {
  const before = (await wu.state()).self;
  const worth = ({ level, experience }) => level * 1e6 + experience;
  await ann.page.click('#canvas', { position: { x: 5, y: 400 } });
  await ann.page.keyboard.press('KeyI');
  await ann.page.keyboard.down('Space');
  const end = Date.now() + 150000;
  let shared = false;
  for (;;) {
    check(Date.now() < end, `Ann found nothing to trade, or Wu got nothing: ${JSON.stringify(await bag(ann))}`);
    shared ||= worth((await wu.state()).self) > worth(before);
    const { gold, cells } = await bag(ann);
    if (shared && gold >= 3 && cells.length > 0) break;
    const { entities, self } = await ann.state();
    const loot = entities.filter((entity) => ['gold', 'small_potion', 'goblin_tooth', 'club', 'copper_ring', 'straw_hat'].includes(entity.kind));
    if (self && self.action !== 'dead' && loot.length > 0) {
      loot.sort((a, b) => tiles_between(a, self) - tiles_between(b, self));
      await ann.page.keyboard.up('Space');
      await walk_to(ann, loot[0], 0.7).catch(() => {});
      await ann.page.keyboard.press('KeyE');
      await ann.page.keyboard.down('Space');
    }
    await ann.page.waitForTimeout(200);
  }
  await ann.page.keyboard.up('Space');
}

const fits = (visitor) => visitor.page.evaluate(() => {
  const box = document.getElementById('goods').getBoundingClientRect();
  return box.left >= 0 && box.top >= 0 && box.right <= innerWidth && box.bottom <= innerHeight;
});

// One agrees to what one has seen: who presses before the newest has come is told to look again, and presses again.
async function press_until(visitor, button, other, seen) {
  for (let tries = 0; ; ++tries) {
    await visitor.page.click(button, { timeout: 5000 }).catch(() => {});
    if (await other.page.waitForSelector(seen, { timeout: 4000 }).then(() => true, () => false)) return;
    check(tries < 6, `${button} does not lead to ${seen}: ${await visitor.page.evaluate(() => document.getElementById('refusal')?.textContent)}`);
  }
}

async function trade(ann, wu) {
  // A click on him in the world, then the button beside his name; the open bag could lie over him.
  for (let tries = 0; !await ann.page.isVisible('#target-trade'); ++tries) {
    const state = await ann.state();
    check(tries < 20, `a click does not choose Wu: ${JSON.stringify([state.self, state.entities])}`);
    const at = screen_of(state, ann.page.viewportSize(), state.entities.find(({ name }) => name === 'Wu'));
    await ann.page.mouse.click(at.x, at.y - 24);
    await ann.page.waitForTimeout(500);
    if (tries === 5) await ann.shot('trade_not_chosen');
  }
  await ann.page.keyboard.press('KeyI');
  await ann.page.waitForSelector('#bag-cells .cell[data-rarity]');
  const { cells: [cell], gold } = await bag(ann);
  const wu_before = await bag(wu);
  await press_until(ann, '#target-trade', wu, '#asked .yes');
  await wu.page.tap('#asked .yes');
  for (const visitor of [ann, wu]) await visitor.page.waitForSelector('#side-trade:not([hidden])');
  const name = await ann.page.getAttribute(`.cell[data-cell="${cell}"]`, 'aria-label');
  await ann.page.click(`.cell[data-cell="${cell}"]`);
  await ann.page.waitForSelector('#trade-own .deal-cell');
  await wu.page.waitForSelector('#trade-theirs .deal-cell');
  await ann.page.fill('#trade-gold', '1');
  await ann.page.click('#trade-put-gold');
  const wu_sees = (amount) => wu.page.waitForFunction((wanted) => document.getElementById('trade-their-gold').dataset.gold === wanted, String(amount));
  await wu_sees(1);
  await press_until(ann, '#trade-agree', wu, '.their-agreed');
  // Any change takes it back.
  await ann.page.waitForSelector('#side-trade.own-agreed');
  await ann.page.fill('#trade-gold', '2');
  await ann.page.click('#trade-put-gold');
  await wu_sees(2);
  await wu.page.waitForSelector('#side-trade:not(.their-agreed)');
  await press_until(ann, '#trade-agree', wu, '.their-agreed');
  await ann.shot('trade');
  await wu.shot('trade_phone');
  await soon(() => fits(wu), 'the trade does not fit a phone held upright');
  const { width, height } = wu.page.viewportSize();
  await wu.page.setViewportSize({ width: height, height: width });
  await wu.shot('trade_phone_lying');
  await soon(() => fits(wu), 'the trade does not fit a phone held lying');
  await wu.page.setViewportSize({ width, height });
  await wu.page.tap('#trade-agree');
  for (const visitor of [ann, wu]) await visitor.page.waitForSelector('#side-trade', { state: 'hidden' });
  await wu.page.waitForFunction((wanted) => Number(document.getElementById('goods-gold').dataset.gold) === wanted, wu_before.gold + 2);
  await ann.page.waitForFunction((wanted) => Number(document.getElementById('goods-gold').dataset.gold) === wanted, gold - 2);
  await soon(async () => await ann.page.getAttribute(`.cell[data-cell="${cell}"]`, 'aria-label') !== name, 'what was given is still there');
  return { name, gold: wu_before.gold + 2 };
}

// Goal and method: as above. The first server has goblins, the second, on the same data, has none that would interrupt a trade.
async function two_play_together_and_trade({ browser }) {
  const data = mkdtempSync(path_of(tmpdir(), 'cudgel-e2e-'));
  let server = await Server.start({ data, args: ['--arena', '16', '--monsters', '4', '--start-level', '4', '--start-item', 'small_potion'] });
  const ann = await Visitor.open(browser, desktop);
  const wu = await Visitor.open(browser, phone);
  const both_join = async () => {
    await ann.join(server, { name: 'Ann' });
    await wu.join(server, { name: 'Wu', class_name: 'taoist' });
  };
  try {
    await both_join();
    await make_party(ann, wu);
    await earn(ann, wu);
    await ann.shot('party');
    await wu.shot('party_phone');
    await server.stop();
    server = await Server.start({ data, port: server.port, args: ['--arena', '18'] });  // another world: the goblins of the first are kept with it
    await both_join();
    await ann.page.waitForFunction(() => Number(document.getElementById('goods-gold').dataset.gold) > 0);
    await walk_to(ann, (await wu.state()).self, 2.5);
    const { name, gold } = await trade(ann, wu).catch(async (error) => {
      await ann.shot('failed_trade');
      await wu.shot('failed_trade_phone');
      throw error;
    });
    await wu.join(server, { name: 'Wu', class_name: 'taoist' });
    await wu.page.waitForFunction((wanted) => Number(document.getElementById('goods-gold').dataset.gold) === wanted, gold);
    await wu.page.tap('#bag-button');
    // Both began with one potion: what was given lies on Wu's.
    const [item, given = '1'] = name.split(', ');
    await wu.page.waitForSelector(`#bag-cells .cell[aria-label="${item}, ${Number(given) + 1}"]`);
    for (const { complaints } of [ann, wu]) check(complaints.length === 0, `the page complained: ${complaints}`);
  } finally {
    for (const visitor of [ann, wu]) await visitor.close().catch(() => {});
    await server.stop();
    rmSync(data, { recursive: true, force: true });
  }
}

export const together_cases = [two_play_together_and_trade].map((run) => ({ name: run.name, run }));
