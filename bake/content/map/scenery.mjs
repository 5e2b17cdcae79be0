// From the recipe to a map: ground tile by tile, and everything that stands on it.

import { curve, distanceField, pointAlong } from './curves.mjs';
import { makeNoise, makeRandom, ramp } from './random.mjs';
import { Things, scatter } from './scatter.mjs';

const far = 12;  // tiles; beyond, distance no longer matters to anything here

/** What is near what: distances and noises that the layers share. */
function survey(recipe) {
  const { side, seed } = recipe;
  const lines = Object.fromEntries(Object.entries(recipe.roads).map(([name, points]) => [name, curve(points)]));
  const road = distanceField(Object.values(lines), side, far);
  const lane = distanceField(recipe.huts.map((hut) => curve(hut.lane)), side, far);
  const brook = distanceField([curve(recipe.brook)], side, far);
  const wobble = makeNoise(seed + 1, 5);
  const pondEdge = (x, y) => Math.min(...recipe.ponds.map(({ at, rx, ry }) => {
    const dx = (x - at[0]) / rx, dy = (y - at[1]) / ry;
    return (Math.hypot(dx, dy) - 1) * Math.min(rx, ry);
  }));
  const green = (x, y) => Math.hypot(x - recipe.centre[0], y - recipe.centre[1]) - recipe.green_radius;
  return {
    lines,
    /** Tiles to the edge of the water, negative inside. */
    shore: (x, y) => Math.min(brook(x, y) - recipe.brook_radius, pondEdge(x, y)) + (wobble(x, y) - 0.5) * 1.5,
    /** Tiles to the edge of trodden ground, negative on it. */
    trodden: (x, y) => Math.min(road(x, y) - recipe.road_radius - (wobble(x + 50, y) - 0.5) * 0.5, lane(x, y) - recipe.lane_radius,
                                green(x, y) + (wobble(x, y + 50) - 0.5) * 1.4),
    road,
    edge: (x, y) => Math.min(x, y, side - x, side - y),
    centre: (x, y) => Math.hypot(x - recipe.centre[0], y - recipe.centre[1]),
    clearing: (x, y) => Math.min(...recipe.clearings.map(({ at, radius }) => Math.hypot(x - at[0], y - at[1]) - radius)),
    start: (x, y) => Math.min(...recipe.starts.map((at) => Math.hypot(x - at[0], y - at[1]))),
    garden: (x, y) => recipe.gardens.find((g) => x > g.x0 - 0.4 && x < g.x1 + 1.4 && y > g.y0 - 0.4 && y < g.y1 + 1.4),
    hut: (x, y) => Math.min(...recipe.huts.map(({ at }) => Math.max(Math.abs(x - at[0]), Math.abs(y - at[1])))),
  };
}

/** Ground as 0 grass, 1 path, 2 water. Where a road meets the brook the path wins: that is the ford. */
function drawGround(recipe, land) {
  const { side } = recipe;
  const ground = new Uint8Array(side * side);
  const at = (x, y) => ground[y * side + x];
  for (let y = 0; y < side; ++y) {
    for (let x = 0; x < side; ++x) {
      const path = land.trodden(x + 0.5, y + 0.5) < 0;
      ground[y * side + x] = path ? 1 : land.shore(x + 0.5, y + 0.5) < 0 ? 2 : 0;
    }
  }
  // Single tiles of water or grass between others are crumbs of the rounding.
  for (let y = 1; y + 1 < side; ++y) {
    for (let x = 1; x + 1 < side; ++x) {
      const around = [at(x - 1, y), at(x + 1, y), at(x, y - 1), at(x, y + 1)];
      const same = around.filter((g) => g === at(x, y)).length;
      if (same === 0) ground[y * side + x] = around.sort()[1];
    }
  }
  return ground;
}

const isTree = (thing) => /^(oak|pine)/.test(thing.prop);
const isTall = (thing) => thing.tall;

/** How forest-like a place is, 0 meadow to 1 deep forest. */
function makeForest(recipe, land) {
  const coast = makeNoise(recipe.seed + 2, 17);
  const glades = makeNoise(recipe.seed + 3, 9);
  return (x, y) => {
    const deep = ramp(39, 13, land.edge(x, y) + (coast(x, y) - 0.5) * 26);
    const grove = Math.max(0, ...recipe.groves.map(({ at, radius }) => ramp(radius, radius * 0.45, Math.hypot(x - at[0], y - at[1]))));
    return Math.max(deep * (0.12 + 0.88 * ramp(0.33, 0.52, glades(x, y))), grove * 0.85);
  };
}

function placeByHand(recipe, land, things) {
  for (const { at } of recipe.huts) things.add('hut', at[0], at[1], true);
  for (const [prop, x, y] of recipe.placed) things.add(prop, x, y, prop !== 'rock');
  for (const [road, along, side] of recipe.signs) {
    const point = pointAlong(land.lines[road], along);
    const reach = recipe.road_radius + 0.75;
    things.add('sign', point.x + point.across[0] * reach * side, point.y + point.across[1] * reach * side, true);
  }
  for (const garden of recipe.gardens) fence(garden, things);
}

/** Fences stand on the middle lines of their tiles, so that corners meet. */
function fence({ x0, y0, x1, y1, gaps }, things) {
  const open = (x, y) => gaps.some((gap) => gap[0] === x && gap[1] === y);
  for (const y of [y0, y1]) {
    for (let x = x0; x < x1; ++x) if (!open(x, y)) things.add('fence_x', x + 1, y + 0.5, true);
  }
  for (const x of [x0, x1]) {
    for (let y = y0; y < y1; ++y) if (!open(x, y)) things.add('fence_y', x + 0.5, y + 1, true);
  }
}

function plantTrees(recipe, land, things, random) {
  const forest = makeForest(recipe, land);
  const stands = makeNoise(recipe.seed + 4, 22);
  const kindOf = (x, y) => {
    const grove = recipe.groves.find(({ at, radius }) => Math.hypot(x - at[0], y - at[1]) < radius);
    const pine = grove ? (grove.kind === 'pine' ? 0.93 : 0.05) : ramp(0.42, 0.58, stands(x, y) + (80 - y) / 500);
    return (random() < pine ? 'pine' : 'oak') + (random() < 0.42 ? '_b' : '');
  };
  const free = (x, y) => land.trodden(x, y) > 1.1 && land.shore(x, y) > 0.9 && land.clearing(x, y) > 0 && land.start(x, y) > 4 &&
                         land.centre(x, y) > 21 && !land.garden(x, y) && land.hut(x, y) > 3.5;
  const put = (x, y) => things.add(kindOf(x, y), Math.floor(x) + 0.25 + random() * 0.5, Math.floor(y) + 0.25 + random() * 0.5, true);
  // The rim first: a wall of trees where the map ends.
  scatter(things, random, { throws: 60000, counts: isTall, put, spacing: () => 1.45,
    thickness: (x, y) => (land.edge(x, y) < recipe.border + 0.4 && land.shore(x, y) > 0.6 ? 1 : 0) });
  scatter(things, random, { throws: 120000, counts: isTall, put,
    spacing: (x, y) => 3.5 - 1.25 * forest(x, y),
    thickness: (x, y) => (free(x, y) ? Math.max(0, forest(x, y) - 0.12) ** 1.4 : 0) });
  // Lone oaks in the meadow, far from each other.
  scatter(things, random, { throws: 1500, counts: isTree, spacing: () => 4,
    put: (x, y) => things.add(random() < 0.5 ? 'oak' : 'oak_b', x, y, true),
    thickness: (x, y) => (free(x, y) && forest(x, y) < 0.05 && !things.near(x, y, 4, isTall) ? 0.035 : 0) });
  return forest;
}

function strewStones(recipe, land, things, random, forest) {
  const inTheWay = (x, y) => land.trodden(x, y) < 0.9 || land.shore(x, y) < 0.4 || land.start(x, y) < 3.5 || land.centre(x, y) < 13 ||
                             land.clearing(x, y) < 0 || land.garden(x, y);
  // A boulder never lies alone: small ones and grass gather at its foot.
  scatter(things, random, { throws: 900, counts: (t) => t.prop === 'boulder' || t.prop === 'hut', spacing: () => 4,
    thickness: (x, y) => (inTheWay(x, y) || things.near(x, y, 1.8, isTall) || land.edge(x, y) < 5 ? 0 : 0.1 + 0.25 * forest(x, y)),
    put: (x, y) => {
      things.add('boulder', x, y, true);
      const turn = random() * 6.28;
      const count = 2 + Math.floor(random() * 3);
      for (let i = 0; i < count; ++i) {
        const angle = turn + i * (1.1 + random() * 0.7), reach = 0.75 + random() * 0.6;
        const prop = i === 0 ? 'rock' : random() < 0.5 ? 'grass_tuft' : 'rock';
        things.add(prop, x + Math.cos(angle) * reach, y + Math.sin(angle) * reach, false);
      }
    } });
  // Where people fell trees: at the edge of the forest.
  scatter(things, random, { throws: 6000, counts: (t) => t.prop === 'stump', spacing: () => 4,
    thickness: (x, y) => (!inTheWay(x, y) && forest(x, y) > 0.15 && forest(x, y) < 0.5 && !things.near(x, y, 1.5, isTall) ? 0.05 : 0),
    put: (x, y) => things.add('stump', x, y, true) });
  // Pebbles of the banks and the roadside.
  scatter(things, random, { throws: 9000, counts: (t) => t.prop === 'rock', spacing: () => 2.6,
    thickness: (x, y) => {
      const bank = land.shore(x, y) > 0.1 && land.shore(x, y) < 0.9, roadside = land.trodden(x, y) > 0.15 && land.trodden(x, y) < 0.6;
      return bank ? 0.35 : roadside && land.centre(x, y) > 8 ? 0.12 : 0;
    },
    put: (x, y) => things.add('rock', x, y, false) });
}

/** Reeds in thick belts along still and slow water, none where a road crosses. */
function plantReeds(recipe, land, things, random) {
  const belts = makeNoise(recipe.seed + 5, 6);
  scatter(things, random, { throws: 90000, counts: (t) => t.prop === 'reeds', spacing: () => 0.72,
    thickness: (x, y) => {
      const shore = land.shore(x, y);
      if (shore < -0.75 || shore > 0.35 || land.trodden(x, y) < 0.9 || land.edge(x, y) < 1) return 0;
      return ramp(0.4, 0.55, belts(x, y));
    },
    put: (x, y) => things.add('reeds', x, y, false) });
}

function plantMeadow(recipe, land, things, random, forest) {
  const drifts = makeNoise(recipe.seed + 6, 7);
  const grass = makeNoise(recipe.seed + 7, 11);
  const dry = (x, y) => land.trodden(x, y) > 0.3 && land.shore(x, y) > 0.45 && land.hut(x, y) > 1.9 && land.edge(x, y) > 2;
  const low = (thing) => !thing.tall;
  // Bushes hem the forest and the groves, and fill some gaps inside.
  scatter(things, random, { throws: 26000, counts: (t) => t.prop === 'bush', spacing: () => 1.7,
    thickness: (x, y) => {
      const trees = forest(x, y);
      if (!dry(x, y) || land.trodden(x, y) < 0.8 || land.clearing(x, y) < -1 || things.near(x, y, 0.9, isTall)) return 0;
      return trees > 0.05 && trees < 0.55 ? 0.24 * ramp(0.4, 0.65, grass(x, y)) + 0.04 : trees >= 0.55 ? 0.012 : 0;
    },
    put: (x, y) => things.add('bush', x, y, false) });
  // Flowers in drifts on the open meadow, and a loose hem along the roads.
  scatter(things, random, { throws: 60000, counts: (t) => low(t) && t.prop !== 'grass_tuft', spacing: () => 0.95,
    thickness: (x, y) => {
      if (!dry(x, y) || forest(x, y) > 0.3 || things.near(x, y, 0.8, isTall) || land.garden(x, y)) return 0;
      const drift = ramp(0.62, 0.76, drifts(x, y));
      const hem = land.trodden(x, y) < 1.5 ? 0.06 : 0;
      return Math.max(drift * 0.8, hem);
    },
    put: (x, y) => things.add('flowers', x, y, false) });
  scatter(things, random, { throws: 30000, counts: low, spacing: () => 1.35,
    thickness: (x, y) => {
      if (!dry(x, y) || things.near(x, y, 0.6, isTall)) return 0;
      const verge = land.trodden(x, y) < 1.3 || land.shore(x, y) < 1.3 ? 0.24 : 0;
      return Math.max(verge, 0.2 * ramp(0.35, 0.7, grass(x, y)) * (1 - 0.75 * forest(x, y)) + 0.012);
    },
    put: (x, y) => things.add('grass_tuft', x, y, false) });
}

/** Rows in the gardens, and something green at every hut's foot. */
function plantHamlet(recipe, land, things, random) {
  for (const [index, garden] of recipe.gardens.entries()) {
    for (let y = garden.y0 + 1.6; y < garden.y1 - 0.3; y += 1.05) {
      const prop = ['flowers', 'bush', 'grass_tuft'][(index + Math.round(y)) % 3];
      for (let x = garden.x0 + 1.7; x < garden.x1 - 0.3; x += prop === 'bush' ? 1.3 : 0.95) {
        if (random() < 0.85) things.add(prop, x + (random() - 0.5) * 0.16, y + (random() - 0.5) * 0.16, false);
      }
    }
  }
  for (const { at } of recipe.huts) {
    for (const [dx, dy, prop] of [[-1.15, 1.85, 'flowers'], [1.2, 1.85, 'flowers'], [1.9, 0.6, 'bush'], [1.85, -0.5, 'flowers'],
                                  [-1.9, 0.9, 'grass_tuft'], [1.8, -1.7, 'bush']]) {
      const x = at[0] + dx + (random() - 0.5) * 0.2, y = at[1] + dy + (random() - 0.5) * 0.2;
      if (land.trodden(x, y) > 0.05 && !things.near(x, y, 0.7, isTall)) things.add(prop, x, y, false);
    }
  }
}

/** The whole map: {side, ground, things, starts, lairs, npcs}. */
export function drawMap(recipe) {
  const random = makeRandom(recipe.seed);
  const land = survey(recipe);
  const ground = drawGround(recipe, land);
  const things = new Things(recipe.side);
  placeByHand(recipe, land, things);
  const forest = plantTrees(recipe, land, things, random);
  strewStones(recipe, land, things, random, forest);
  plantReeds(recipe, land, things, random);
  plantHamlet(recipe, land, things, random);
  plantMeadow(recipe, land, things, random, forest);
  return { side: recipe.side, ground, things, starts: recipe.starts, lairs: recipe.lairs, npcs: recipe.npcs };
}
