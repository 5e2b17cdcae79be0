// What is heard: that it waits for the first gesture, that the right sounds begin, that something really comes out, that a hidden tab is silent, and that
// each place has its own music, which disturbs nothing when it cannot be fetched.

import { desktop } from '../lib/browser.mjs';
import { check } from '../lib/harness.mjs';
import { on_stage } from '../lib/stage.mjs';
import { walk_near } from '../lib/walking.mjs';

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

const later_fetched = (page) => page.evaluate(() => performance.getEntriesByType('resource').map(({ name }) => name.match(/later_\w+\.mp3/)?.[0]).filter(Boolean));

// Goal: a newcomer hears the village and fetches nothing of other places; on the way out the meadow's theme is faded in while the village's goes, and only
// these two have been fetched. Method: one page that stands at the start, one that walks out of the village.
async function each_place_has_its_music({ browser, record }) {
  await on_stage(browser, {}, async ({ join }) => {
    const visitor = await join({ name: 'Still' });
    await visitor.page.keyboard.press('KeyD');
    const { loops } = await until_heard(visitor, 'hearing the village', ({ loops }) => loops.theme_village?.gain > 0.8 && loops.ambience_village?.on);
    check(Object.keys(loops).length === 2, `heard in the village: ${JSON.stringify(loops)}`);
    check((await later_fetched(visitor.page)).length === 0, `a newcomer fetched ${await later_fetched(visitor.page)}`);
  });
  await on_stage(browser, { args: ['--start-at', '311,288'] }, async ({ join }) => {
    const visitor = await join({ name: 'Ann' });
    await visitor.page.keyboard.press('KeyD');
    await until_heard(visitor, 'knowing what is near', ({ loops, fetched, later }) => later && loops.theme_village?.gain > 0.5 && fetched.includes('theme_meadow') && fetched.includes('ambience_meadow'));
    for (const key of ['KeyD', 'KeyS']) await visitor.page.keyboard.down(key);
    const both = await until_heard(visitor, 'crossfading', ({ loops }) => loops.theme_meadow?.on && loops.theme_village && !loops.theme_village.on, 60000);
    check(both.loops.theme_village.gain > 0.3, `the village fell silent at once: ${JSON.stringify(both.loops)}`);
    const after = await until_heard(visitor, 'in the meadow', ({ loops }) => loops.theme_meadow?.gain > 0.9 && !loops.theme_village);
    for (const key of ['KeyD', 'KeyS']) await visitor.page.keyboard.up(key);
    check(after.loops.ambience_meadow.on && after.looping === 2, `heard in the meadow: ${JSON.stringify(after.loops)}`);
    check((await visitor.state()).self.zone === 'meadow', 'heard too early');
    const fetched = await later_fetched(visitor.page);
    record('sounds_fetched_on_the_way', fetched);
    check(!fetched.some((name) => /cave|graveyard|forest/.test(name)), `fetched from afar: ${fetched}`);
  });
}

// Goal: what cannot be fetched costs nothing but itself, and comes when it can. Method: everything that comes later is refused for a while; steps and blows are
// heard all the same; then wolves are heard as wolves.
async function music_that_is_late_disturbs_nothing({ browser }) {
  await on_stage(browser, { args: ['--arena', '16', '--monsters', '4', '--monster', 'wolf', '--start-level', '20'] }, async ({ open, server }) => {
    const visitor = await open({ ...desktop, serviceWorkers: 'block' });  // it would fetch past the route
    let refuse = true;
    await visitor.page.route('**/later_*.mp3*', (route) => (refuse ? route.fulfill({ status: 503, body: '' }) : route.continue()));
    await visitor.join(server, { name: 'Patient' });
    await visitor.page.keyboard.down('Space');
    const without = await until_heard(visitor, 'fighting without music', ({ missing, started }) => missing.length === 2 && started.swing > 0 && started.hit_blade > 0, 60000);
    check(without.looping === 0 && !without.later && without.trouble === '', `what was refused is here: ${JSON.stringify(without)}`);
    refuse = false;
    await until_heard(visitor, 'hearing music after all', ({ looping, missing, later }) => looping === 2 && missing.length === 0 && later, 60000);
    await until_heard(visitor, 'hearing wolves', ({ started }) => (started.wolf_growl || started.bite || started.wolf_yelp || started.wolf_howl) > 0, 60000);
    await visitor.page.keyboard.up('Space');
    visitor.complaints = visitor.complaints.filter((text) => !/503/.test(text));
  });
}

// Goal: a challenge, the countdown, its end and a whisper are heard by whom they concern. Method: two pages in an arena without monsters.
async function a_duel_is_counted_aloud({ browser }) {
  await on_stage(browser, { args: ['--arena', '16', '--monsters', '0', '--start-level', '5'] }, async ({ join }) => {
    const [ann, ben] = [await join({ name: 'Ann' }), await join({ name: 'Ben' })];
    for (const { page } of [ann, ben]) await page.keyboard.press('KeyD');
    for (const visitor of [ann, ben]) await until_heard(visitor, 'running', ({ state, loaded }) => state === 'running' && loaded);
    await walk_near(ann, ben, 3);
    const say = async (words) => {
      await ann.page.keyboard.press('Enter');
      await ann.page.keyboard.type(words);
      await ann.page.keyboard.press('Enter');
    };
    await say('/w Ben psst');
    await until_heard(ben, 'hearing a whisper', ({ started }) => started.whisper === 1);
    await say('/duel Ben');
    await until_heard(ben, 'hearing the challenge', ({ started }) => started.asked === 1);
    await ben.page.waitForSelector('#duel[data-stage=asked]:not([hidden])');  // the page looks at it ten times a second, and hears earlier
    await ben.page.keyboard.press('KeyY');
    for (const visitor of [ann, ben]) await until_heard(visitor, 'hearing the duel begin', ({ started }) => started.duel_count >= 2 && started.duel_begin === 1);
  });
}

export const sound_cases = [a_fight_is_heard, a_hidden_tab_is_silent, each_place_has_its_music, music_that_is_late_disturbs_nothing, a_duel_is_counted_aloud].map((run) => ({ name: run.name, run }));
