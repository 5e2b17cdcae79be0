// What is heard: that it waits for the first gesture, that the right sounds begin, that something really comes out, and that a hidden tab is silent.

import { check } from '../lib/harness.mjs';
import { on_stage } from '../lib/stage.mjs';

const facts = (visitor) => visitor.page.evaluate(() => window.cudgel.sound());

async function until_heard(visitor, what, holds, timeout_ms = 30000) {
  const end_ms = Date.now() + timeout_ms;
  for (;;) {
    const now = await facts(visitor);
    if (holds(now)) return now;
    check(Date.now() < end_ms, `not ${what} within ${timeout_ms} ms: ${JSON.stringify(now)}`);
    await visitor.page.waitForTimeout(50);
  }
}

// Goal: nothing sounds before a gesture; then steps, blows and cries are heard by name, and the sum is not silence. Method: a small arena with
// goblins; the page's own count of begun sounds, and its meter behind the last node.
async function a_fight_is_heard({ browser, record }) {
  await on_stage(browser, { args: ['--arena', '16', '--monsters', '6'] }, async ({ join }) => {
    const visitor = await join({ name: 'Ears' });
    const before = await until_heard(visitor, 'loaded', ({ loaded }) => loaded);
    check(before.state === 'locked' && Object.keys(before.started).length === 0, `something began before any gesture: ${JSON.stringify(before)}`);
    record('sound_decoder_silence_ms', before.begin_ms);
    check(before.begin_ms >= 0 && before.begin_ms < 120, `the tick was found ${before.begin_ms} ms late`);
    await visitor.page.keyboard.down('Space');
    const { started } = await until_heard(visitor, 'hearing a fight', ({ started }) => started.swing && started.hit_blade && started.goblin_hurt && (started.goblin_growl || started.goblin_snarl), 60000);
    await visitor.page.keyboard.up('Space');
    for (const key of ['KeyD', 'KeyA']) {
      await visitor.page.keyboard.down(key);
      await visitor.page.waitForTimeout(900);
      await visitor.page.keyboard.up(key);
    }
    await until_heard(visitor, 'hearing steps', (now) => now.started.step_grass > 0 || now.started.death > 0);
    const loud = await until_heard(visitor, 'hearing the meadow', ({ looping, level }) => looping === 2 && level > 0.0005);
    record('sounds_begun_in_a_fight', { ...started, ...loud.started });
    check(loud.trouble === '', loud.trouble);
  });
}

// Goal: a hidden tab is silent, and comes back. Method: the page is told that it is hidden, as a browser would.
async function a_hidden_tab_is_silent({ browser }) {
  await on_stage(browser, { args: ['--arena', '16', '--monsters', '0'] }, async ({ join }) => {
    const visitor = await join({ name: 'Hush' });
    await visitor.page.keyboard.press('KeyD');
    await until_heard(visitor, 'running', ({ state, looping }) => state === 'running' && looping === 2);
    const hide = (hidden) => visitor.page.evaluate((value) => {
      Object.defineProperty(document, 'hidden', { configurable: true, get: () => value });
      document.dispatchEvent(new Event('visibilitychange'));
    }, hidden);
    await hide(true);
    await until_heard(visitor, 'silent', ({ state }) => state === 'suspended');
    await hide(false);
    await until_heard(visitor, 'back', ({ state }) => state === 'running');
  });
}

export const sound_cases = [a_fight_is_heard, a_hidden_tab_is_silent].map((run) => ({ name: run.name, run }));
