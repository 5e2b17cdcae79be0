// The ground, tile by tile. Where a road meets a river the path wins: that is the ford.

import { makeNoise, ramp } from './random.mjs';

export function drawGround(recipe, land, lands) {
  const { side } = recipe;
  const moss = makeNoise(recipe.seed + 11, 13);
  const ground = new Array(side * side);
  for (let y = 0; y < side; ++y) {
    for (let x = 0; x < side; ++x) {
      const cx = x + 0.5, cy = y + 0.5, { land: kind, thick } = lands[y * side + x];
      const path = land.trodden(cx, cy) < 0;
      const wet = land.shore(cx, cy) < 0 && (kind !== 'cave' || land.cave(cx, cy) < -2);
      let under = 'grass';
      if (kind === 'cave') under = land.cave(cx, cy) > 2.2 ? 'rock' : 'cave_floor';
      else if (kind === 'graveyard') under = moss(cx, cy) > 0.3 || land.plot(cx, cy) ? 'dirt' : 'grass';
      else if (kind === 'forest') under = moss(cx, cy) > 0.62 - 0.3 * thick * ramp(0, 20, land.edge(cx, cy)) ? 'forest_floor' : 'grass';
      else if (kind === 'ring') under = 'dirt';
      if (land.camp(cx, cy) < 0.4 && kind !== 'cave') under = 'dirt';
      if (land.cliff(cx, cy) < 1.6 && land.trodden(cx, cy) > 0.6) under = 'rock';
      ground[y * side + x] = land.square(cx, cy) < 0 ? 'cobble' : path && kind !== 'cave' ? 'path' : wet ? 'water' : under;
    }
  }
  // Single tiles between others are crumbs of the rounding.
  const at = (x, y) => ground[y * side + x];
  for (let y = 1; y + 1 < side; ++y) {
    for (let x = 1; x + 1 < side; ++x) {
      const around = [at(x - 1, y), at(x + 1, y), at(x, y - 1), at(x, y + 1)];
      if (!around.includes(at(x, y))) ground[y * side + x] = around.sort()[1];
    }
  }
  return ground;
}
