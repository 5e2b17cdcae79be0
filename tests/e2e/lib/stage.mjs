// What most cases need: a server, pages at its door or in its world, and all of it gone again however the case ends.

import { Visitor, desktop } from './browser.mjs';
import { check } from './harness.mjs';
import { Server } from './server.mjs';

// Calls `act({ server, open, title, join })` with a server of these options (see Server.start). open(context) is an empty page, title(context) one that
// has loaded the title, join({ name, class_name, context }) one that is in the world. Fails when a page complained, too.
export async function on_stage(browser, options, act) {
  const server = await Server.start(options);
  const visitors = [];
  const open = async (context = desktop) => {
    const visitor = await Visitor.open(browser, context);
    visitors.push(visitor);
    return visitor;
  };
  const title = async (context) => {
    const visitor = await open(context);
    await visitor.page.goto(server.url);
    await visitor.page.waitForSelector('#loading.done', { state: 'attached' });
    return visitor;
  };
  const join = async ({ context, ...who }) => {
    const visitor = await open(context);
    await visitor.join(server, who);
    return visitor;
  };
  try {
    await act({ server, open, title, join });
    for (const { complaints } of visitors) check(complaints.length === 0, `the page complained: ${complaints}`);
  } finally {
    // A page that cannot be closed is no reason to leave the server running.
    for (const visitor of visitors) await visitor.close().catch(() => {});
    await server.stop();
  }
}
