// Makes sure that everybody can get everywhere: finds what nobody can reach from the starts and opens it by taking a tree away.

/** 1 where nobody can walk, as the baker will see it. `footprint(prop)` is [width, height] in tiles, or null when it blocks nothing. */
function blockedTiles({ side, ground, things }, border, footprint) {
  const blocked = new Uint8Array(side * side);
  const block = (x, y) => { if (x >= 0 && y >= 0 && x < side && y < side) blocked[y * side + x] = 1; };
  for (let y = 0; y < side; ++y) {
    for (let x = 0; x < side; ++x) {
      if (ground[y * side + x] === 2 || Math.min(x, y, side - 1 - x, side - 1 - y) < border) block(x, y);
    }
  }
  for (const thing of things.list) {
    const tiles = footprint(thing.prop);
    if (!tiles) continue;
    const x0 = Math.floor(thing.x - tiles[0] / 2 + 0.5), y0 = Math.floor(thing.y - tiles[1] / 2 + 0.5);
    for (let y = y0; y < y0 + tiles[1]; ++y) for (let x = x0; x < x0 + tiles[0]; ++x) block(x, y);
  }
  return blocked;
}

function flood(side, blocked, reached, from) {
  const todo = [from];
  const found = [];
  while (todo.length > 0) {
    const [x, y] = todo.pop();
    if (x < 0 || y < 0 || x >= side || y >= side || blocked[y * side + x] || reached[y * side + x]) continue;
    reached[y * side + x] = 1;
    found.push([x, y]);
    todo.push([x - 1, y], [x + 1, y], [x, y - 1], [x, y + 1]);
  }
  return found;
}

/** Takes away trees until no pocket is closed. Returns how many were taken. */
export function openPockets(map, border, footprint) {
  const { side, things } = map;
  for (let taken = 0; ; ++taken) {
    const blocked = blockedTiles(map, border, footprint);
    const reached = new Uint8Array(side * side);
    for (const [x, y] of map.starts) {
      if (blocked[Math.floor(y) * side + Math.floor(x)]) throw new Error(`the start at ${x}, ${y} is blocked`);
      flood(side, blocked, reached, [Math.floor(x), Math.floor(y)]);
    }
    const main = Uint8Array.from(reached);
    let opener = null;
    for (let i = 0; i < side * side && !opener; ++i) {
      if (blocked[i] || reached[i]) continue;
      const pocket = new Set(flood(side, blocked, reached, [i % side, Math.floor(i / side)]).map(([x, y]) => y * side + x));
      opener = things.list.find((thing) => {
        if (!/^(oak|pine|stump|boulder)/.test(thing.prop)) return false;
        const x = Math.floor(thing.x), y = Math.floor(thing.y);
        if (Math.min(x, y, side - 1 - x, side - 1 - y) < border || map.ground[y * side + x] === 2) return false;
        const around = [y * side + x - 1, y * side + x + 1, (y - 1) * side + x, (y + 1) * side + x];
        return around.some((tile) => pocket.has(tile)) && around.some((tile) => main[tile]);
      }) ?? null;
    }
    if (!opener) return taken;
    things.remove(opener);
  }
}
