// When the line breaks, in words.

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { Visitor, desktop } from '../lib/browser.mjs';
import { check, soon } from '../lib/harness.mjs';
import { Server } from '../lib/server.mjs';
import { on_stage } from '../lib/stage.mjs';

// From now on window.banner_words holds all that the banner says, however shortly.
const keep_banner = (visitor) => visitor.page.evaluate(() => {
  window.banner_words = [];
  const banner = document.querySelector('#banner');
  new MutationObserver(() => window.banner_words.push(banner.textContent)).observe(banner, { childList: true, characterData: true, subtree: true });
});
// Until it has said that; what it said then.
const banner_said = async (visitor, pattern) => {
  const words = await visitor.page.waitForFunction((wanted) => window.banner_words.find((said) => new RegExp(wanted, 'i').test(said)), pattern, { timeout: 20000 });
  return words.jsonValue();
};

// Goal: a server that ends says so, the page says so, and finds back by itself when the server does; what could not be fetched meanwhile comes later.
// Method: SIGTERM just when the page has entered and fetches its sounds, then a server on the same port.
async function a_restart_is_told_and_survived({ browser, record }) {
  const data = mkdtempSync(join(tmpdir(), 'cudgel-e2e-'));
  let server = await Server.start({ data });
  const visitor = await Visitor.open(browser);
  try {
    await visitor.join(server, { name: 'Patience' });
    // The first attempt to come back fails soon, and then the banner says that instead.
    await keep_banner(visitor);
    const [words, end] = await Promise.all([banner_said(visitor, 'Connection lost.*restarting'), server.stop()]);
    check(end.code === 0, `the server ended with ${JSON.stringify(end)}`);
    await visitor.shot('connection_lost');
    record('words_at_restart', words);
    check(!(await visitor.state()).connected, 'state() should not say connected');

    const stopped_ms = Date.now();
    server = await Server.start({ data, port: server.port });
    await visitor.until('back after the restart', (state) => state.connected && state.self, 45000);
    record('back_after_restart_ms', Date.now() - stopped_ms);
    await banner_said(visitor, 'Found again');
    await visitor.shot('connection_found');
    await visitor.page.waitForSelector('#banner', { state: 'hidden', timeout: 10000 });
    await visitor.page.waitForFunction(() => window.cudgel.sound().loaded && window.cudgel.sound().trouble === '', null, { timeout: 30000 });
    // What the service worker could not fetch from a server that was stopped on purpose.
    const complaints = visitor.complaints.filter((text) => !text.startsWith('Failed to load resource: net::ERR_FAILED'));
    check(complaints.length === 0, `the page complained: ${complaints}`);
  } finally {
    await visitor.close();
    await server.stop();
    rmSync(data, { recursive: true, force: true });
  }
}

// Goal: what the server says when it ends, is full or refuses is read in the player's language. Method: a page in Chinese; a realm with one place, which
// then ends.
async function a_chinese_player_reads_chinese({ browser }) {
  const server = await Server.start({ args: ['--arena', '16', '--monsters', '0', '--players-max', '1'] });
  const chinese = { ...desktop, locale: 'zh-CN' };
  const visitor = await Visitor.open(browser, chinese);
  const second = await Visitor.open(browser, chinese);
  try {
    await visitor.join(server, { name: '安' });
    await second.page.goto(`${server.url}/?name=Bo&class=mage&join=1`);
    await second.page.waitForFunction(() => document.querySelector('#trouble').textContent.startsWith('人满了：请过一会儿再来。'), null, { timeout: 60000 });
    await visitor.page.keyboard.down('Tab');
    await visitor.page.waitForFunction(() => document.querySelector('#people-list li') !== null);
    await visitor.page.keyboard.up('Tab');
    await keep_banner(visitor);
    await Promise.all([banner_said(visitor, '服务器正在重启'), server.stop()]);
    await visitor.shot('restart_zh');
    const english = await visitor.page.evaluate(() => /[A-Za-z]{3,}/.test(document.querySelector('#banner').textContent));
    check(!english, `English is left: ${await visitor.page.textContent('#banner')}`);
  } finally {
    for (const one of [visitor, second]) await one.close();
    await server.stop();
  }
}

// Goal: a page of another version is told to reload. Method: the page offers another number, as an old copy in a browser's cache would.
async function a_page_of_another_version_is_told_to_reload({ browser, record }) {
  const server = await Server.start();
  const visitor = await Visitor.open(browser);
  try {
    await visitor.page.addInitScript(() => {
      const Real = window.WebSocket;
      window.WebSocket = class extends Real {
        constructor(address, protocols) {
          super(address, [protocols].flat().map((name) => name.replace(/^cudgel\.\d+$/, 'cudgel.7')));
        }
      };
    });
    await visitor.page.goto(`${server.url}/?name=Old&class=mage&join=1`);
    await visitor.page.waitForSelector('#stop[open]', { timeout: 30000 });
    const words = await visitor.page.textContent('#stop-words');
    await visitor.page.waitForTimeout(300);
    await visitor.shot('wrong_version');
    record('words_at_wrong_version', words);
    check(/reload/i.test(words), `the page said: ${words}`);
    await soon(() => visitor.page.isVisible('#stop-reload'), 'there should be a button to reload');
    await visitor.page.click('#stop-back');
    await soon(() => visitor.page.isVisible('#enter'), 'Back should lead to the title');
  } finally {
    await visitor.close();
    await server.stop();
  }
}

// Goal: a realm that is full says so in words. Method: room for one, two come.
async function a_full_realm_says_so({ browser, record }) {
  await on_stage(browser, { args: ['--players-max', '1'] }, async ({ server, open, join }) => {
    await join({ name: 'First' });
    const second = await open();
    await second.page.goto(`${server.url}/?name=Second&class=mage&join=1`);
    await second.page.waitForFunction(() => /full/i.test(document.getElementById('trouble').textContent + document.getElementById('stop-words').textContent), null, { timeout: 90000 });
    record('words_when_full', await second.page.evaluate(() => document.getElementById('trouble').textContent + document.getElementById('stop-words').textContent));
    await second.shot('realm_full');
  });
}

// Goal: a character belongs to the tab, not to the connection. Method: walk away from the start, reload, and look who and where one is.
async function a_reload_comes_back_to_the_same_body({ browser }) {
  await on_stage(browser, {}, async ({ server, join }) => {
    const visitor = await join({ name: 'Reloader', class_name: 'mage' });
    await visitor.page.keyboard.down('d');
    await visitor.page.waitForTimeout(1500);
    await visitor.page.keyboard.up('d');
    await visitor.until('standing', ({ self }) => self.action !== 'walk');
    const before = (await visitor.state()).self;
    await visitor.join(server, { name: 'Reloader', class_name: 'mage' });
    const after = await visitor.state();
    check(after.self.id === before.id, `another body: ${JSON.stringify(before)} became ${JSON.stringify(after.self)}`);
    check(after.resumed === 1, `resumed ${after.resumed} times`);
    check(Math.hypot(after.self.x - before.x, after.self.y - before.y) < 1, `moved from ${before.x}, ${before.y} to ${after.self.x}, ${after.self.y}`);
    // It obeys: the new page does not know what the old one had sent.
    await visitor.page.keyboard.down('a');
    await visitor.until('walking again', ({ self }) => Math.hypot(self.x - after.self.x, self.y - after.self.y) > 1);
    await visitor.page.keyboard.up('a');
  });
}

// Goal: a connection that breaks in the middle of the game is found again with the same body, and the player is not bothered with it. Method: the page's
// socket is closed under it; whatever the banner says meanwhile is kept.
async function a_lost_connection_goes_on_with_the_same_body({ browser, record }) {
  await on_stage(browser, {}, async ({ server, open }) => {
    const visitor = await open();
    await visitor.page.addInitScript(() => {
      const Real = window.WebSocket;
      window.WebSocket = class extends Real {
        constructor(...given) {
          super(...given);
          window.last_socket = this;
        }
      };
    });
    const before = (await visitor.join(server, { name: 'Tunnel' })).self;
    await keep_banner(visitor);
    await visitor.page.evaluate(() => window.last_socket.close());
    const lost_ms = Date.now();
    const after = await visitor.until('back', (state) => state.connected && state.resumed === 1, 20000);
    record('back_after_lost_connection_ms', Date.now() - lost_ms);
    check(after.self.id === before.id, `another body: ${before.id} became ${after.self.id}`);
    await visitor.page.waitForTimeout(500);
    const words = await visitor.page.evaluate(() => window.banner_words.join(' '));
    check(!words, `the banner said: ${words}`);
  });
}

export const connection_cases = [
  a_restart_is_told_and_survived, a_page_of_another_version_is_told_to_reload, a_full_realm_says_so, a_reload_comes_back_to_the_same_body,
  a_lost_connection_goes_on_with_the_same_body, a_chinese_player_reads_chinese].map((run) => ({ name: run.name, run }));
