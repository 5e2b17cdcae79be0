// The roads to the server: what is blocked on the way is gone around, in the middle of the game, and the player sees no more of it than an icon.

import { Visitor, loading_ms, tiles_between } from '../lib/browser.mjs';
import { check, soon } from '../lib/harness.mjs';
import { Middlebox } from '../lib/middlebox.mjs';
import { Server } from '../lib/server.mjs';
import { on_stage } from '../lib/stage.mjs';

// Calls `act({ server, box, visitor })` with one page behind a middlebox, set as `blocking`, and in the world. Whatever the banner says from then on
// fails it.
async function behind_a_middlebox(browser, blocking, act) {
  const server = await Server.start({ args: ['--arena', '32'] });
  const box = Object.assign(await Middlebox.start(server), blocking);
  const visitor = await Visitor.open(browser);
  try {
    await visitor.join(box, { name: 'Traveller' });
    await visitor.page.evaluate(() => {
      window.told = [];
      const note = () => { for (const id of ['banner', 'notices', 'stop-words']) window.told.push(document.getElementById(id).textContent); };
      new MutationObserver(note).observe(document.body, { childList: true, characterData: true, subtree: true });
    });
    await act({ server, box, visitor });
    const told = (await visitor.page.evaluate(() => [...new Set(window.told)])).filter(Boolean);
    check(told.length === 0, `the player was told: ${told}`);
  } finally {
    await visitor.close();
    await box.stop();
    await server.stop();
  }
}

// Plays on over `road`, as the character it was before: walks, by the server's account.
async function plays_over(visitor, road, before, timeout_ms = 30000) {
  const state = await visitor.until(`playing over ${road}`, ({ connected, transport }) => connected && transport === road, timeout_ms);
  check(state.self.id === before.self.id, `another body: ${before.self.id} became ${state.self.id}`);
  for (const [key, other] of [['KeyW', 'KeyS'], ['KeyS', 'KeyW']]) {
    await visitor.page.keyboard.up(other);
    await visitor.page.keyboard.down(key);
    const start = (await visitor.state()).self;
    await visitor.until(`walking over ${road}`, ({ self, tick }) => tiles_between(self, start) > 1 && tick > state.tick, 15000);
    await visitor.page.keyboard.up(key);
  }
  return state;
}

async function players(server) {
  const text = await (await fetch(`${server.url}/metrics`)).text();
  return Number(text.match(/^cudgel_players(?:\{\})? (\d+)/m)?.[1]);
}

// Goal: WebSockets blocked in the middle of the game lead to the event stream with the same character, and back when they are let through again.
// Method: the middlebox cuts them and swallows new ones, the worst it can do; later it lets them pass.
async function blocked_websockets_are_gone_around_and_climbed_back_to({ browser, record }) {
  await behind_a_middlebox(browser, {}, async ({ server, box, visitor }) => {
    const before = await visitor.state();
    check(before.transport === 'ws', `began over ${before.transport}`);
    check(await visitor.page.isHidden('#road'), 'no icon while all is well');
    const cut_ms = Date.now();
    box.upgrades = 'swallow';
    box.cut_upgrades();
    const below = await plays_over(visitor, 'sse', before);
    record('from_ws_to_sse_ms', Date.now() - cut_ms);
    check(below.switches === 1 && below.climbs === 0, `switches ${below.switches}, climbs ${below.climbs}`);
    await visitor.page.waitForSelector('#road:not([hidden])');
    check(/Server-Sent Events/.test(await visitor.page.getAttribute('#road', 'title')), 'the icon says which road it is');
    await visitor.shot('road_icon');
    box.upgrades = 'pass';
    const opened_ms = Date.now();
    const back = await plays_over(visitor, 'ws', before, 60000);
    record('climbed_back_after_ms', Date.now() - opened_ms);
    check(back.climbs === 1 && back.resumed === 2, `climbs ${back.climbs}, resumed ${back.resumed}`);
    await visitor.page.waitForSelector('#road', { state: 'hidden' });
    await soon(async () => await players(server) === 1, async () => `${await players(server)} players`);
    const stays = Object.fromEntries(back.roads.map(({ name, stays: count }) => [name, count]));
    check(stays.ws === 2 && stays.sse === 1 && stays.longpoll === 0, `stays ${JSON.stringify(stays)}`);
  });
}

// Goal: whatever of the better roads is blocked, one that works is found, down to plain short requests, and the best again in the end.
// Method: streams handed on in lumps from one moment on, then everything refused that polling does not need.
async function buffered_streams_lead_to_long_polling_and_blocked_ones_to_polling({ browser, record }) {
  await behind_a_middlebox(browser, { upgrades: 'refuse' }, async ({ server, box, visitor }) => {
    const before = await visitor.state();
    check(before.transport === 'sse', `began over ${before.transport}`);
    // The stream that stands is gone with the new manners of the box; the one that follows comes in lumps.
    box.stream_flush_ms = 2000;
    const lumps_ms = Date.now();
    box.cut();
    await plays_over(visitor, 'longpoll', before, 60000);
    record('from_lumps_to_longpoll_ms', Date.now() - lumps_ms);
    box.blocked = ['stream', 'send'];
    await plays_over(visitor, 'poll', before, 60000);
    Object.assign(box, { upgrades: 'pass', stream_flush_ms: 0, blocked: [] });
    await plays_over(visitor, 'ws', before, 120000);
    await soon(async () => await players(server) === 1, async () => `${await players(server)} players`);
  });
}

// Goal: the other ways to block a WebSocket, from the beginning. Method: refused and reset, each with a page of its own.
async function refused_and_reset_websockets_do_not_keep_anybody_out({ browser }) {
  for (const upgrades of ['refuse', 'reset', 'swallow']) {
    await behind_a_middlebox(browser, { upgrades, stream_flush_ms: upgrades === 'swallow' ? Infinity : 0 }, async ({ visitor }) => {
      const state = await visitor.state();
      check(state.transport === (upgrades === 'swallow' ? 'longpoll' : 'sse'), `${upgrades}: came over ${state.transport}`);
    });
  }
}

// Goal: ?transport= takes that road and one can play on each: walk, be seen, hit. Method: one page for each, another one that watches; the arena is no larger
// than what it sees.
async function each_road_can_be_forced_and_played({ browser }) {
  await on_stage(browser, { args: ['--arena', '16', '--monsters', '6'] }, async ({ server, open, join }) => {
    const watcher = await join({ name: 'Watcher' });
    for (const road of ['ws', 'sse', 'longpoll', 'poll']) {
      const visitor = await open();
      await visitor.page.goto(`${server.url}/?name=${road}&class=mage&join=1&transport=${road}`);
      const { self } = await visitor.entered(`in the world over ${road}`);
      const seen = await watcher.until(`seeing ${road}`, ({ entities }) => entities.some(({ name }) => name === road));
      const at = seen.entities.find(({ name }) => name === road);
      await visitor.page.keyboard.down('KeyD');
      await watcher.until(`seeing ${road} walk`, ({ entities }) => {
        const now = entities.find(({ name }) => name === road);
        return now && tiles_between(now, at) > 1;
      });
      await visitor.page.keyboard.up('KeyD');
      await visitor.page.keyboard.down('Space');
      const state = await visitor.until(`hitting over ${road}`, (_, events) => events.some((event) => event.type === 'hit' && event.by_self), 60000);
      check(state.transport === road && state.self.id === self.id, `${road}: over ${state.transport}`);
      check(state.roads.every(({ name, stays }) => (stays > 0) === (name === road)), `${road}: ${JSON.stringify(state.roads)}`);
      await visitor.close();
    }
  });
}

// Goal: a road that does not exist is answered in words. Method: ask for one.
async function an_unknown_road_is_answered_in_words({ browser, record }) {
  await on_stage(browser, {}, async ({ server, open }) => {
    const visitor = await open();
    await visitor.page.goto(`${server.url}/?name=Lost&join=1&transport=pigeon`);
    await visitor.page.waitForFunction(() => document.getElementById('trouble').textContent, null, { timeout: loading_ms });
    const words = await visitor.page.textContent('#trouble');
    record('words_at_unknown_road', words);
    check(/pigeon.*ws, sse, longpoll or poll/.test(words), `the page said: ${words}`);
  });
}

export const roads_cases = [
  blocked_websockets_are_gone_around_and_climbed_back_to, buffered_streams_lead_to_long_polling_and_blocked_ones_to_polling,
  refused_and_reset_websockets_do_not_keep_anybody_out, each_road_can_be_forced_and_played, an_unknown_road_is_answered_in_words,
].map((run) => ({ name: run.name, run }));
