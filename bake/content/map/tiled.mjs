// A map in Tiled's JSON format (https://doc.mapeditor.org/en/stable/reference/json-map-format/): tile layers packed (Base64, zlib), one
// object per line, so that a change of an object shows as a change in a diff. What Tiled takes as zero when it is absent is left out.

import { deflateSync } from 'node:zlib';

import { ground_names, prop_columns } from './tile_picture.mjs';

const tile_height = 64;  // also the length of a tile along both axes for the objects of an isometric map
const px = (tiles) => Math.round(tiles * tile_height);

function tilesets(names) {
  const rows = Math.ceil(names.length / prop_columns);
  const common = { margin: 0, spacing: 0, tilewidth: 128 };
  const tiles = (list) => list.map((type, id) => ({ id, type }));
  return [
    { firstgid: 1, name: 'ground', image: 'ground.png', imagewidth: 128 * ground_names.length, imageheight: 64, columns: ground_names.length,
      tilecount: ground_names.length, tileheight: 64, ...common, tiles: tiles(ground_names) },
    { firstgid: first_prop, name: 'props', image: 'props.png', imagewidth: 128 * prop_columns, imageheight: 128 * rows, columns: prop_columns,
      tilecount: prop_columns * rows, tileheight: 128, ...common, tiles: tiles(names) },
  ];
}
const first_prop = 101;  // room for more grounds, so that the numbers of props stay

function packed(numbers) {
  const bytes = Buffer.alloc(numbers.length * 4);
  numbers.forEach((number, index) => bytes.writeUInt32LE(number, index * 4));
  return deflateSync(bytes, { level: 9 }).toString('base64');
}

/** Tiles as a few rectangles: runs of each row, joined with the same run of the row above. */
function rectangles(side, solid) {
  const out = [];
  let above = new Map();
  for (let y = 0; y < side; ++y) {
    const now = new Map();
    for (let x = 0; x < side; ++x) {
      if (!solid[y * side + x]) continue;
      const from = x;
      while (x < side && solid[y * side + x]) ++x;
      const joined = above.get(`${from} ${x}`);
      if (joined) ++joined[3];
      now.set(`${from} ${x}`, joined ?? out[out.push([from, y, x - from, 1]) - 1]);
    }
    above = now;
  }
  return out;
}

export function toTiled({ side, ground, growth, solid, things, starts, lairs, npcs }, recipe, props) {
  const { border } = recipe;
  const names = Object.keys(props);
  let next_id = 1;
  const object = (type, x, y, width, height, extra) => JSON.stringify({
    id: next_id++, name: '', type, x: px(x), y: px(y), width: px(width), height: px(height), visible: true, ...extra });
  const point = (type, x, y) => object(type, x, y, 0, 0, { point: true });
  const edges = [[0, 0, side, border], [0, side - border, side, border], [0, border, border, side - 2 * border],
                 [side - border, border, border, side - 2 * border]];
  // Painter's order, so that neighbours in the file are neighbours on the map.
  const sorted = [...things].sort((a, b) => a.x + a.y - b.x - b.y || a.x - b.x);
  const property = (name, value) => ({ name, type: typeof value === 'number' ? 'int' : typeof value === 'boolean' ? 'bool' : 'string', value });
  const lair = ({ monster, x, y, packs, respawn_s }) =>
    object(monster, x, y, 0, 0, { point: true, properties: [property('packs', packs), property('respawn_s', respawn_s)] });
  const zone = ({ name, levels, music, light, safe, free_fight, rect, ellipse, polygon }) => {
    const properties = levels ? [property('level_min', levels[0]), property('level_max', levels[1]), property('music', music ?? '')] : [];
    if (light) properties.push({ name: 'light', type: 'color', value: `#ff${light}` });
    if (safe) properties.push(property('safe', true));
    if (free_fight) properties.push(property('free_fight', true));
    if (rect) return object(name, ...rect, { properties });
    if (ellipse) return object(name, ellipse[0] - ellipse[2], ellipse[1] - ellipse[3], 2 * ellipse[2], 2 * ellipse[3], { ellipse: true, properties });
    const [x, y] = polygon[0];
    return object(name, x, y, 0, 0, { polygon: polygon.map((corner) => ({ x: px(corner[0] - x), y: px(corner[1] - y) })), properties });
  };
  const layers = [
    { name: 'blocked', objects: [...edges.map(([x, y, w, h]) => object('edge', x, y, w, h)), ...rectangles(side, solid).map(([x, y, w, h]) => object('rock', x, y, w, h))] },
    { name: 'starts', objects: starts.map(([x, y]) => point('start', x, y)) },
    { name: 'props', objects: sorted.map((thing) => point(thing.prop, thing.x, thing.y)) },
    { name: 'lairs', objects: lairs.map(lair) },
    { name: 'npcs', objects: npcs.map(([who, x, y]) => point(who, x, y)) },
    { name: 'zones', objects: recipe.zones.map(zone) },
  ];
  const tile_layer = (id, name, numbers) =>
    JSON.stringify({ id, name, type: 'tilelayer', x: 0, y: 0, width: side, height: side, opacity: 1, visible: true, encoding: 'base64', compression: 'zlib', data: packed(numbers) });
  const tile_layers = [
    tile_layer(1, 'ground', ground.map((name) => 1 + ground_names.indexOf(name))),
    tile_layer(2, 'growth', growth.map((prop) => (prop ? first_prop + names.indexOf(prop) : 0))),
  ];
  const object_layer = ({ name, objects }, index) =>
    `{"id":${index + 3},"name":"${name}","type":"objectgroup","draworder":"topdown","x":0,"y":0,"opacity":1,"visible":true,` +
    `"objects":[\n${objects.join(',\n')}]}`;
  const inside = (value) => JSON.stringify(value).slice(1, -1);
  const head = { compressionlevel: 9, height: side, infinite: false };
  const tail = { nextlayerid: layers.length + 3, nextobjectid: next_id, orientation: 'isometric', renderorder: 'right-down', tiledversion: '1.8.2',
                 tileheight: tile_height, tilesets: tilesets(names), tilewidth: 128, type: 'map', version: '1.8', width: side };
  return `{${inside(head)},\n"layers":[\n${[...tile_layers, ...layers.map(object_layer)].join(',\n')}],\n${inside(tail)}}\n`;
}
