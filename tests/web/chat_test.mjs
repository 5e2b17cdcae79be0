// Goal: what is typed becomes what was meant; rude words become stars and harmless ones do not. Method: texts in, values out.

import assert from 'node:assert/strict';
import test from 'node:test';

import { load_module } from './load_module.mjs';

const { characters_max, parse } = await load_module('chat_commands.js');
const { filtered } = await load_module('filter.js');
const near = { channel: 'say', to: '' };

test('plain words go where the field stands', () => {
  assert.equal(parse('   ', near), null);
  assert.deepEqual(parse(' hello there ', near), { channel: 'say', to: '', words: 'hello there' });
  assert.deepEqual(parse('你好', { channel: 'whisper', to: '蔡' }), { channel: 'whisper', to: '蔡', words: '你好' });
});

test('commands name the channel, and alone they turn the field to it', () => {
  assert.deepEqual(parse('/all who fights?', near), { channel: 'everybody', to: '', words: 'who fights?' });
  assert.deepEqual(parse('/S hi', { channel: 'everybody', to: '' }), { channel: 'say', to: '', words: 'hi' });
  assert.deepEqual(parse('/all', near), { channel: 'everybody', to: '' });
  assert.deepEqual(parse('/p to the well', near), { channel: 'party', to: '', words: 'to the well' });
  assert.deepEqual(parse('/p', near), { channel: 'party', to: '' });
  assert.deepEqual(parse('/z to the cave', near), { channel: 'zone', to: '', words: 'to the cave' });
  assert.deepEqual(parse('/zone', near), { channel: 'zone', to: '' });
  assert.deepEqual(parse('/trade "Old Wu"', near), { act: 'trade', name: 'Old Wu' });
  assert.deepEqual(parse('/leave', near), { act: 'leave', name: '' });
  assert.deepEqual(parse('/wave', near), { channel: 'emote', to: '', words: 'wave' });
});

test('names with blanks are found among those who spoke, the longest first, or stand in quotes', () => {
  const names = ['Old Wu', 'Old', 'Old Wu Jr'];
  assert.deepEqual(parse('/w Old Wu come here', near, names), { channel: 'whisper', to: 'Old Wu', words: 'come here' });
  assert.deepEqual(parse('/w Old Wu Jr come', near, names), { channel: 'whisper', to: 'Old Wu Jr', words: 'come' });
  assert.deepEqual(parse('/w "New Wu" come', near, names), { channel: 'whisper', to: 'New Wu', words: 'come' });
  assert.deepEqual(parse('/w Zoe come', near, names), { channel: 'whisper', to: 'Zoe', words: 'come' });
  assert.deepEqual(parse('/w Old Wu', near, names), { channel: 'whisper', to: 'Old Wu' });
  assert.deepEqual(parse('/r yes', near, names, 'Old Wu'), { channel: 'whisper', to: 'Old Wu', words: 'yes' });
  assert.deepEqual(parse('/mute Old Wu', near, names), { act: 'mute', name: 'Old Wu' });
});

test('what cannot be done is said', () => {
  for (const [typed, trouble] of [['/w', 'no_name'], ['/mute', 'no_name'], ['/r yes', 'nobody_whispered'], ['/dance', 'no_command'], ['/help', 'help'],
    ['x'.repeat(characters_max + 1), 'too_long'], [`/all ${'🙂'.repeat(characters_max + 1)}`, 'too_long']]) {
    assert.deepEqual(parse(typed, near), { trouble }, typed);
  }
  assert.equal(parse('🙂'.repeat(characters_max), near).words.length, 2 * characters_max);
});

test('rude words become stars, with endings, disguised, and in Chinese', () => {
  assert.equal(filtered('oh shit!'), 'oh ****!');
  assert.equal(filtered('FUCKING goblins'), '******* goblins');
  assert.equal(filtered('sh1t b!tch'), '**** *****');
  assert.equal(filtered('你这个傻逼哥布林'), '你这个**哥布林');
});

test('harmless words stay', () => {
  for (const words of ['Scunthorpe', 'a cocktail in Sussex', 'assassin', 'Dickens', 'pass the bass', '妈妈好', 'shitake', 'prickly pear']) assert.equal(filtered(words), words);
});
