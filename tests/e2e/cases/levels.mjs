// Rising: who kills earns experience, and at enough of it a level, which the page celebrates.

import { check } from '../lib/harness.mjs';
import { on_stage } from '../lib/stage.mjs';

// Goal: five goblins make a level; the bar fills, the plaque, the line and the great words tell. Method: the attack key held among goblins; who dies on
// the way wakes up and goes on, for death costs nothing.
async function who_beats_goblins_rises_a_level({ browser, record }) {
  await on_stage(browser, { args: ['--arena', '24', '--monsters', '8'] }, async ({ join }) => {
    const visitor = await join({ name: 'Riser' });
    await visitor.page.keyboard.down('Space');
    const first = await visitor.until('some experience', ({ self }) => self?.experience > 0, 60000);
    check(first.self.level === 1, `level ${first.self.level} after the first goblin`);
    await visitor.page.waitForFunction(() => parseFloat(document.querySelector('#own-experience .left').style.width) > 0);
    await visitor.shot('experience');
    const risen = await visitor.until('level 2', ({ self }) => self?.level >= 2, 180000);
    await visitor.page.waitForSelector('#moment.shown', { state: 'attached', timeout: 5000 });
    await visitor.shot('level_up');
    await visitor.page.keyboard.up('Space');
    check(risen.self.health_max > first.self.health_max, 'a level makes stronger');
    check(/Level \d/.test(await visitor.page.textContent('#own-level')), 'the plaque tells the level');
    await visitor.page.waitForFunction(() => /You have reached level 2\./.test(document.getElementById('notices').textContent), null, { timeout: 5000 });
    const events = await visitor.page.evaluate(() => window.cudgel.events());
    record('ticks_to_level_2', events.find((event) => event.type === 'level_up')?.tick ?? null);
  });
}

export const levels_cases = [who_beats_goblins_rises_a_level].map((run) => ({ name: run.name, run }));
