// The ground tiles as Tiled shows them: three flat diamonds of 128 x 64 pixels in one PNG. The game never sees it.

import { crc32 } from './crc32.mjs';
import { deflateSync } from 'node:zlib';

const colours = [[0x6f, 0x9a, 0x45], [0xb8, 0x93, 0x5a], [0x3f, 0x7f, 0xa8]];
const tile_width = 128;
const tile_height = 64;

function chunk(type, data) {
  const out = Buffer.alloc(data.length + 12);
  out.writeUInt32BE(data.length, 0);
  out.write(type, 4, 'latin1');
  data.copy(out, 8);
  out.writeUInt32BE(crc32(out.subarray(4, data.length + 8)), data.length + 8);
  return out;
}

export function tilePicture() {
  const width = tile_width * colours.length;
  const row = 1 + width * 4;
  const pixels = Buffer.alloc(row * tile_height);
  for (let y = 0; y < tile_height; ++y) {
    for (let x = 0; x < width; ++x) {
      const dx = Math.abs((x % tile_width) + 0.5 - tile_width / 2) / (tile_width / 2);
      const dy = Math.abs(y + 0.5 - tile_height / 2) / (tile_height / 2);
      if (dx + dy > 1.01) continue;
      pixels.set([...colours[Math.floor(x / tile_width)], 255], y * row + 1 + x * 4);
    }
  }
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(tile_height, 4);
  header.set([8, 6, 0, 0, 0], 8);  // 8 bits, RGBA
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  return Buffer.concat([signature, chunk('IHDR', header), chunk('IDAT', deflateSync(pixels, { level: 9 })), chunk('IEND', Buffer.alloc(0))]);
}
