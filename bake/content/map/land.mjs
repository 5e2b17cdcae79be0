// What a place is like, before anything stands there: which land it belongs to, how far roads, water and cliffs are.

import { curve, distanceField } from './curves.mjs';
import { makeNoise } from './random.mjs';

const far = 12;          // tiles; beyond, distance no longer matters to anything here
const ragged_tiles = 7;  // how far the borders of lands wander from the shapes that are drawn

const inPolygon = (points, x, y) => {
  let inside = false;
  for (let i = 0, j = points.length - 1; i < points.length; j = i++) {
    const [ax, ay] = points[i], [bx, by] = points[j];
    if ((ay > y) !== (by > y) && x < (bx - ax) * (y - ay) / (by - ay) + ax) inside = !inside;
  }
  return inside;
};

function shapeHolds({ rect, ellipse, polygon }, x, y) {
  if (rect) return x >= rect[0] && x < rect[0] + rect[2] && y >= rect[1] && y < rect[1] + rect[3];
  if (ellipse) return ((x - ellipse[0]) / ellipse[2]) ** 2 + ((y - ellipse[1]) / ellipse[3]) ** 2 < 1;
  return inPolygon(polygon, x, y);
}

export function survey(recipe) {
  const { side, seed } = recipe;
  const lines = Object.fromEntries(Object.entries(recipe.roads).map(([name, points]) => [name, curve(points)]));
  const road = distanceField(Object.values(lines), side, far);
  const lane = distanceField(recipe.huts.map((hut) => curve(hut.lane)), side, far);
  const trail = distanceField(recipe.trails.map(curve), side, far);
  const gravePath = distanceField(recipe.grave_paths.map(curve), side, far);
  const rivers = recipe.rivers.map(({ radius, points }) => ({ radius, near: distanceField([curve(points)], side, far) }));
  const cliffs = recipe.cliffs.map(({ points, gaps }) => ({ gaps, near: distanceField([curve(points)], side, far) }));
  const tunnels = distanceField(recipe.cave.tunnels.map(curve), side, far);
  const wobble = makeNoise(seed + 1, 5);
  const wander_x = makeNoise(seed + 31, 19), wander_y = makeNoise(seed + 37, 19);
  const ellipses = (list) => (x, y) => Math.min(...list.map(({ at, radii }) => {
    const dx = (x - at[0]) / radii[0], dy = (y - at[1]) / radii[1];
    return (Math.sqrt(dx * dx + dy * dy) - 1) * Math.min(radii[0], radii[1]);
  }));
  const pond = ellipses(recipe.ponds), chamber = ellipses(recipe.cave.chambers);
  const length = (x, y) => Math.sqrt(x * x + y * y);
  const inside = (value) => Math.min(side - 0.01, Math.max(0, value));
  const zoneAt = (x, y) => {
    let found = null;
    for (const zone of recipe.zones) if (shapeHolds(zone, inside(x), inside(y))) found = zone;
    return found;
  };
  return {
    lines,
    zoneAt,
    /** The land that a place looks like; its border wanders around the zone's, but not around the village. */
    landAt: (x, y) => {
      const here = zoneAt(x, y);
      if (here.land === 'village' || here.land === 'ring') return here;
      const other = zoneAt(x + (wander_x(x, y) - 0.5) * 2 * ragged_tiles, y + (wander_y(x, y) - 0.5) * 2 * ragged_tiles);
      return other.land === 'village' || other.land === 'ring' ? here : other;
    },
    /** Tiles to the edge of the water, negative inside. */
    shore: (x, y) => Math.min(pond(x, y), ...rivers.map((river) => river.near(x, y) - river.radius)) + (wobble(x, y) - 0.5) * 1.5,
    /** Tiles to the edge of trodden ground, negative on it. */
    trodden: (x, y) => Math.min(
      road(x, y) - recipe.road_radius - (wobble(x + 50, y) - 0.5) * 0.5, lane(x, y) - recipe.lane_radius,
      Math.min(trail(x, y), gravePath(x, y)) - recipe.trail_radius - (wobble(x + 90, y) - 0.5) * 0.9,
      length(x - recipe.centre[0], y - recipe.centre[1]) - recipe.green_radius + (wobble(x, y + 50) - 0.5) * 1.4),
    /** Tiles to the edge of the village's paved square. */
    square: (x, y) => length(x - recipe.centre[0], y - recipe.centre[1]) - recipe.square_radius + (wobble(x + 3, y + 5) - 0.5) * 1.2,
    road: (x, y) => Math.min(road(x, y), trail(x, y)),
    /** Tiles from the middle of a line of cliffs; far where it has a gap. */
    cliff: (x, y) => Math.min(far, ...cliffs.map(({ near, gaps }) =>
      (gaps.some(([gx, gy, radius]) => length(x - gx, y - gy) < radius) ? far : near(x, y) + (wobble(x + 20, y + 70) - 0.5) * 1.6))),
    /** Tiles to the walls of the cave, negative where one can walk. */
    cave: (x, y) => Math.min(chamber(x, y), tunnels(x, y) - recipe.cave.tunnel_radius) + (wobble(x + 7, y + 9) - 0.5) * 2.6,
    edge: (x, y) => Math.min(x, y, side - x, side - y),
    centre: (x, y) => length(x - recipe.centre[0], y - recipe.centre[1]),
    clearing: (x, y) => Math.min(...recipe.clearings.concat(recipe.camps).map(({ at, radius }) => length(x - at[0], y - at[1]) - radius)),
    camp: (x, y) => Math.min(...recipe.camps.map(({ at, radius }) => length(x - at[0], y - at[1]) - radius)),
    start: (x, y) => Math.min(...recipe.starts.map((at) => length(x - at[0], y - at[1]))),
    garden: (x, y) => recipe.gardens.find((g) => x > g.x0 - 0.4 && x < g.x1 + 1.4 && y > g.y0 - 0.4 && y < g.y1 + 1.4),
    plot: (x, y) => recipe.graves.find(({ rect }) => x > rect[0] - 0.4 && x < rect[0] + rect[2] + 1.4 && y > rect[1] - 0.4 && y < rect[1] + rect[3] + 1.4),
    hut: (x, y) => Math.min(...recipe.huts.map(({ at }) => Math.max(Math.abs(x - at[0]), Math.abs(y - at[1])))),
  };
}
