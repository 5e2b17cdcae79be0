// The way in: loading with real progress, choosing by keyboard and by mouse, and what a first visit weighs.

import { check, soon } from '../lib/harness.mjs';
import { on_stage } from '../lib/stage.mjs';

const first_visit_bytes_max = 3e6;

// Goal: everything a first visit fetches is below 3 MB, and the bar shows how far it is. Method: an empty profile on a slow line, bytes as the
// browser's network stack counts them, all values the bar ever had.
async function a_first_visit_is_light_and_shows_progress({ browser, record }) {
  await on_stage(browser, {}, async ({ server, open }) => {
    const visitor = await open();
    const network = await visitor.context.newCDPSession(visitor.page);
    let bytes = 0;
    network.on('Network.loadingFinished', (event) => { bytes += event.encodedDataLength; });
    await network.send('Network.enable');
    await network.send('Network.emulateNetworkConditions', { offline: false, latency: 20, downloadThroughput: 1.5e6, uploadThroughput: 1e6 });
    await visitor.page.addInitScript(() => {
      window.progress_seen = [];
      const watch = new MutationObserver((changes) => {
        for (const change of changes) {
          if (change.attributeName === 'aria-valuenow') window.progress_seen.push(Number(change.target.getAttribute('aria-valuenow')));
        }
      });
      watch.observe(document, { attributes: true, subtree: true });
    });
    // Without waiting until everything is loaded: the bar is looked at while it moves.
    await visitor.page.goto(server.url, { waitUntil: 'commit' });
    await visitor.page.waitForSelector('#loading:not(.done)');
    await visitor.shot('title_loading');
    await visitor.page.waitForSelector('#loading.done', { state: 'attached', timeout: 60000 });
    await visitor.page.waitForTimeout(700);
    await visitor.shot('title');
    const seen = await visitor.page.evaluate(() => window.progress_seen);
    record('first_visit_bytes', bytes);
    check(seen.at(-1) === 100, `the bar ended at ${seen.at(-1)} %`);
    check(seen.filter((percent) => percent > 0 && percent < 100).length >= 5, `the bar hardly moved: ${seen}`);
    check(seen.every((percent, i) => i === 0 || percent >= seen[i - 1]), `the bar went backwards: ${seen}`);
    check(bytes < first_visit_bytes_max, `a first visit weighs ${bytes} bytes`);
  });
}

// Goal: no mouse is needed. Method: arrow keys, Tab, typing, Enter.
async function the_keyboard_chooses_and_enters({ browser }) {
  await on_stage(browser, {}, async ({ title }) => {
    const visitor = await title();
    const { page } = visitor;
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('ArrowLeft');
    await soon(async () => await page.$eval('input[value="mage"]', (input) => input.checked), 'two right, one left should be the mage');
    await page.keyboard.press('Tab');
    await page.keyboard.type('Keya');
    await page.keyboard.press('Enter');
    const state = await visitor.entered('in the world by keyboard');
    check(state.self.class === 'mage' && state.self.name === 'Keya', `entered as ${JSON.stringify(state.self)}`);
    await soon(async () => await page.evaluate(() => document.activeElement.id) === 'canvas', 'the game should have the keyboard now');
    await soon(async () => await page.evaluate(() => JSON.parse(localStorage.getItem('cudgel.who')).name) === 'Keya', 'the name should be remembered');
  });
}

// Goal: the mouse suffices but for the name; a name that cannot be is told in words before anything is sent.
async function the_mouse_chooses_and_enters({ browser }) {
  await on_stage(browser, {}, async ({ title }) => {
    const visitor = await title();
    const { page } = visitor;
    await page.click('text=Taoist');
    await page.fill('#name', 'A name that is far too long');
    await page.click('#go');
    const words = await page.textContent('#trouble');
    check(/at most 16 characters/.test(words), `the page said: ${words}`);
    await visitor.shot('title_trouble');
    await page.fill('#name', 'Mira');
    await page.click('#go');
    const state = await visitor.entered('in the world by mouse');
    check(state.self.class === 'taoist' && state.self.name === 'Mira', `entered as ${JSON.stringify(state.self)}`);
  });
}

// Goal: what tests and tools read cannot be used to change anything.
async function the_state_is_frozen_and_complete({ browser }) {
  await on_stage(browser, {}, async ({ join }) => {
    const visitor = await join({ name: 'Ice' });
    const facts = await visitor.page.evaluate(() => {
      'use strict';
      const state = window.cudgel.state();
      const attempts = [() => { state.tick = 0; }, () => { state.self.x = 0; }, () => { window.cudgel.state = null; }, () => { window.cudgel = null; }];
      return { keys: Object.keys(state), own: Object.keys(state.self), refused: attempts.filter((attempt) => { try { attempt(); return false; } catch { return true; } }).length };
    });
    for (const key of ['connected', 'transport', 'tick', 'round_trip_ms', 'frames_received', 'bytes_received', 'corrections', 'frame_ms_p95', 'self', 'entities']) {
      check(facts.keys.includes(key), `state() lacks ${key}`);
    }
    for (const key of ['id', 'name', 'class', 'x', 'y', 'health', 'health_max', 'level']) check(facts.own.includes(key), `state().self lacks ${key}`);
    check(facts.refused === 4, `${4 - facts.refused} of 4 attempts to change it got through`);
  });
}

export const entering_cases = [
  a_first_visit_is_light_and_shows_progress, the_keyboard_chooses_and_enters, the_mouse_chooses_and_enters, the_state_is_frozen_and_complete,
].map((run) => ({ name: run.name, run }));
