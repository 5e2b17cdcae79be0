// Talk: what one player types another sees, in any language, with mouse, keyboard and thumbs; and what can be done about it.

import { phone, phone_landscape } from '../lib/browser.mjs';
import { check, soon } from '../lib/harness.mjs';
import { on_stage } from '../lib/stage.mjs';

const quiet_arena = ['--arena', '16', '--monsters', '0'];
const tricky = '<img src=x onerror="document.title=1">你好';

async function heard(visitor, words, kind = 'say') {
  await visitor.page.waitForFunction(([text, wanted]) => [...document.querySelectorAll(`#chat-lines li.${wanted} .words`)].some((line) => line.textContent === text),
    [words, kind], { timeout: 20000 });
}

async function type(visitor, words) {
  await visitor.page.keyboard.press('Enter');
  await visitor.page.waitForSelector('#chat-words:focus');
  await visitor.page.keyboard.insertText(words);
  await visitor.page.keyboard.press('Enter');
}

// Goal: Enter, words, Enter: who is near reads them, and sees them over the speaker's head; names and words are never HTML; afterwards the keyboard
// walks again. Method: two browsers; what looks like HTML is said; then a key is held.
async function two_talk({ browser }) {
  await on_stage(browser, { args: quiet_arena }, async ({ join }) => {
    const ann = await join({ name: 'Ann' });
    const bob = await join({ name: 'Bob', class_name: 'mage' });
    await type(ann, tricky);
    await heard(bob, tricky);
    await heard(ann, tricky);
    check(await bob.page.title() === 'Cudgel', 'what was said became HTML');
    check(await bob.page.locator('#chat-lines img').count() === 0, 'what was said became HTML');
    await soon(async () => await ann.page.evaluate(() => document.activeElement.id) === 'canvas', 'the keyboard stayed with the field');
    await type(bob, '/bow');
    await heard(ann, 'bows', 'emote');
    await type(bob, 'A goblin is on its way, and it has brought its club. Stay close to me!');
    await heard(ann, 'A goblin is on its way, and it has brought its club. Stay close to me!');
    await ann.page.waitForTimeout(600);
    await ann.shot('chat');
    const before = (await ann.state()).self;
    await ann.page.keyboard.down('KeyW');
    await ann.page.keyboard.down('KeyD');
    await ann.page.waitForTimeout(700);
    await ann.page.keyboard.up('KeyW');
    await ann.page.keyboard.down('KeyS');
    await ann.until('walking after talking', ({ self }) => Math.abs(self.x - before.x) + Math.abs(self.y - before.y) > 0.2, 15000);
  });
}

// Goal: letters typed into the field do not walk, and an input method's Enter takes the word instead of sending the line. Method: the browser's own
// composition events, as an input method makes them; the character must not move meanwhile.
async function chinese_is_typed_with_an_input_method({ browser }) {
  await on_stage(browser, { args: quiet_arena }, async ({ join }) => {
    const ann = await join({ name: '安' });
    const bob = await join({ name: 'Bob' });
    const before = (await ann.state()).self;
    await ann.page.keyboard.press('Enter');
    await ann.page.waitForSelector('#chat-words:focus');
    await ann.page.keyboard.type('wasd ');
    const devtools = await ann.context.newCDPSession(ann.page);
    await devtools.send('Input.imeSetComposition', { text: 'ni hao', selectionStart: 6, selectionEnd: 6 });
    await ann.page.evaluate(() => document.getElementById('chat-words').dispatchEvent(
      new KeyboardEvent('keydown', { key: 'Enter', keyCode: 229, isComposing: true, bubbles: true })));
    check(await ann.page.locator('#chat-form').isVisible(), 'Enter sent the line while it was composed');
    await devtools.send('Input.insertText', { text: '你好，一起打哥布林吧' });
    await ann.page.keyboard.press('Enter');
    await heard(bob, 'wasd 你好，一起打哥布林吧');
    const after = (await ann.state()).self;
    check(after.x === before.x && after.y === before.y, 'what was typed walked');
    await soon(async () => await bob.page.locator('#chat-lines li.say bdi').first().textContent() === '安', 'the name is not told');
  });
}

// Goal: a name in the talk can be whispered to, muted and reported. Method: three browsers; the menu by mouse, the answer by /r; who is muted is not
// seen any more, others are.
async function whisper_mute_and_report({ browser }) {
  await on_stage(browser, { args: quiet_arena }, async ({ join }) => {
    const ann = await join({ name: 'Ann' });
    const bob = await join({ name: 'Old Bob' });
    const cai = await join({ name: 'Cai' });
    await type(bob, 'I am a fucking nuisance');
    await heard(ann, 'I am a ******* nuisance');
    await ann.page.click('#chat-lines li.say button');
    await ann.page.waitForSelector('#chat-menu:not([hidden])');
    await ann.shot('chat_menu');
    await ann.page.click('#chat-whisper');
    await ann.page.waitForSelector('#chat-words:focus');
    await ann.page.keyboard.insertText('please stop');
    await ann.page.keyboard.press('Enter');
    await heard(bob, 'please stop', 'whisper');
    await heard(ann, 'please stop', 'whispered');
    await type(bob, '/r no');
    await heard(ann, 'no', 'whisper');
    check(await cai.page.locator('#chat-lines li.whisper').count() === 0, 'a third heard the whisper');
    await type(ann, '/report Old Bob');
    await ann.page.waitForSelector('#chat-lines li.told');
    await ann.page.click('#chat-lines li.say button');
    await ann.page.click('#chat-mute');
    await type(bob, '/all can you hear me?');
    await heard(cai, 'can you hear me?', 'everybody');
    await type(cai, 'quiet now');
    await heard(ann, 'quiet now');
    check(await ann.page.locator('#chat-lines li.everybody').count() === 0, 'who was muted is heard');
    await ann.shot('chat_muted');
  });
}

// Goal: thumbs talk, too. Method: a phone's screen upright and on its side; the button opens the field, which lies above where a keyboard comes.
async function thumbs_talk({ browser }) {
  await on_stage(browser, { args: quiet_arena }, async ({ join }) => {
    for (const [name, context] of [['Upright', phone], ['Aside', phone_landscape]]) {
      const visitor = await join({ name, context });
      await visitor.page.tap('#chat-button');
      await visitor.page.waitForSelector('#chat-words:focus');
      const box = await visitor.page.locator('#chat-form').boundingBox();
      check(box.y + box.height < context.viewport.height / 2, `the field lies under the keyboard: ${JSON.stringify(box)}`);
      await visitor.page.keyboard.insertText(`hello from ${name}`);
      await visitor.shot(`chat_phone_${name}_open`);
      await visitor.page.keyboard.press('Enter');
      await heard(visitor, `hello from ${name}`);
      await visitor.page.waitForTimeout(300);
      await visitor.shot(`chat_phone_${name}`);
      await visitor.close();
    }
  });
}

export const chat_cases = [two_talk, chinese_is_typed_with_an_input_method, whisper_mute_and_report, thumbs_talk].map((run) => ({ name: run.name, run }));
