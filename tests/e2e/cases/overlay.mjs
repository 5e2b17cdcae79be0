// F3: who is to blame, shown, drawn and saved.

import { readFileSync } from 'node:fs';

import { Visitor, desktop, phone, phone_landscape } from '../lib/browser.mjs';
import { check, soon } from '../lib/harness.mjs';
import { PausingProxy } from '../lib/pausing_proxy.mjs';
import { Server } from '../lib/server.mjs';
import { on_stage } from '../lib/stage.mjs';

// Drawn fast also without graphics hardware, so that the page is slow only when it is told to be.
const small = { viewport: { width: 640, height: 600 } };
// One pixel per CSS pixel: nobody plays here, and it is the panel that is looked at.
const windows = { desktop, phone: { ...phone, deviceScaleFactor: 1 }, phone_landscape: { ...phone_landscape, deviceScaleFactor: 1, locale: 'zh-CN' } };
// Bars of the lane "frames of this page" (web/js/graph.js).
const frame_rgb = [213, 139, 184];
// Nothing is judged in a player's first moments (Diagnosis).
const settling_ms = 3500;
const disturbance_ms = 1500;
const blamed_ms = 500;         // at least: on a busy machine the page itself has a share in everything

// Waits until F3 blames `cause`, in its verdict or in the list below it, in words that match, for at least so many milliseconds; returns the words.
async function until_blamed(visitor, cause, words, least_ms) {
  try {
    const found = await visitor.page.waitForFunction(([wanted, pattern, least]) => {
      const lines = [...document.querySelectorAll('#verdict, #troubles li')].filter((one) => one.querySelector(`.badge.${wanted}`));
      return lines.map((line) => line.querySelector('.words').textContent).find((text) => Number(text.match(new RegExp(pattern))?.[1]) >= least);
    }, [cause, words.source, least_ms], { timeout: 10000 });
    return await found.jsonValue();
  } catch {
    throw new Error(`F3 does not blame the ${cause} for ${least_ms} ms and more but says: ${await visitor.page.textContent('#verdict')} ${await visitor.page.textContent('#troubles')}`);
  }
}

// Waits until the graph shows so many pixels of about this colour.
const until_drawn = (visitor, rgb, least) => visitor.page.waitForFunction(([wanted, enough]) => {
  const graph = document.getElementById('graph');
  if (graph.width === 0) return false;
  const { data } = graph.getContext('2d').getImageData(0, 0, graph.width, graph.height);
  let count = 0;
  for (let i = 0; i < data.length; i += 4) {
    if (data[i + 3] > 200 && wanted.every((value, part) => Math.abs(data[i + part] - value) < 16)) ++count;
  }
  return count >= enough;
}, [rgb, least], { timeout: 20000 });

// Goal: each of the three is blamed for what it did, with about the right number, and the trace tells the same. Method: one page behind a proxy; the
// proxy holds its bytes back, the server's process is stopped, the page's main thread is kept busy, one after the other.
async function f3_names_who_held_the_game_up({ browser, record }) {
  const server = await Server.start();
  const proxy = await PausingProxy.start(server.port);
  const visitor = await Visitor.open(browser, small);
  try {
    await visitor.join(proxy, { name: 'Judge' });
    await visitor.page.keyboard.press('F3');
    await visitor.page.waitForTimeout(settling_ms);
    await visitor.page.keyboard.down('d');

    await proxy.stall(disturbance_ms);
    const network = await until_blamed(visitor, 'network', /^Your network stalled .*?(\d+) ms/, blamed_ms);
    await visitor.shot('f3_network');
    await visitor.page.keyboard.up('d');

    process.kill(server.process.pid, 'SIGSTOP');
    await visitor.page.waitForTimeout(disturbance_ms);
    process.kill(server.process.pid, 'SIGCONT');
    const late = await until_blamed(visitor, 'server', /^(?:A server tick was|Server ticks were up to) (\d+) ms late/, blamed_ms);
    await visitor.shot('f3_server');

    await visitor.page.evaluate((duration_ms) => {
      for (const end_ms = performance.now() + duration_ms; performance.now() < end_ms;);
    }, disturbance_ms);
    const page = await until_blamed(visitor, 'page', /^This page was slow: .*?(\d+) ms/, disturbance_ms);
    await visitor.shot('f3_page');
    record('f3_words', { network, server: late, page });

    const [download] = await Promise.all([visitor.page.waitForEvent('download'), visitor.page.click('#save-trace')]);
    check(/^cudgel-trace-[\d-]+\.json$/.test(download.suggestedFilename()), `the trace is called ${download.suggestedFilename()}`);
    const text = readFileSync(await download.path(), 'utf8');
    const trace = JSON.parse(text);
    const blamed = new Set(trace.traceEvents.map(({ args }) => args.cause));
    for (const cause of ['network', 'server', 'page']) check(blamed.has(cause), `the trace does not blame the ${cause}`);
    const token = await visitor.page.evaluate(() => Object.values(localStorage).join(' '));
    const secrets = token.match(/[\w+/-]{32,}/g) ?? [];
    check(secrets.length > 0 && !secrets.some((secret) => text.includes(secret)), 'the trace must not hold the token');
    await soon(async () => await visitor.page.evaluate(() => document.activeElement.id) === 'canvas', 'after the button the keyboard should be the game\'s again');
    record('trace', { bytes: text.length, events: trace.traceEvents.length });
    check(visitor.complaints.length === 0, `the page complained: ${visitor.complaints}`);
  } finally {
    await visitor.close();
    await proxy.stop();
    await server.stop();
  }
}

// Goal: the graph is drawn and readable in windows of all kinds. Method: its own pixels and the panel's place; the pictures are for eyes.
async function f3_draws_a_graph_at_any_size({ browser }) {
  await on_stage(browser, {}, async ({ join }) => {
    for (const [kind, context] of Object.entries(windows)) {
      const visitor = await join({ name: 'Looker', class_name: 'mage', context });
      if (context.hasTouch) await visitor.page.tap('#own .emblem');
      else await visitor.page.keyboard.press('F3');
      await until_drawn(visitor, frame_rgb, 20);
      // All in one look: the verdict's words change, and the panel with them.
      const { panel, button, right, bottom } = await visitor.page.evaluate(() => {
        const box = (id) => { const { left, top, right, bottom } = document.getElementById(id).getBoundingClientRect(); return { left, top, right, bottom }; };
        return { panel: box('overlay'), button: box('save-trace'), right: innerWidth, bottom: innerHeight };
      });
      check(panel.left >= 0 && panel.top >= 0 && panel.right <= right && panel.bottom <= bottom, `${kind}: the panel sticks out: ${JSON.stringify(panel)}`);
      await soon(() => visitor.page.isVisible('#save-trace'), `${kind}: the button should be seen`);
      const verdict = await visitor.page.textContent('#verdict .words');
      check(/[\u4e00-\u9fff]/.test(verdict) === (context.locale === 'zh-CN'), `${kind}: the verdict is in the wrong language: ${verdict}`);
      check(button.bottom <= panel.bottom, `${kind}: the button is cut off: ${JSON.stringify({ panel, button })}`);
      if (context.hasTouch) check(await visitor.page.isHidden('#settings-button'), `${kind}: the settings' button lies over the panel`);
      await visitor.shot(`f3_${kind}`);
      if (context.hasTouch) {
        await visitor.page.tap('#close-overlay');
        await soon(() => visitor.page.isHidden('#overlay'), `${kind}: Close should close`);
      }
      await visitor.close();
    }
  });
}

export const overlay_cases = [f3_names_who_held_the_game_up, f3_draws_a_graph_at_any_size].map((run) => ({ name: run.name, run }));
