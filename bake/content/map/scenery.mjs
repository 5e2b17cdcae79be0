// From the recipe to a map: ground tile by tile, what grows tile by tile, and single things that stand exactly where they were put.

import { pointAlong } from './curves.mjs';
import { drawGround } from './ground.mjs';
import { makeNoise, makeRandom, ramp } from './random.mjs';

const wall_tiles = 2.6;   // how thick the walls of the cave are; behind them is solid rock
const solid = 'solid';    // nothing to be seen, and nobody can walk there

const isTree = (prop) => /^(oak|pine|dead_tree)/.test(prop ?? '');

class Growth {
  constructor(side, real) {
    this.side = side;
    this.real = real;
    this.tiles = new Array(side * side).fill(null);
    this.solid = new Uint8Array(side * side);
    this.taken = new Uint8Array(side * side);  // by single things
  }
  at(x, y) { return x >= 0 && y >= 0 && x < this.side && y < this.side ? this.tiles[y * this.side + x] : null; }
  free(x, y) { return x >= 0 && y >= 0 && x < this.side && y < this.side && !this.tiles[y * this.side + x] && !this.taken[y * this.side + x]; }
  put(prop, x, y) {
    if (prop === solid) this.solid[y * this.side + x] = 1;
    else if (this.free(x, y)) this.tiles[y * this.side + x] = this.real(prop);
  }
  /** Does something that `counts` stand within `reach` tiles? */
  near(x, y, reach, counts) {
    for (let dy = -reach; dy <= reach; ++dy) for (let dx = -reach; dx <= reach; ++dx) if (counts(this.at(x + dx, y + dy))) return true;
    return false;
  }
}

/** Single things; each keeps its tiles from what grows. */
class Things {
  constructor(growth, props, real) { Object.assign(this, { growth, props, real, list: [] }); }
  add(wanted, x, y) {
    const prop = this.real(wanted);
    if (!prop) return;
    this.list.push({ prop, x, y });
    const { width_tiles: w = 1, height_tiles: h = 1 } = this.props[prop];
    const x0 = Math.floor(x - w / 2 + 0.5), y0 = Math.floor(y - h / 2 + 0.5);
    for (let ty = y0; ty < y0 + h; ++ty) for (let tx = x0; tx < x0 + w; ++tx) this.growth.taken[ty * this.growth.side + tx] = 1;
  }
}

/** Fences stand on the middle lines of their tiles, so that corners meet. */
function fence({ x0, y0, x1, y1, gaps }, kind, things) {
  const open = (x, y) => gaps.some((gap) => gap[0] === x && gap[1] === y);
  for (const y of [y0, y1]) for (let x = x0; x < x1; ++x) if (!open(x, y)) things.add(`${kind}_x`, x + 1, y + 0.5);
  for (const x of [x0, x1]) for (let y = y0; y < y1; ++y) if (!open(x, y)) things.add(`${kind}_y`, x + 0.5, y + 1);
}

/** A sign where a road comes into another zone, and one near the middle of the village for each road. */
function putSigns(recipe, land, things) {
  const { reach, near_centre } = recipe.signs;
  Object.values(land.lines).forEach((line, index) => {
    const put = (along, side) => {
      const { x, y, across } = pointAlong(line, along);
      const at = [x + across[0] * reach * side, y + across[1] * reach * side];
      if (land.start(...at) < 3) return put(along + 1, side);
      things.add('sign', ...at);
    };
    if (near_centre[index]) put(near_centre[index], index % 2 ? 1 : -1);
    let zone = null;
    for (let along = 4; along < line.length / 4; along += 1) {
      const { x, y } = pointAlong(line, along);
      const { name } = land.zoneAt(x, y);
      if (zone && name !== zone) put(along + 1, 1);
      zone = name;
    }
  });
}

function pitchCamps(recipe, things, random) {
  for (const { at, radius, prop, tents } of recipe.camps) {
    things.add(prop, at[0] + 0.5, at[1] + 0.5);
    const turn = random() * 6.28;
    for (let i = 0; i < tents; ++i) {
      const angle = turn + i * 6.28 / tents;
      things.add('tent', Math.floor(at[0] + Math.cos(angle) * (radius - 2)) + 0.5, Math.floor(at[1] + Math.sin(angle) * (radius - 2)) + 0.5);
      things.add(i % 2 ? 'skull_pile' : 'bones', at[0] + Math.cos(angle + 0.6) * (radius - 3.4), at[1] + Math.sin(angle + 0.6) * (radius - 3.4));
    }
    for (let i = 0; i < radius * 2; ++i) {
      if (i % 5 === 0) continue;  // ways in
      const angle = i * 3.1416 / radius;
      const flat = Math.abs(Math.cos(angle)) < 0.7;
      things.add(flat ? 'palisade_x' : 'palisade_y', Math.floor(at[0] + Math.cos(angle) * (radius + 1)) + 0.5, Math.floor(at[1] + Math.sin(angle) * (radius + 1)) + 0.5);
    }
  }
}

function digGraves(recipe, land, things, random) {
  for (const { rect: [x0, y0, w, h], gaps } of recipe.graves) {
    fence({ x0, y0, x1: x0 + w, y1: y0 + h, gaps }, 'fence_iron', things);
    for (let y = y0 + 2; y < y0 + h - 1; y += 3) {
      for (let x = x0 + 2; x < x0 + w - 1; x += 2) {
        const lot = random();
        if (land.trodden(x, y) < 0.8 || lot > 0.72) continue;
        things.add(lot < 0.3 ? 'gravestone' : lot < 0.54 ? 'gravestone_b' : 'grave_cross', x + 0.5, y + 0.5);
        if (random() < 0.12) things.add(random() < 0.5 ? 'bones' : 'skull_pile', x + 0.5, y + 1.4);
      }
    }
  }
}

function placeByHand(recipe, land, things, random) {
  for (const { prop, at } of recipe.huts) things.add(prop, at[0], at[1]);
  for (const [prop, x, y] of recipe.placed) things.add(prop, x, y);
  putSigns(recipe, land, things);
  for (const garden of recipe.gardens) fence(garden, 'fence', things);
  digGraves(recipe, land, things, random);
  pitchCamps(recipe, things, random);
  for (const [index, garden] of recipe.gardens.entries()) {
    for (let y = garden.y0 + 1.6; y < garden.y1 - 0.3; y += 1.05) {
      const prop = ['flowers', 'bush', 'grass_tuft'][(index + Math.round(y)) % 3];
      for (let x = garden.x0 + 1.7; x < garden.x1 - 0.3; x += prop === 'bush' ? 1.3 : 0.95) {
        if (random() < 0.85) things.add(prop, x + (random() - 0.5) * 0.16, y + (random() - 0.5) * 0.16);
      }
    }
  }
  // The ring where players fight: posts around it.
  const ring = recipe.zones.find((zone) => zone.land === 'ring');
  if (!ring) return;
  const [cx, cy, rx, ry] = ring.ellipse;
  for (let i = 0; i < 24; ++i) {
    if (i % 6 === 0) continue;
    const angle = i * 6.2832 / 24;
    things.add(i % 2 ? 'stump' : 'boulder', Math.floor(cx + Math.cos(angle) * rx) + 0.5, Math.floor(cy + Math.sin(angle) * ry) + 0.5);
  }
}

/** What may grow on one tile, by its land. Returns a prop or null. */
function makeGrower(recipe, land, growth, random) {
  const noise = (salt, size) => makeNoise(recipe.seed + salt, size);
  const glades = noise(3, 11), stands = noise(4, 23), drifts = noise(6, 7), grass = noise(7, 11), belts = noise(5, 6);
  const tree = (pines) => (random() < pines ? 'pine' : 'oak') + (random() < 0.42 ? '_b' : '');
  const spaced = (x, y, reach) => !growth.near(x, y, reach, isTree);
  const low = (x, y, chance) => random() < chance;

  const meadow = (x, y, tx, ty, dry) => {
    const grove = recipe.groves.find(({ at, radius }) => (x - at[0]) ** 2 + (y - at[1]) ** 2 < radius * radius);
    if (grove && dry > 1 && land.clearing(x, y) > 0 && low(x, y, 0.2) && spaced(tx, ty, 1)) return tree(grove.tree === 'pine' ? 0.93 : 0.05);
    if (dry > 1.4 && low(x, y, 0.0028) && spaced(tx, ty, 4)) return tree(0.2);
    if (dry > 1 && low(x, y, 0.0016)) return 'boulder';
    if (dry > 0.8 && low(x, y, 0.012 * (1 + 4 * ramp(0.55, 0.7, grass(x, y))))) return 'bush';
    if (dry > 0.3 && low(x, y, 0.5 * ramp(0.6, 0.76, drifts(x, y)) + (dry < 1.5 ? 0.05 : 0))) return 'flowers';
    return low(x, y, 0.1 * ramp(0.35, 0.7, grass(x, y)) + (dry < 1.3 ? 0.14 : 0.02)) ? 'grass_tuft' : null;
  };
  const forest = (x, y, tx, ty, dry, thick) => {
    const deep = ramp(0.34, 0.54, glades(x, y)) * thick;
    if (dry > 1.1 && land.clearing(x, y) > 0 && low(x, y, 0.05 + 0.28 * deep) && spaced(tx, ty, 1)) return tree(ramp(0.4, 0.6, stands(x, y)));
    if (dry > 1 && low(x, y, 0.003)) return random() < 0.6 ? 'boulder' : 'log';
    if (dry > 1 && low(x, y, 0.004)) return 'stump';
    if (dry > 0.7 && low(x, y, 0.03 + 0.06 * (1 - deep))) return random() < 0.6 ? 'fern' : 'bush';
    if (low(x, y, 0.012 * deep)) return 'mushroom';
    return dry > 0.2 && low(x, y, 0.04 * (1 - deep) + 0.01) ? 'grass_tuft' : null;
  };
  const graveyard = (x, y, tx, ty, dry) => {
    if (dry > 1 && low(x, y, 0.022) && spaced(tx, ty, 2)) return land.plot(x, y) ? null : 'dead_tree';
    if (low(x, y, 0.008)) return random() < 0.7 ? 'bones' : 'skull_pile';
    if (dry > 0.6 && low(x, y, 0.006)) return 'boulder';
    return dry > 0.3 && low(x, y, 0.05 * ramp(0.4, 0.7, grass(x, y))) ? 'grass_tuft' : null;
  };
  const cave = (x, y) => {
    const wall = land.cave(x, y);
    if (wall > wall_tiles && land.trodden(x, y) > 2) return solid;
    if (wall > 0 && land.trodden(x, y) > -0.2) return random() < 0.6 ? 'cave_wall' : 'cave_wall_b';
    if (wall > -2.2 && low(x, y, 0.16)) return random() < 0.6 ? 'stalagmite' : 'stalagmite_b';
    if (wall < -2 && low(x, y, 0.02)) return random() < 0.5 ? 'stalagmite_b' : 'boulder';
    if (wall > -3 && low(x, y, 0.02)) return 'crystal';
    if (low(x, y, 0.03)) return 'glow_mushroom';
    if (wall > -2 && low(x, y, 0.06)) return 'cobweb';
    return low(x, y, 0.014) ? 'bones' : low(x, y, 0.03) ? 'rock' : null;
  };
  const village = (x, y, tx, ty, dry) => {
    const foot = land.hut(x, y);
    if (dry > 0.3 && foot > 1.7 && foot < 2.6 && low(x, y, 0.3)) return random() < 0.6 ? 'flowers' : 'bush';
    if (dry > 1.4 && land.centre(x, y) > 17 && land.start(x, y) > 4 && foot > 4 && low(x, y, 0.02) && spaced(tx, ty, 3)) return tree(0.2);
    return dry > 0.3 && low(x, y, dry < 1.3 ? 0.12 : 0.04) ? (random() < 0.7 ? 'grass_tuft' : 'flowers') : null;
  };
  return (x, y, tx, ty, here, ground) => {
    const shore = land.shore(x, y), dry = Math.min(land.trodden(x, y), shore);
    if (land.edge(x, y) < recipe.border) return ground === 'water' ? null : here.land === 'cave' ? solid : (tx + ty) % 2 ? tree(0.7) : null;
    if (here.land === 'cave') return cave(x, y);
    if (land.cliff(x, y) < 1.35 && shore > 0 && land.trodden(x, y) > 0.6) return random() < 0.6 ? 'cliff' : 'cliff_b';
    if (shore > -0.75 && shore < 0.6 && land.trodden(x, y) > 0.9 && random() < 0.7 * ramp(0.42, 0.56, belts(x, y))) return 'reeds';
    if (ground === 'water') return null;
    if (land.garden(x, y) || land.start(x, y) < 2.2) return null;
    if (here.land === 'ring' || land.camp(x, y) < 1.6) return low(x, y, 0.03) ? 'rock' : null;
    if (here.land === 'village') return village(x, y, tx, ty, dry);
    if (here.land === 'graveyard') return graveyard(x, y, tx, ty, dry);
    if (shore > 0.1 && shore < 0.9 && low(x, y, 0.12)) return 'rock';
    return here.land === 'forest' ? forest(x, y, tx, ty, dry, here.thick) : meadow(x, y, tx, ty, dry);
  };
}

/** The whole map: { side, ground (names), growth (a prop or null per tile), solid (1 where the rock is), things, starts, npcs }. */
export function drawScenery(recipe, land, props, real) {
  const { side } = recipe;
  const random = makeRandom(recipe.seed);
  const growth = new Growth(side, real);
  const things = new Things(growth, props, real);
  const lands = [];
  for (let y = 0; y < side; ++y) for (let x = 0; x < side; ++x) lands.push(land.landAt(x + 0.5, y + 0.5));
  const ground = drawGround(recipe, land, lands);
  placeByHand(recipe, land, things, random);
  const grow = makeGrower(recipe, land, growth, random);
  for (let y = 0; y < side; ++y) {
    for (let x = 0; x < side; ++x) {
      const prop = grow(x + 0.5, y + 0.5, x, y, lands[y * side + x], ground[y * side + x]);
      if (prop) growth.put(prop, x, y);
    }
  }
  return { side, ground, growth: growth.tiles, solid: growth.solid, things: things.list, starts: recipe.starts, npcs: recipe.npcs };
}
