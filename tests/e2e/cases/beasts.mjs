// The monsters beside the club goblin: each has a body of its own, which the page fetches when it first meets one.

import { readFileSync } from 'node:fs';
import { join as path_of } from 'node:path';

import { desktop } from '../lib/browser.mjs';
import { check } from '../lib/harness.mjs';
import { build_dir } from '../lib/paths.mjs';
import { on_stage } from '../lib/stage.mjs';

const rows = JSON.parse(readFileSync(path_of(build_dir, '../assets/content/monsters.json'), 'utf8'));
const kinds = Object.keys(rows).filter((name) => name !== 'note');

const fetched_later = (page) => page.evaluate(() => performance.getEntriesByType('resource').map(({ name }) => name.match(/later_(\w+)_\d+\.webp/)?.[1]).filter(Boolean));

// Goal: all kinds are there, named by their content, and their pictures come when they are met and not before. Method: an arena with two of each, the
// list of what the page has fetched; the picture is for eyes.
async function every_monster_has_a_body_that_comes_when_it_is_met({ browser }) {
  const args = ['--arena', '16', '--monsters', String(2 * kinds.length), ...kinds.flatMap((kind) => ['--monster', kind])];
  await on_stage(browser, { args }, async ({ title, join }) => {
    const waiting = await title();
    check((await fetched_later(waiting.page)).length === 0, 'nothing of what comes later should be fetched before play');
    await waiting.close();
    const visitor = await join({ name: 'Hunter' });
    const state = await visitor.until('among all of them', ({ self, entities }) => self && kinds.every((kind) => entities.some((entity) => entity.kind === kind)));
    const later = kinds.filter((kind) => kind !== 'goblin_clubber');
    const end_ms = Date.now() + 20000;
    for (;;) {
      const fetched = await fetched_later(visitor.page);
      if (later.every((kind) => fetched.includes(kind))) break;
      check(Date.now() < end_ms, `of ${later} only ${fetched} were fetched; in view ${state.entities.map(({ kind }) => kind)}`);
      await visitor.page.waitForTimeout(100);
    }
    await visitor.page.waitForTimeout(700);
    await visitor.shot('beasts');
  });
}

// Goal: a page that does not come costs nothing but its looks. Method: every picture that comes later is refused once.
async function a_body_whose_pictures_fail_is_a_shape_and_comes_later({ browser }) {
  await on_stage(browser, { args: ['--arena', '16', '--monsters', '6', '--monster', 'wolf'] }, async ({ open, server }) => {
    const visitor = await open({ ...desktop, serviceWorkers: 'block' });  // it would fetch past the route
    let refused = 0;
    await visitor.page.route('**/later_*.webp*', (route) => (refused++ === 0 ? route.fulfill({ status: 503, body: '' }) : route.continue()));
    await visitor.join(server, { name: 'Seer' });
    await visitor.until('seeing a wolf', ({ entities }) => entities.some(({ kind }) => kind === 'wolf'));
    const end_ms = Date.now() + 20000;
    while (refused === 0) {
      check(Date.now() < end_ms, 'the pictures should be asked for');
      await visitor.page.waitForTimeout(50);
    }
    await visitor.page.waitForTimeout(500);
    await visitor.shot('beasts_unseen');
    while (refused < 2) {
      check(Date.now() < end_ms, 'what failed should be asked for again');
      await visitor.page.waitForTimeout(50);
    }
    visitor.complaints = visitor.complaints.filter((text) => !/503/.test(text));
  });
}

export const beasts_cases = [every_monster_has_a_body_that_comes_when_it_is_met, a_body_whose_pictures_fail_is_a_shape_and_comes_later]
  .map((run) => ({ name: run.name, run }));
