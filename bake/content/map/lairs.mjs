// Where monsters live: the recipe's own places, and so many of a kind scattered over a zone where there is room.

import { makeRandom } from './random.mjs';

const tries_per_lair = 400;
const room_tiles = 1;  // free on every side of the middle
const zone_cell_tiles = 4;  // as in content/zones.h: at a border the game knows a place's zone that exactly

export function placeLairs(recipe, land, map) {
  const { side } = recipe;
  const random = makeRandom(recipe.seed + 500);
  const free = (x, y) => !map.blocked[y * side + x] && map.reached[y * side + x];
  const roomy = (x, y) => {
    for (let dy = -room_tiles; dy <= room_tiles; ++dy) for (let dx = -room_tiles; dx <= room_tiles; ++dx) if (!free(x + dx, y + dy)) return false;
    return true;
  };
  const out = recipe.lairs.placed.map(([monster, x, y, packs, respawn_s]) => {
    const [tx, ty] = nearestFree(roomy, Math.floor(x), Math.floor(y));
    return { monster, x: tx + 0.5, y: ty + 0.5, packs, respawn_s };
  });
  for (const { monster, zone, distance, count, packs, respawn_s, apart } of recipe.lairs.scattered) {
    const own = [];
    for (let i = 0; i < count * tries_per_lair && own.length < count; ++i) {
      const x = 6 + Math.floor(random() * (side - 12)), y = 6 + Math.floor(random() * (side - 12));
      const far = land.centre(x, y);
      if (zoneOf(land, x, y) !== zone || far < distance[0] || far > distance[1] || !roomy(x, y)) continue;
      if (land.start(x, y) < recipe.lairs.from_start || land.road(x + 0.5, y + 0.5) < 3) continue;
      if (own.some((other) => (other.x - x) ** 2 + (other.y - y) ** 2 < apart * apart)) continue;
      if (out.some((other) => (other.x - x) ** 2 + (other.y - y) ** 2 < 49)) continue;
      own.push({ monster, x: x + 0.5, y: y + 0.5, packs, respawn_s });
    }
    if (own.length < count) console.error(`${monster} in ${zone}: room for ${own.length} of ${count} lairs`);
    out.push(...own);
  }
  return out;
}

function zoneOf(land, x, y) {
  const middle = (tile) => (Math.floor(tile / zone_cell_tiles) + 0.5) * zone_cell_tiles;
  return land.zoneAt(middle(x), middle(y)).name;
}

function nearestFree(roomy, x, y) {
  for (let reach = 0; reach < 12; ++reach) {
    for (let dy = -reach; dy <= reach; ++dy) {
      for (let dx = -reach; dx <= reach; ++dx) if (Math.max(Math.abs(dx), Math.abs(dy)) === reach && roomy(x + dx, y + dy)) return [x + dx, y + dy];
    }
  }
  throw new Error(`there is no room for a lair at ${x}, ${y}`);
}
