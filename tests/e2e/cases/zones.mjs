// The zones of the Vale: told, drawn on the map, and fetched piece by piece.

import { desktop } from '../lib/browser.mjs';
import { check, soon } from '../lib/harness.mjs';
import { on_stage } from '../lib/stage.mjs';

// Where to look at each, in tiles: free places of assets/maps/vale.recipe.json.
const places = [
  ['meadow', 258, 250], ['forest', 176, 300], ['old_wood', 80, 356], ['graveyard', 412, 122], ['cave', 142, 148], ['ring', 338, 300],
];

const regions_fetched = (page) => page.evaluate(() => performance.getEntriesByType('resource').map(({ name }) => name.match(/map\/\d+_\d+\.bin/)?.[0]).filter(Boolean));

// Until every picture that the place needs has come: nothing new is fetched for a while.
async function settled(visitor) {
  const count = () => visitor.page.evaluate(() => performance.getEntriesByType('resource').length);
  let before = -1;
  const end_ms = Date.now() + 20000;
  for (let now = await count(); now !== before && Date.now() < end_ms; now = await count()) {
    before = now;
    await visitor.page.waitForTimeout(900);
  }
}

// Goal: each zone is named when one comes into it, and looks its own. Method: come in at a place of each; the pictures are for eyes.
async function every_zone_is_told_and_looks_its_own({ browser }) {
  for (const [zone, x, y] of places) {
    await on_stage(browser, { args: ['--start-at', `${x},${y}`, '--start-level', '20'] }, async ({ join }) => {
      const visitor = await join({ name: 'Walker' });
      await visitor.until(`in ${zone}`, ({ self }) => self.zone === zone);
      await visitor.page.waitForSelector('#zone-sign b:not(:empty)', { state: 'attached' });  // it may be over by now
      await visitor.page.waitForSelector('#land-late', { state: 'hidden' });
      await settled(visitor);
      await visitor.shot(`zone_${zone}`);
    });
  }
}

// Goal: who walks out of the village reads where he comes to, in his language; the map has the names of all zones; a newcomer fetches the parts of the
// map around him and no others. Method: walk east out of the village, with the page in Chinese.
async function walking_into_a_zone_tells_its_name({ browser }) {
  await on_stage(browser, { args: ['--start-at', '311,288'] }, async ({ join }) => {
    const visitor = await join({ name: 'Ann', context: { ...desktop, locale: 'zh-CN' } });
    await visitor.page.waitForSelector('#zone-sign.safe', { state: 'attached' });
    await soon(async () => (await visitor.page.textContent('#zone-sign b')) === '白桦村', 'the village is not named');
    await soon(async () => (await visitor.page.textContent('#chart-small span')) === '白桦村', 'the small map does not name the zone');
    await visitor.page.keyboard.down('KeyD');
    await visitor.page.keyboard.down('KeyS');
    await visitor.until('out of the village', ({ self }) => self.zone === 'meadow');
    await visitor.page.keyboard.up('KeyD');
    await visitor.page.keyboard.up('KeyS');
    await visitor.page.waitForFunction(() => document.querySelector('#zone-sign b').textContent === '草地');
    check(/1.*3 级/.test(await visitor.page.textContent('#zone-sign span')), 'the levels of the meadow are not told');
    await visitor.page.keyboard.press('KeyM');
    await visitor.page.waitForSelector('#chart:not([hidden])');
    await visitor.page.waitForTimeout(300);
    await visitor.shot('zone_map_zh');
    const fetched = await regions_fetched(visitor.page);
    check(fetched.length >= 1 && fetched.length <= 12, `fetched ${fetched.length} parts of the map: ${fetched}`);
    check(new Set(fetched).size === fetched.length, `fetched twice: ${fetched}`);
  });
}

// Goal: what is said to the zone reaches whoever is in it, named by it, and nobody in another. Method: two in the village and one who has walked out of
// it; one of the two plays in Chinese.
async function a_zone_talks_among_itself({ browser }) {
  await on_stage(browser, { args: ['--start-at', '311,288', '--start-level', '20'] }, async ({ join }) => {
    const far = await join({ name: 'Far' });
    await far.page.keyboard.down('KeyD');
    await far.page.keyboard.down('KeyS');
    await far.until('out of the village', ({ self }) => self.zone === 'meadow');
    await far.page.waitForTimeout(1500);
    await far.page.keyboard.up('KeyD');
    await far.page.keyboard.up('KeyS');
    const ann = await join({ name: 'Ann' });
    const bob = await join({ name: '博', context: { ...desktop, locale: 'zh-CN' } });
    const say = async (visitor, words) => {
      await visitor.page.keyboard.press('Enter');
      await visitor.page.waitForSelector('#chat-words:focus');
      await visitor.page.keyboard.insertText(words);
      await visitor.page.keyboard.press('Enter');
    };
    for (const visitor of [ann, bob]) await visitor.until('in the village', ({ self }) => self.zone === 'birch');
    // The second at once, before anybody looks: it is too fast only for a while.
    await say(ann, '/z who comes to the cave?');
    await say(ann, '/z again');
    await ann.page.waitForSelector('#chat-lines li.told:has-text("Not so fast")', { state: 'attached' });
    await bob.page.waitForSelector('#chat-lines li.zone:has-text("who comes to the cave?")', { state: 'attached' });
    await soon(async () => (await bob.page.textContent('#chat-lines li.zone .mark')) === '[白桦村]', 'the line does not name the zone');
    await ann.page.waitForSelector('#chat-lines li.zone', { state: 'attached' });
    await soon(async () => (await ann.page.textContent('#chat-lines li.zone .mark')) === '[Birch village]', 'the own line does not name the zone');
    await bob.shot('zone_talk_zh');
    // What was refused may still stand in the field.
    await ann.page.evaluate(() => { document.getElementById('chat-words').value = ''; });
    if (await ann.page.evaluate(() => document.activeElement.id === 'chat-words')) await ann.page.keyboard.press('Escape');
    await ann.page.waitForTimeout(3500);
    // Who has heard the last line has not missed the first.
    await say(ann, '/all one word to all');
    await far.page.waitForSelector('#chat-lines li.everybody:has-text("one word to all")', { state: 'attached' });
    check(await far.page.locator('#chat-lines li.zone').count() === 0, 'another zone has heard it');
    await say(bob, '/mute Ann');
    await bob.page.waitForSelector('#chat-lines li.told');
    await ann.page.waitForTimeout(3000);
    await say(ann, '/z anybody?');
    await ann.page.waitForFunction(() => document.querySelectorAll('#chat-lines li.zone').length === 2);
    await ann.page.waitForTimeout(700);
    check(await bob.page.locator('#chat-lines li.zone').count() === 1, 'who is muted is heard in the zone');
  });
}

// Goal: a part of the map that is late is told, breaks nothing, and comes when it can. Method: all parts are refused at first.
async function land_that_is_late_comes_later({ browser }) {
  await on_stage(browser, {}, async ({ open, server }) => {
    const visitor = await open({ ...desktop, serviceWorkers: 'block' });  // it would fetch past the route
    let refuse = true;
    await visitor.page.route('**/map/*', (route) => (refuse ? route.fulfill({ status: 503, body: '' }) : route.continue()));
    await visitor.join(server, { name: 'Early' });
    await visitor.page.waitForSelector('#land-late:not([hidden])');
    check((await visitor.state()).regions_here === 0, 'nothing can be here');
    await visitor.shot('land_late');
    refuse = false;
    await visitor.until('the land there', ({ regions_here }) => regions_here > 0, 20000);
    await visitor.page.waitForSelector('#land-late', { state: 'hidden' });
    const { self } = await visitor.state();
    await visitor.page.keyboard.down('KeyS');
    await visitor.until('walking on it', (state) => Math.abs(state.self.x - self.x) + Math.abs(state.self.y - self.y) > 0.6);
    await visitor.page.keyboard.up('KeyS');
    visitor.complaints = visitor.complaints.filter((text) => !/503/.test(text));
  });
}

export const zones_cases = [every_zone_is_told_and_looks_its_own, walking_into_a_zone_tells_its_name, a_zone_talks_among_itself, land_that_is_late_comes_later].map((run) => ({ name: run.name, run }));
