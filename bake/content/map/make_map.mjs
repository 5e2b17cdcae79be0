#!/usr/bin/env node
// Draws a rough map from a recipe (assets/maps/NAME.recipe.json), for people to finish by hand in Tiled: assets/maps/NAME.tmj and the
// pictures of its tiles. The same recipe always gives the same bytes. Running it again starts over and discards what was drawn by hand.
//
//   node bake/content/map/make_map.mjs [--assets DIR] [--out DIR] [NAME]     NAME is vale unless told otherwise; docs/MAP.md

import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { survey } from './land.mjs';
import { placeLairs } from './lairs.mjs';
import { drawScenery } from './scenery.mjs';
import { groundPicture, propsPicture } from './tile_picture.mjs';
import { toTiled } from './tiled.mjs';
import { openPockets } from './walkable.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '../../..');
const options = { assets: join(root, 'assets'), name: 'vale' };
for (let i = 2; i < process.argv.length; ++i) {
  const word = process.argv[i];
  if (word === '--assets' || word === '--out') options[word.slice(2)] = process.argv[++i];
  else options.name = word;
}
options.out ??= join(options.assets, 'maps');

const recipe = JSON.parse(readFileSync(join(options.assets, 'maps', `${options.name}.recipe.json`), 'utf8'));
const props = JSON.parse(readFileSync(join(options.assets, 'content/props.json'), 'utf8'));
delete props.note;

/** The prop that really stands there: itself, its stand-in, or nothing. */
function real(prop) {
  if (props[prop]) return prop;
  const other = recipe.instead[prop];
  if (other && !props[other] && recipe.instead[other] !== undefined) return real(other);
  if (other === undefined || (other !== null && !props[other])) throw new Error(`there is no ${prop} in props.json, and nothing instead`);
  return other;
}

const land = survey(recipe);
const map = drawScenery(recipe, land, props, real);
const opened = openPockets(map, recipe.border, props);
map.lairs = placeLairs(recipe, land, map);
const text = toTiled(map, recipe, props);
mkdirSync(options.out, { recursive: true });
writeFileSync(join(options.out, `${options.name}.tmj`), text);
writeFileSync(join(options.out, 'ground.png'), groundPicture());
writeFileSync(join(options.out, 'props.png'), propsPicture(Object.keys(props).length));

const counts = {};
for (const { prop } of map.things) counts[prop] = (counts[prop] ?? 0) + 1;
for (const prop of map.growth) if (prop) counts[prop] = (counts[prop] ?? 0) + 1;
console.log(`${options.name}.tmj: ${text.length} bytes, ${map.lairs.length} lairs, ${opened} things taken away to open closed pockets`);
console.log(Object.entries(counts).map(([prop, count]) => `${prop} ${count}`).join(', '));
