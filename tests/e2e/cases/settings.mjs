// The settings panel: opened by gear and by Escape, in both languages, kept in the browser, obeyed by game and page, and not upset by what the storage holds.

import { phone } from '../lib/browser.mjs';
import { check, soon } from '../lib/harness.mjs';
import { on_stage } from '../lib/stage.mjs';

const quiet_arena = ['--arena', '32', '--monsters', '0'];
const kept = (page) => page.evaluate(() => JSON.parse(localStorage.getItem('cudgel.settings')));
const set_range = (page, id, value) => page.$eval(id, (input, to) => {
  input.value = to;
  input.dispatchEvent(new Event('input', { bubbles: true }));
}, value);

// Goal: everything by keyboard alone, and it lasts. Method: Escape opens, Tab and arrows change, Escape closes; then the page is loaded again.
async function settings_are_changed_by_keyboard_and_kept({ browser }) {
  await on_stage(browser, { args: quiet_arena }, async ({ server, join }) => {
    const visitor = await join({ name: 'Keys' });
    const { page } = visitor;
    await page.keyboard.press('Escape');
    await page.waitForSelector('#settings[open]');
    await page.focus('#set-master');
    for (let i = 0; i < 4; i += 1) await page.keyboard.press('ArrowLeft');
    await page.focus('#set-shake');
    await page.keyboard.press('Space');
    await page.focus('#key-attack');
    await page.keyboard.press('Enter');
    await page.keyboard.press('KeyD');
    check(/taken by: Right/.test(await page.textContent('#settings-trouble')), 'a key that is taken should be refused in words');
    await page.focus('#key-attack');
    await page.keyboard.press('Enter');
    await page.keyboard.press('KeyF');
    await visitor.shot('settings');
    check(JSON.stringify(await kept(page)) === JSON.stringify({ master: 60, shake: false, keys: { up: 'KeyW', down: 'KeyS', left: 'KeyA', right: 'KeyD', attack: 'KeyF', skill_1: 'Digit2', skill_2: 'Digit3', skill_3: 'Digit4', skill_4: 'Digit5', order_attack: 'KeyZ', order_stay: 'KeyX', order_come: 'KeyC' } }), `kept: ${JSON.stringify(await kept(page))}`);
    await page.keyboard.press('Escape');
    await page.waitForSelector('#settings', { state: 'hidden' });
    await soon(async () => await page.evaluate(() => document.activeElement.id) === 'canvas', 'the keyboard should be with the game again');
    await page.keyboard.down('KeyF');
    await visitor.until('hitting with the new key', ({ self }) => self.action === 'attack');
    await page.keyboard.up('KeyF');
    await page.goto(`${server.url}/?name=Keys&join=1`);
    await visitor.entered('in the world again');
    await soon(async () => (await page.evaluate(() => window.cudgel.sound())).volumes.master === 0.6, 'the volume should have been kept');
  });
}

// Goal: the page speaks the browser's language, or the one that was chosen, at once and everywhere. Method: a Chinese browser; titles and panel are read.
async function the_page_speaks_chinese({ browser }) {
  await on_stage(browser, { args: ['--arena', '16', '--monsters', '16'] }, async ({ title }) => {
    const visitor = await title({ viewport: { width: 1280, height: 720 }, locale: 'zh-CN' });
    const { page } = visitor;
    await soon(async () => await page.textContent('#go-words') === '进入山谷', async () => `the button says ${await page.textContent('#go-words')}`);
    await visitor.shot('title_zh');
    await page.fill('#name', '李逍遥');
    await page.click('#go');
    await visitor.entered('in the world in Chinese');
    await soon(async () => await page.textContent('#own-level') === '1 级', 'the level should be told in Chinese');
    await page.click('#settings-button');
    await visitor.shot('settings_zh');
    await page.selectOption('#set-language', 'en');
    await page.waitForFunction(() => document.getElementById('settings-title').textContent === 'Settings' && document.documentElement.lang === 'en');
    await page.waitForFunction(() => document.getElementById('own-level').textContent === 'Level 1');
    await page.selectOption('#set-language', 'zh');
    await page.waitForFunction(() => document.getElementById('settings-title').textContent === '设置');
    await page.keyboard.press('Escape');
    await visitor.until('dead', (state) => state.self?.action === 'dead', 90000);
    await page.waitForFunction(() => document.getElementById('death-words').textContent === '你挨了一闷棍。');
    await visitor.shot('death_zh');
  });
}

// Goal: fingers reach and use all of it, in both languages. Method: a phone; taps on gear, box, lists; sharpness is obeyed by the canvas.
async function settings_work_with_fingers({ browser }) {
  await on_stage(browser, { args: quiet_arena }, async ({ join }) => {
    const visitor = await join({ name: 'Thumbs', context: phone });
    const { page } = visitor;
    await visitor.shot('phone_with_gear');
    await page.tap('#settings-button');
    await page.waitForSelector('#settings[open]');
    await page.tap('#set-colours');
    await soon(async () => await page.evaluate(() => document.body.classList.contains('safe-colours')), 'the page should have the other colours');
    // Not from auto to half: on a slow machine that is the same.
    for (const [choice, scale] of [['full', 1], ['half', 0.5]]) {
      await page.selectOption('#set-quality', choice);
      await page.waitForFunction((wanted) => window.cudgel.state().render_scale === wanted, scale);
    }
    await visitor.shot('settings_phone');
    await page.selectOption('#set-language', 'zh');
    await page.waitForFunction(() => document.getElementById('settings-title').textContent === '设置');
    await visitor.shot('settings_phone_zh');
    await page.tap('#settings-reset');
    await page.waitForFunction(() => document.getElementById('settings-title').textContent === 'Settings' && document.getElementById('set-quality').value === 'auto');
    await page.tap('#settings-close');
    await page.waitForSelector('#settings', { state: 'hidden' });
  });
}

// Goal: whatever the storage holds, and where there is none, the page works. Method: garbage of several kinds before the page loads; storage that throws.
async function garbage_in_the_storage_harms_nobody({ browser }) {
  const garbage = ['not json', 'null', '[]', '"text"', '{"master":"loud","effects":1e9,"shake":"yes","quality":7,"language":"xx","keys":{"up":"KeyW","down":"KeyW"}}'];
  await on_stage(browser, { args: quiet_arena }, async ({ server, title }) => {
    const visitor = await title();
    for (const text of garbage) {
      await visitor.page.evaluate((value) => localStorage.setItem('cudgel.settings', value), text);
      await visitor.page.goto(server.url);
      await visitor.page.waitForSelector('#loading.done', { state: 'attached' });
      const found = await visitor.page.evaluate(() => [document.documentElement.lang, window.cudgel.sound().volumes.master, document.getElementById('key-up').textContent]);
      check(found[0] === 'en' && found[1] === 0.8, `after ${text}: ${found}`);
    }
    await visitor.page.addInitScript(() => {
      Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('forbidden', 'SecurityError'); } });
    });
    await visitor.page.goto(server.url);
    await visitor.page.click('#settings-button');
    await set_range(visitor.page, '#set-music', 5);
    await soon(async () => (await visitor.page.evaluate(() => window.cudgel.sound())).volumes.music === 0.05, 'settings should work without storage');
  });
}

export const settings_cases = [
  settings_are_changed_by_keyboard_and_kept, the_page_speaks_chinese, settings_work_with_fingers, garbage_in_the_storage_harms_nobody,
].map((run) => ({ name: run.name, run }));
