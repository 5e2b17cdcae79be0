// Who is here: the list of players that the page asks the server for.

import { phone } from '../lib/browser.mjs';
import { check, soon } from '../lib/harness.mjs';
import { on_stage } from '../lib/stage.mjs';

const quiet_arena = ['--arena', '32', '--monsters', '0'];
const bold = '<b>"阿木"</b>';

const listed = (visitor) => visitor.page.locator('#people-list li').evaluateAll((rows) => rows.map((row) => ({
  name: row.querySelector('bdi').textContent, html: row.querySelectorAll('b').length, level: row.querySelector('.level').textContent,
})));

async function await_listed(visitor, ...names) {
  const end_ms = Date.now() + 15000;
  for (;;) {
    const rows = await listed(visitor);
    if (names.every((name) => rows.some((row) => row.name === name))) return rows;
    check(Date.now() < end_ms, `the list has ${JSON.stringify(rows)}, not ${JSON.stringify(names)}`);
    await visitor.page.waitForTimeout(100);
  }
}

// Goal: while Tab is held one sees who is here, by name, however the name is written; the game goes on below. Method: two browsers, one of them
// with a name that would be HTML; a third comes while the list is open.
async function tab_shows_who_is_here({ browser }) {
  await on_stage(browser, { args: quiet_arena }, async ({ join }) => {
    const visitor = await join({ name: 'Ann' });
    await join({ name: bold, class_name: 'taoist' });
    check(await visitor.page.locator('#people').isHidden(), 'the list is there before Tab was pressed');
    await visitor.page.keyboard.down('Tab');
    const rows = await await_listed(visitor, 'Ann', bold);
    check(rows.length === 2 && rows.every(({ html }) => html === 0), `a name became HTML: ${JSON.stringify(rows)}`);
    check(rows[0].level === 'Level 1', `the level is told as ${rows[0].level}`);
    await soon(async () => await visitor.page.locator('#people-words').textContent() === '2 players', 'the count is not told');
    await visitor.shot('people');
    const zoe = await join({ name: 'Zoe' });
    await await_listed(visitor, 'Ann', bold, 'Zoe');
    await zoe.close();
    await visitor.page.waitForSelector('#people-list li.away');
    const before = (await visitor.state()).self;
    await visitor.page.keyboard.down('KeyD');
    await visitor.until('walking below the list', ({ self }) => Math.abs(self.x - before.x) > 0.5 || Math.abs(self.y - before.y) > 0.5, 15000);
    await visitor.page.keyboard.up('KeyD');
    await visitor.page.keyboard.up('Tab');
    await soon(() => visitor.page.locator('#people').isHidden(), 'the list stays after Tab was let go');
    await soon(async () => await visitor.page.evaluate(() => document.activeElement.id) === 'canvas', 'the keyboard left the game');
  });
}

// Goal: fingers get the same list. Method: a phone's screen, a tap on the button opens, another closes.
async function a_tap_shows_who_is_here({ browser }) {
  await on_stage(browser, { args: quiet_arena }, async ({ join }) => {
    const visitor = await join({ name: 'Thumbs', context: phone });
    await visitor.page.tap('#people-button');
    await await_listed(visitor, 'Thumbs');
    await visitor.shot('people_phone');
    // Asked every two seconds: whose finger lies on a name keeps it.
    await visitor.page.evaluate(() => { window.first_row = document.querySelector('#people-list li'); });
    await visitor.page.waitForTimeout(5000);
    check(await visitor.page.evaluate(() => window.first_row.isConnected), 'the list was drawn anew though nobody came or went');
    await visitor.page.tap('#people-button');
    await soon(() => visitor.page.locator('#people').isHidden(), 'the list stays after the second tap');
  });
}

export const people_cases = [tab_shows_who_is_here, a_tap_shows_who_is_here].map((run) => ({ name: run.name, run }));
