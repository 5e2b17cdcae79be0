// Goal: the same recipe gives the same map, byte by byte; nobody is shut in; a prop that is not there is replaced, and one that nothing replaces is
// named. Method: the tool itself on the repository's recipe, and on copies of it with mistakes, into temporary directories.

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { inflateSync } from 'node:zlib';

const root = path.join(path.dirname(fileURLToPath(import.meta.url)), '../..');
const read = (file) => JSON.parse(readFileSync(file, 'utf8'));

// Runs the tool on assets with these changes; { status, error, map }.
function make(change = () => {}) {
  const directory = mkdtempSync(path.join(tmpdir(), 'cudgel-map-'));
  try {
    const recipe = read(path.join(root, 'assets/maps/vale.recipe.json')), props = read(path.join(root, 'assets/content/props.json'));
    change(recipe, props);
    for (const folder of ['maps', 'content']) mkdirSync(path.join(directory, folder));
    writeFileSync(path.join(directory, 'maps/vale.recipe.json'), JSON.stringify(recipe));
    writeFileSync(path.join(directory, 'content/props.json'), JSON.stringify(props));
    const { status, stderr } = spawnSync(process.execPath, [path.join(root, 'bake/content/map/make_map.mjs'), '--assets', directory], { encoding: 'utf8' });
    return { status, error: stderr, text: status === 0 ? readFileSync(path.join(directory, 'maps/vale.tmj'), 'utf8') : '' };
  } finally {
    rmSync(directory, { recursive: true });
  }
}

test('the same recipe gives the same bytes, small enough for the repository', () => {
  const first = make(), second = make();
  assert.equal(first.status, 0, first.error);
  assert.ok(first.text === second.text);
  assert.ok(first.text.length < 1e6, `${first.text.length} bytes`);
  const map = JSON.parse(first.text);
  assert.deepEqual([map.width, map.height, map.orientation, map.infinite], [512, 512, 'isometric', false]);
  for (const layer of map.layers.filter(({ type }) => type === 'tilelayer')) {
    assert.equal(inflateSync(Buffer.from(layer.data, 'base64')).length, 512 * 512 * 4, layer.name);
  }
});

test('a prop that is not there is replaced, and one that nothing replaces is named', () => {
  const replaced = make((recipe, props) => {
    delete props.oak_b;
    recipe.instead.oak_b = 'oak';
  });
  assert.equal(replaced.status, 0, replaced.error);
  assert.ok(!replaced.text.includes('"oak_b"'));
  const missing = make((recipe, props) => { delete props.well; });
  assert.notEqual(missing.status, 0);
  assert.match(missing.error, /there is no well in props\.json, and nothing instead/);
});

test('a start without room is named', () => {
  const { status, error } = make((recipe) => { recipe.starts[0] = [279.5, 278.5]; });
  assert.notEqual(status, 0);
  assert.match(error, /the start at 279\.5, 278\.5 is blocked|no room around the start at 279\.5, 278\.5/);
});
