// Characters stay: what somebody has earned is there again, whatever happens to server, page and connection.

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { Visitor } from '../lib/browser.mjs';
import { check } from '../lib/harness.mjs';
import { Server } from '../lib/server.mjs';

const worth = ({ self }) => self.level * 1e6 + self.experience;

// Goal: a player whose server is killed in the middle of a fight is back with what it earned, and again next week from the title page. Method: a kill in
// an arena, SIGKILL, another server on the same port and data; then a new page in the same browser, the same name and class.
async function what_was_earned_outlives_a_killed_server({ browser }) {
  const data = mkdtempSync(join(tmpdir(), 'cudgel-e2e-'));
  const args = ['--arena', '16', '--monsters', '8'];
  let server = await Server.start({ data, args });
  const visitor = await Visitor.open(browser);
  try {
    await visitor.join(server, { name: 'Lasting', class_name: 'mage' });
    await visitor.page.keyboard.down('Space');
    const earned = worth(await visitor.until('something earned', (state) => state.self && worth(state) > 1e6, 90000));
    await visitor.page.keyboard.up('Space');
    await visitor.page.waitForTimeout(1000);
    await server.kill();
    server = await Server.start({ data, port: server.port, args });
    const back = await visitor.until('back after the kill', (state) => state.connected && state.self && state.disconnects > 0, 60000);
    check(worth(back) >= earned, `${worth(back)} is left of ${earned}`);
    await visitor.shot('back_after_kill');

    await visitor.page.close();
    visitor.page = await visitor.context.newPage();
    await visitor.join(server, { name: 'Lasting', class_name: 'mage' });
    check(worth(await visitor.state()) >= earned, 'a new page of the same browser should be the same character');
    await visitor.join(server, { name: 'Other', class_name: 'mage' });
    check(worth(await visitor.state()) < earned, 'another name is another character');
  } finally {
    await visitor.close();
    await server.stop();
    rmSync(data, { recursive: true, force: true });
  }
}

export const characters_cases = [what_was_earned_outlives_a_killed_server].map((run) => ({ name: run.name, run }));
