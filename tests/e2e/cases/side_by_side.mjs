// The page /transports: the four roads side by side.

import { loading_ms } from '../lib/browser.mjs';
import { check } from '../lib/harness.mjs';
import { on_stage } from '../lib/stage.mjs';

const transports = ['ws', 'sse', 'longpoll', 'poll'];

// The figures as the page shows them: { ws: { round_trip: '12 ms', ... }, ... }.
function figures(page) {
  return page.evaluate((names) => Object.fromEntries([...document.querySelectorAll('.road')].map((road, index) => [
    names[index], Object.fromEntries([...road.querySelectorAll('[data-figure]')].map((figure) => [figure.dataset.figure, figure.textContent]))])), transports);
}

// Goal: four characters in one world, each over its own road, every figure measured, and all of them walk when asked. Method: wait until every road has a
// number everywhere; then what must hold between the roads whatever the machine: polls ask more often than sockets, and cost more than they carry.
async function four_roads_side_by_side({ browser, record }) {
  await on_stage(browser, { args: ['--arena', '16', '--monsters', '0'] }, async ({ server, open }) => {
    const visitor = await open({ viewport: { width: 1280, height: 1240 } });
    await visitor.page.goto(`${server.url}/transports`);
    const games = async () => Promise.all(transports.map((transport) => visitor.page.frames()
      .find((frame) => new URL(frame.url()).searchParams.get('transport') === transport)?.evaluate(() => window.cudgel?.state() ?? null) ?? null));
    const wait_for = async (what, holds) => {
      const end_ms = Date.now() + loading_ms;
      for (;;) {
        const states = await games();
        const shown = await figures(visitor.page);
        if (holds(states, shown)) return { states, shown };
        if (Date.now() > end_ms) {
          await visitor.shot('failed_side_by_side');
          throw new Error(`not ${what}: ${JSON.stringify(shown)}; ${JSON.stringify(states.map((state) => state && { connected: state.connected, transport: state.transport }))}`);
        }
        await visitor.page.waitForTimeout(200);
      }
    };
    await wait_for('all in the world', (states) => states.every((state) => state?.connected && state.self));
    const { states, shown } = await wait_for('measured everywhere', (_, now) => transports.every((transport) =>
      Object.entries(now[transport]).every(([figure, text]) => Number.parseFloat(text) > (transport === 'ws' && figure === 'requests' ? -1 : 0))));
    transports.forEach((transport, index) => check(states[index].transport === transport, `the frame of ${transport} came over ${states[index].transport}`));
    check(states.every(({ entities }) => entities.length >= 3), 'each should see the others');
    const number = (transport, figure) => Number.parseFloat(shown[transport][figure]);
    check(number('poll', 'requests') > number('ws', 'requests'), `polls should ask more often than a socket: ${JSON.stringify(shown)}`);
    check(number('poll', 'overhead') > number('ws', 'overhead'), `an update over polls should cost more than over a socket: ${JSON.stringify(shown)}`);

    // They walk by themselves; with the box off they stand; a key moves all four.
    await visitor.page.uncheck('#walk');
    await wait_for('standing', (now) => now.every((state) => state.self?.action === 'idle'));
    const before = (await games()).map((state) => state.self.y);
    await visitor.page.keyboard.down('KeyS');
    await wait_for('walking by the key', (now) => now.every((state, index) => state.self && state.self.y !== before[index]));
    await visitor.page.keyboard.up('KeyS');
    await visitor.page.check('#walk');
    await visitor.page.waitForTimeout(3000);
    await visitor.shot('transports');
    record('side_by_side', await figures(visitor.page));
  });
}

export const side_by_side_cases = [{ name: 'four_roads_side_by_side', run: four_roads_side_by_side }];
