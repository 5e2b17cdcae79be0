// What the Vale looks like: every place that a person decided. Lengths in tiles; +x is down-right on the screen, +y down-left.
// The scatter around it follows from these and the seed (scenery.mjs).

export const seed = 20;
export const side = 160;
export const border = 3;              // tiles along the edge that nobody can walk

/** The middle of Birch hamlet; the well stands there. */
export const centre = [78.5, 80.5];
export const green_radius = 4.3;      // trodden ground around the well

/** A hut covers 3 x 3 tiles around its middle; its door is on the +y side, and a trodden lane leads from there. */
export const huts = [
  { at: [71.5, 72.5], lane: [[71.5, 74.6], [72.5, 77], [75.5, 79]] },
  { at: [78.5, 70.5], lane: [[78.5, 72.6], [79.5, 76], [79, 78]] },
  { at: [86.5, 73.5], lane: [[86.5, 75.6], [86, 79.5]] },
  { at: [68.5, 80.5], lane: [[68.5, 82.6], [69, 84.2]] },
  { at: [89.5, 83.5], lane: [[89.5, 85.6], [86.5, 84.2], [82, 82]] },
  { at: [72.5, 90.5], lane: [[72.5, 92.6], [75, 94], [79.3, 93.5]] },
  // Where the woodcutter lives, at the end of the east road.
  { at: [146.5, 84.5], lane: [[146.5, 86.6], [144.5, 89]] },
];

export const roads = {
  west: [centre, [67, 84.5], [54, 78], [40, 82], [27, 74], [17, 76]],
  north: [centre, [82.5, 74.5], [82.5, 64], [79, 52], [86, 38], [80, 25], [83, 16]],
  east: [centre, [86, 79.5], [95, 82], [103, 89], [111, 91], [120, 88.5], [133, 93], [143, 90]],
  south: [centre, [78, 88], [81, 100], [74, 114], [81, 130], [77, 144]],
  mill: [[81, 100], [93, 108], [106.5, 114], [119, 114], [130, 105], [133, 93]],
  ridge: [[54, 78], [56, 64], [67, 54], [79, 52]],
};
export const road_radius = 1.12;
export const lane_radius = 0.62;      // from a door to a road

export const brook = [[119, -3], [113, 14], [119, 30], [109, 46], [113, 60], [112, 71], [108.5, 82], [111.5, 95], [105, 108], [111, 126],
                      [103, 142], [108, 163]];
export const brook_radius = 1.35;
/** Still water: middle and half axes. */
export const ponds = [
  { at: [113.5, 69], rx: 7.5, ry: 5.2 },
  { at: [49, 105], rx: 6.2, ry: 4.6 },
  { at: [33, 43], rx: 4.2, ry: 3.2 },
];

/** Trees that stand together in the meadow. */
export const groves = [
  { at: [42, 97], radius: 8, kind: 'oak' },
  { at: [98, 58], radius: 7, kind: 'oak' },
  { at: [60, 120], radius: 8, kind: 'oak' },
  { at: [97, 124], radius: 7, kind: 'oak' },
  { at: [124, 76], radius: 6, kind: 'oak' },
  { at: [63, 40], radius: 8, kind: 'pine' },
  { at: [100, 36], radius: 7, kind: 'pine' },
  { at: [127, 125], radius: 8, kind: 'pine' },
  { at: [40, 60], radius: 7, kind: 'pine' },
  { at: [130, 56], radius: 7, kind: 'pine' },
];
/** Places kept free of trees, where the roads end. */
export const clearings = [
  { at: [17, 76], radius: 7 }, { at: [83, 15], radius: 7 }, { at: [144, 90], radius: 7.5 }, { at: [77, 145], radius: 7 },
];

/** Single things: [prop, x, y]. */
export const placed = [
  ['well', 78.5, 80.5],
  // The fire where the hamlet sits in the evening.
  ['campfire', 84.5, 86.5], ['stump', 82.5, 86.5], ['stump', 84.5, 88.5], ['stump', 86.5, 87.5],
  // Trees of the hamlet.
  ['oak', 75.5, 66.5], ['oak_b', 92.5, 78.5], ['oak', 64.5, 85.5], ['oak_b', 67.5, 75.5], ['oak', 77.5, 95.5], ['pine_b', 85.5, 67.5],
  ['oak_b', 93.5, 88.5],
  // End of the west road: somebody camped here, and not long ago.
  ['campfire', 15.5, 75.5], ['stump', 13.5, 75.5], ['stump', 15.5, 73.5], ['boulder', 12.5, 79.5], ['rock', 13.6, 79.9], ['rock', 12.1, 72.4],
  ['stump', 17.5, 72.5],
  // End of the north road: standing stones.
  ['boulder', 83.5, 10.5], ['boulder', 79.5, 11.5], ['boulder', 87.5, 11.5], ['boulder', 77.5, 15.5], ['boulder', 89.5, 15.5],
  ['boulder', 79.5, 19.5], ['boulder', 87.5, 19.5],
  // End of the south road: the two old oaks.
  ['oak', 73.5, 147.5], ['oak_b', 79.5, 148.5], ['sign', 78.5, 142.5],
  // End of the east road: the woodcutter's yard.
  ['stump', 141.5, 86.5], ['stump', 149.5, 89.5], ['stump', 147.5, 93.5], ['stump', 142.5, 94.5], ['campfire', 148.5, 88.5],
  ['stump', 139.5, 93.5],
];

/** Gardens: fences on the lines between (x0, y0) and (x1, y1), with gaps [x, y] to walk in. */
export const gardens = [
  { x0: 62, y0: 68, x1: 68, y1: 73, gaps: [[65, 73], [66, 73]] },
  { x0: 90, y0: 70, x1: 96, y1: 75, gaps: [[90, 72], [90, 73]] },
  { x0: 61, y0: 89, x1: 68, y1: 96, gaps: [[68, 92], [68, 93], [64, 89], [65, 89]] },
  { x0: 91, y0: 91, x1: 97, y1: 97, gaps: [[93, 91], [94, 91]] },
];

/** Signs stand beside the roads: [road, tiles along it, side]. */
export const signs = [
  ['west', 13, 1], ['north', 12, -1], ['east', 14, 1], ['south', 13, -1], ['west', 27.5, -1], ['south', 22, 1], ['north', 27, 1],
  ['east', 29, -1], ['mill', 30, 1], ['west', 58, 1], ['north', 61, -1], ['east', 57, 1],
];

/** Where players come in: on the green and on the roads just outside, each with free ground around it. */
export const starts = [
  [76.5, 83.5], [81.5, 82.5], [75.5, 78.5], [70.5, 85], [78.5, 91], [88, 79.5], [82.5, 68], [98, 84.5],
];

/** Who stands on the green for players: [name in npcs.json, x, y]. */
export const npcs = [['trader', 80.5, 82], ['banker', 73.5, 81]];

/** Where monsters live: [monster, x, y, packs, respawn_s]. The further from the hamlet, the worse; nothing lives within sight of a start. */
export const lairs = [
  // Meadows half way out.
  ['boar', 130.5, 54.5, 2, 60], ['boar', 34.5, 112.5, 2, 60], ['boar', 134.5, 106.5, 1, 60],
  // The camp at the end of the west road.
  ['goblin_clubber', 18.5, 78.5, 3, 45], ['goblin_slinger', 14.5, 77.5, 3, 60], ['goblin_slinger', 20.5, 73.5, 2, 60],
  // The woods in the south and in the east.
  ['wolf', 77.5, 140.5, 1, 90], ['wolf', 30.5, 130.5, 1, 90], ['wolf', 141.5, 68.5, 1, 90], ['wolf', 128.5, 129.5, 1, 90],
  // Where the old trees stand close: spiders in the north-east and the south-east, the dead in the north-west.
  ['cave_spider', 134.5, 33.5, 1, 90], ['cave_spider', 118.5, 140.5, 1, 90],
  ['skeleton', 24.5, 30.5, 3, 60], ['skeleton', 39.5, 20.5, 2, 60], ['zombie', 30.5, 23.5, 1, 90], ['zombie', 22.5, 44.5, 1, 90],
  // Among the standing stones at the end of the north road.
  ['goblin_chief', 83.5, 15.5, 1, 600], ['goblin_slinger', 80.5, 16.5, 1, 120], ['goblin_slinger', 86.5, 16.5, 1, 120],
];
