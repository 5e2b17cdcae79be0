// A map in Tiled's JSON format (https://doc.mapeditor.org/en/stable/reference/json-map-format/), one row of tiles and one object
// per line, so that a change shows as a change in a diff. What Tiled takes as zero when it is absent is left out.

const tile_height = 64;  // also the length of a tile along both axes for the objects of an isometric map
const px = (tiles) => Math.round(tiles * tile_height);

function tileset() {
  return {
    firstgid: 1, name: 'ground', image: 'ground.png', imagewidth: 384, imageheight: 64, margin: 0, spacing: 0, columns: 3, tilecount: 3,
    tilewidth: 128, tileheight: 64, tiles: ['grass', 'path', 'water'].map((type, id) => ({ id, type })),
  };
}

export function toTiled({ side, ground, things, starts, lairs, npcs }, border) {
  let next_id = 1;
  const object = (type, x, y, width, height, extra) => JSON.stringify({
    id: next_id++, name: '', type, x: px(x), y: px(y), width: px(width), height: px(height), visible: true, ...extra });
  const point = (type, x, y) => object(type, x, y, 0, 0, { point: true });
  const edges = [[0, 0, side, border], [0, side - border, side, border], [0, border, border, side - 2 * border],
                 [side - border, border, border, side - 2 * border]];
  // Painter's order, so that neighbours in the file are neighbours on the map.
  const sorted = [...things.list].sort((a, b) => a.x + a.y - b.x - b.y || a.x - b.x);
  const int = (name, value) => ({ name, type: 'int', value });
  const lair = ([monster, x, y, packs, respawn_s]) =>
    object(monster, x, y, 0, 0, { point: true, properties: [int('packs', packs), int('respawn_s', respawn_s)] });
  const layers = [
    { name: 'blocked', objects: edges.map(([x, y, w, h]) => object('edge', x, y, w, h)) },
    { name: 'starts', objects: starts.map(([x, y]) => point('start', x, y)) },
    { name: 'props', objects: sorted.map((thing) => point(thing.prop, thing.x, thing.y)) },
    { name: 'lairs', objects: lairs.map(lair) },
    { name: 'npcs', objects: npcs.map(([who, x, y]) => point(who, x, y)) },
  ];
  const rows = [];
  for (let y = 0; y < side; ++y) rows.push(Array.from(ground.subarray(y * side, (y + 1) * side), (g) => g + 1).join(','));

  const head = { compressionlevel: -1, height: side, infinite: false };
  const tail = { nextlayerid: 7, nextobjectid: next_id, orientation: 'isometric', renderorder: 'right-down', tiledversion: '1.8.2',
                 tileheight: tile_height, tilesets: [tileset()], tilewidth: 128, type: 'map', version: '1.8', width: side };
  const ground_layer = `{"id":1,"name":"ground","type":"tilelayer","x":0,"y":0,"width":${side},"height":${side},"opacity":1,"visible":true,` +
                       `"data":[\n${rows.join(',\n')}]}`;
  const object_layer = ({ name, objects }, index) =>
    `{"id":${index + 2},"name":"${name}","type":"objectgroup","draworder":"topdown","x":0,"y":0,"opacity":1,"visible":true,` +
    `"objects":[\n${objects.join(',\n')}]}`;
  const inside = (value) => JSON.stringify(value).slice(1, -1);
  return `{${inside(head)},\n"layers":[\n${[ground_layer, ...layers.map(object_layer)].join(',\n')}],\n${inside(tail)}}\n`;
}
