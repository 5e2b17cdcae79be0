// What it looks like at any size and pixel ratio, in any script, and how fast it is drawn.

import { desktop, phone, phone_landscape } from '../lib/browser.mjs';
import { check, soon } from '../lib/harness.mjs';
import { on_stage } from '../lib/stage.mjs';

// The canvas's own pixels, CSS size and ratio, and by how much the client draws coarser to keep up.
const canvas_facts = (page) => page.evaluate(() => {
  const canvas = document.getElementById('canvas');
  return {
    width: canvas.width, height: canvas.height, css_width: canvas.clientWidth, css_height: canvas.clientHeight,
    ratio: devicePixelRatio, render_scale: window.cudgel.state().render_scale,
  };
});

function is_crisp(facts) {
  const scale = facts.ratio * facts.render_scale;
  return Math.abs(facts.width - facts.css_width * scale) <= 1 && Math.abs(facts.height - facts.css_height * scale) <= 1;
}

// Waits until the canvas fills a window of this size and is crisp in it.
async function until_crisp(visitor, what, { width, height }) {
  const end_ms = Date.now() + 20000;
  for (;;) {
    const facts = await canvas_facts(visitor.page);
    if (is_crisp(facts) && facts.css_width === width && facts.css_height === height) return;
    check(Date.now() < end_ms, `${what}: ${JSON.stringify(facts)}`);
    await visitor.page.waitForTimeout(100);
  }
}

// Goal: the canvas has one pixel per pixel of the screen, everywhere, or as many fewer as the client says. Method: windows of all kinds; one that changes while playing.
async function the_canvas_is_crisp_at_any_size({ browser }) {
  const kinds = {
    desktop, phone, phone_landscape, large: { viewport: { width: 2560, height: 1440 } }, dense: { viewport: { width: 1280, height: 720 }, deviceScaleFactor: 2 },
  };
  await on_stage(browser, {}, async ({ join }) => {
    for (const [kind, context] of Object.entries(kinds)) {
      const visitor = await join({ name: 'Looker', class_name: 'mage', context });
      await until_crisp(visitor, kind, context.viewport);
      await visitor.shot(`size_${kind}`);
      if (kind === 'desktop') {
        const resized = { width: 900, height: 1000 };
        await visitor.page.setViewportSize(resized);
        await until_crisp(visitor, 'after a resize', resized);
        await visitor.shot('size_resized');
      }
      await visitor.close();
    }
  });
}

// Goal: names in any script, over heads and in the corner. Method: players of many scripts in one place; the pictures are for eyes, the names for the test.
async function names_of_any_script_are_shown({ browser }) {
  const names = ['李逍遥', 'سلام', 'Þórr Ýmir', 'Κίρκη', '🔥Zoë🔥', '한글'];
  await on_stage(browser, { args: ['--arena', '16', '--monsters', '0'] }, async ({ join }) => {
    const visitors = [];
    for (const [i, name] of names.entries()) {
      // Only the last one's window is looked at; the others are small, so that drawing them takes no time.
      const context = i === names.length - 1 ? desktop : { viewport: { width: 320, height: 240 } };
      visitors.push(await join({ name, class_name: ['warrior', 'mage', 'taoist'][i % 3], context }));
    }
    const last = visitors.at(-1);
    const state = await last.until('seeing everybody', ({ entities }) => entities.filter((entity) => entity.kind === 'player').length === names.length - 1);
    const seen = state.entities.filter((entity) => entity.kind === 'player').map((entity) => entity.name);
    check(names.slice(0, -1).every((name) => seen.includes(name)), `seen: ${seen}`);
    await soon(async () => await last.page.textContent('#own-name') === names.at(-1), 'the own name should stand in the corner');
    await last.page.waitForTimeout(500);
    await last.shot('names');
  });
}

// Goal: F3 tells how things are and goes away again.
async function f3_shows_the_numbers({ browser }) {
  await on_stage(browser, {}, async ({ join }) => {
    const visitor = await join({ name: 'Numbers' });
    await visitor.page.keyboard.press('F3');
    await visitor.page.waitForFunction(() => /bytes +[1-9]/.test(document.getElementById('overlay').textContent), null, { timeout: 10000 });
    const words = await visitor.page.textContent('#overlay');
    for (const part of ['round trip', 'frames received', 'bytes', 'snapshot age', 'prediction', 'corrections', 'frames drawn', 'transport', 'entities']) {
      check(words.includes(part), `the overlay lacks "${part}": ${words}`);
    }
    await visitor.shot('f3');
    await visitor.page.keyboard.press('F3');
    await soon(() => visitor.page.isHidden('#overlay'), 'F3 again should hide it');
  });
}

export const looks_cases = [the_canvas_is_crisp_at_any_size, names_of_any_script_are_shown, f3_shows_the_numbers].map((run) => ({ name: run.name, run }));
