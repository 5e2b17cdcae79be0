// Goal: both languages say everything, with the same placeholders; the page and its code ask only for words that are there; English in the page is the
// English of the file. Method: the files themselves, read as text.

import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import test from 'node:test';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));
const read = (...path) => readFileSync(join(root, ...path), 'utf8');
const languages = Object.fromEntries(readdirSync(join(root, 'assets/text')).map((file) => [file.replace('.json', ''), JSON.parse(read('assets/text', file))]));
const placeholders = (words) => [...words.matchAll(/\{(\w+)\}/g)].map(([all]) => all).sort();
const scripts = readdirSync(join(root, 'web/js')).map((file) => [file, read('web/js', file)]);

test('every language has the same keys with the same placeholders', () => {
  assert.deepEqual(Object.keys(languages).sort(), ['en', 'zh']);
  for (const [code, texts] of Object.entries(languages)) {
    assert.deepEqual(Object.keys(texts).sort(), Object.keys(languages.en).sort(), code);
    for (const [key, words] of Object.entries(texts)) {
      assert.ok(typeof words === 'string' && words.length > 0 && !/[\t\n]/.test(words), `${code}: ${key}`);
      // A language without articles may leave one word alone.
      assert.deepEqual(placeholders(words), placeholders(languages.en[key]), `${code}: ${key}`);
    }
  }
});

test('what the page and its code ask for is there', () => {
  const page = read('web/index.html');
  const asked = [...page.matchAll(/data-(?:text|label)="([^"]+)"/g)].map(([, key]) => key);
  assert.ok(asked.length > 30);
  for (const [, script] of scripts) asked.push(...[...script.matchAll(/(?<![#\w])text\('([^']+)'/g)].map(([, key]) => key));
  for (const key of asked) assert.ok(key in languages.en, key);
});

test('what is there is asked for', () => {
  const sources = [read('web/index.html'), ...scripts.map(([, script]) => script), read('client/play/src/words.cpp'), read('client/game/src/scene.cpp'), read('client/game/src/app.cpp'), read('client/play/src/told.cpp'), read('client/play/src/diagnosis.cpp'), read('shared/protocol/src/sentences.cpp')].join('\n');
  const monsters = Object.keys(JSON.parse(read('assets/content/monsters.json')));
  for (const key of Object.keys(languages.en)) {
    const family = key.replace(/\.[^.]*$/, '.');
    const asked = sources.includes(`"${key}"`) || sources.includes(`'${key}'`) || sources.includes(`\`${family}\${`);
    assert.ok(asked || (/^(name|appears|falls)\./.test(key) && monsters.includes(key.replace(/^\w+\./, ''))), key);
  }
});

test('the page is written in the words of en.json', () => {
  const page = read('web/index.html');
  const entities = (words) => words.replaceAll('&', '&amp;');
  for (const [, key, words] of page.matchAll(/data-text="([^"]+)"[^>]*>([^<]*)</g)) assert.equal(words, entities(languages.en[key]), key);
  for (const [, key, words] of page.matchAll(/data-label="([^"]+)" aria-label="([^"]*)"/g)) assert.equal(words, entities(languages.en[key]), key);
});
