// The tiles as Tiled shows them, two PNGs: flat diamonds of 128 x 64 pixels for the grounds, and one mark of 128 x 128 for each prop, of
// its own colour. What a tile is stands in its type, which Tiled shows when it is chosen. The game never sees these pictures.

import { crc32 } from './crc32.mjs';
import { deflateSync } from 'node:zlib';

export const ground_names = ['grass', 'path', 'water', 'forest_floor', 'dirt', 'cave_floor', 'cobble', 'rock'];
export const prop_columns = 8;
const colours = [[0x6f, 0x9a, 0x45], [0xb8, 0x93, 0x5a], [0x3f, 0x7f, 0xa8], [0x4c, 0x6b, 0x38], [0x84, 0x77, 0x67], [0x6f, 0x76, 0x82], [0x9e, 0x96, 0x8a], [0x80, 0x78, 0x6c]];
const tile_width = 128;

function chunk(type, data) {
  const out = Buffer.alloc(data.length + 12);
  out.writeUInt32BE(data.length, 0);
  out.write(type, 4, 'latin1');
  data.copy(out, 8);
  out.writeUInt32BE(crc32(out.subarray(4, data.length + 8)), data.length + 8);
  return out;
}

/** `colour(x, y)` is [red, green, blue] or null where nothing is. */
function png(width, height, colour) {
  const row = 1 + width * 4;
  const pixels = Buffer.alloc(row * height);
  for (let y = 0; y < height; ++y) {
    for (let x = 0; x < width; ++x) {
      const found = colour(x, y);
      if (found) pixels.set([...found, 255], y * row + 1 + x * 4);
    }
  }
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 6, 0, 0, 0], 8);  // 8 bits, RGBA
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  return Buffer.concat([signature, chunk('IHDR', header), chunk('IDAT', deflateSync(pixels, { level: 9 })), chunk('IEND', Buffer.alloc(0))]);
}

export function groundPicture() {
  return png(tile_width * colours.length, 64, (x, y) => {
    const dx = Math.abs((x % tile_width) + 0.5 - 64) / 64, dy = Math.abs(y + 0.5 - 32) / 32;
    return dx + dy > 1.01 ? null : colours[Math.floor(x / tile_width)];
  });
}

/** A pin on its tile: a round head of a hue of its own, a stem, a foot. */
export function propsPicture(count) {
  const hue = (index) => {
    const at = (index * 0.381966) % 1;
    return [0, 1, 2].map((part) => Math.round(90 + 150 * Math.min(1, Math.max(0, Math.abs(((at + part / 3) % 1) * 6 - 3) - 1))));
  };
  return png(tile_width * prop_columns, tile_width * Math.ceil(count / prop_columns), (x, y) => {
    const index = Math.floor(y / tile_width) * prop_columns + Math.floor(x / tile_width);
    if (index >= count) return null;
    const dx = (x % tile_width) + 0.5 - 64, dy = (y % tile_width) + 0.5;
    const head = 16 + 3 * (index % 4);
    if (dx * dx + (dy - 52) ** 2 < head * head) return hue(index);
    if (Math.abs(dx) < 3 && dy > 52 && dy < 100) return [60, 44, 30];
    return dx * dx / 4 + (dy - 98) ** 2 < 64 ? [40, 34, 28] : null;
  });
}
