// What stands at the top of a phone's screen: oneself, the target, what lies on one, the party, questions and the small map, all at once, in two
// languages, and nothing on anything.

import { phone, screen_of } from '../lib/browser.mjs';
import { check } from '../lib/harness.mjs';
import { faults_of } from '../lib/layout.mjs';
import { on_stage } from '../lib/stage.mjs';

const small = { viewport: { width: 480, height: 320 } };
async function choose_in_world(visitor, name) {
  for (let tries = 0; !await visitor.page.isVisible('#target-trade'); ++tries) {
    check(tries < 20, `a tap does not choose ${name}`);
    const state = await visitor.state();
    const at = screen_of(state, visitor.page.viewportSize(), state.entities.find((entity) => entity.name === name));
    await visitor.page.touchscreen.tap(at.x, at.y - 24);
    await visitor.page.waitForTimeout(500);
  }
}

async function join_party(leader, mate) {
  await leader.page.keyboard.press('Enter');
  await leader.page.fill('#chat-words', `/invite "${mate.name}"`);
  await leader.page.keyboard.press('Enter');
  await mate.visitor.page.click('#asked .yes');
  await mate.visitor.page.waitForSelector('#party .mate');
}

const speak = (visitor, language) => visitor.page.evaluate((code) => {
  const choice = document.getElementById('set-language');
  choice.value = code;
  choice.dispatchEvent(new Event('change', { bubbles: true }));
}, language);

// Goal: as above, upright and on its side. Method: a warrior on a phone with two mates, one of them chosen, war cries on her, and a question of the
// chosen one; boxes are compared, the pictures are for eyes.
async function nothing_lies_on_anything_on_a_phone({ browser }) {
  await on_stage(browser, { args: ['--arena', '16', '--monsters', '0', '--start-level', '20', '--start-item', 'small_potion'] }, async ({ join }) => {
    const ann = await join({ name: 'Annabelle Smith', context: phone });
    const wu = await join({ name: 'Wu', class_name: 'warrior', context: small });
    const cai = await join({ name: '蔡文姬与她的朋友们一起', class_name: 'mage', context: small });
    await join_party(wu, { visitor: ann, name: 'Annabelle Smith' });
    await join_party(wu, { visitor: cai, name: '蔡文姬与她的朋友们一起' });
    await choose_in_world(ann, 'Wu');
    const problems = [];
    const look = async (name) => {
      await ann.page.waitForTimeout(350);
      problems.push(...(await faults_of(ann)).map((fault) => `${name}: ${fault}`));
    };
    const { width, height } = ann.page.viewportSize();
    const turn = (aside) => ann.page.setViewportSize(aside ? { width: height, height: width } : { width, height });
    for (const [language, crier] of [['en', ann], ['zh', wu]]) {
      await speak(ann, language);
      if (crier === ann) await ann.page.locator('#skills button').nth(2).dispatchEvent('pointerdown', { isPrimary: true, button: 0 });
      else await wu.page.keyboard.press('Digit4');
      await ann.page.waitForSelector('#effects li');
      // Both ways before any picture is taken: what the cry does is over in 12 s.
      for (const aside of [false, true]) {
        await turn(aside);
        await ann.page.waitForSelector('#target:not([hidden])');
        await look(`phone_full_${language}${aside ? '_aside' : ''}`);
      }
      check(await ann.page.locator('#effects li').count() === 2 && await ann.page.isVisible('#target-duel'), 'not all of it was shown at once');
      for (const aside of [false, true]) {
        await turn(aside);
        await ann.shot(`phone_full_${language}${aside ? '_aside' : ''}`);
      }
    }
    await wu.page.click('#party .mate >> nth=0');
    await wu.page.click('#person-menu [data-act=trade]');
    await ann.page.waitForSelector('#asked .yes');
    for (const [language, aside] of [['zh', true], ['zh', false], ['en', false], ['en', true]]) {
      await speak(ann, language);
      await turn(aside);
      await look(`phone_asked_${language}${aside ? '_aside' : ''}`);
      await ann.shot(`phone_asked_${language}${aside ? '_aside' : ''}`);
    }
    check(problems.length === 0, problems.join('; '));
  });
}

export const phones_cases = [nothing_lies_on_anything_on_a_phone].map((run) => ({ name: run.name, run }));
