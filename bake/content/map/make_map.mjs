#!/usr/bin/env node
// Writes assets/maps/vale.tmj and the little picture of its ground tiles for Tiled, from recipe.mjs. The map is committed and may be
// edited by hand in Tiled from then on; running this again starts over from the recipe.
//
//   node bake/content/map/make_map.mjs [assets directory]

import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

import * as recipe from './recipe.mjs';
import { drawMap } from './scenery.mjs';
import { tilePicture } from './tile_picture.mjs';
import { toTiled } from './tiled.mjs';
import { openPockets } from './walkable.mjs';

const assets = process.argv[2] ?? join(dirname(fileURLToPath(import.meta.url)), '../../../assets');
const props = JSON.parse(readFileSync(join(assets, 'content/props.json'), 'utf8'));
const footprint = (prop) => {
  if (!props[prop]) throw new Error(`there is no ${prop} in props.json`);
  return props[prop].blocks ? [props[prop].width_tiles ?? 1, props[prop].height_tiles ?? 1] : null;
};

const map = drawMap(recipe);
const opened = openPockets(map, recipe.border, footprint);
const text = toTiled(map, recipe.border);
writeFileSync(join(assets, 'maps/vale.tmj'), text);
writeFileSync(join(assets, 'maps/ground.png'), tilePicture());

const counts = {};
for (const { prop } of map.things.list) counts[prop] = (counts[prop] ?? 0) + 1;
console.log(`vale.tmj: ${text.length} bytes, ${map.things.list.length} props, ${opened} trees taken to open pockets`);
console.log(Object.entries(counts).map(([prop, count]) => `${prop} ${count}`).join(', '));
