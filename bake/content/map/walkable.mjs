// Makes sure that everybody can get everywhere: finds what nobody can reach from the starts and takes away what stands between.

const pocket_tiles_max = 4;  // a nook between trees may stay closed

/** 1 where nobody can walk, as the baker will see it. */
function blockedTiles({ side, ground, growth, solid, things }, border, props) {
  const blocked = new Uint8Array(side * side);
  const block = (x, y) => { if (x >= 0 && y >= 0 && x < side && y < side) blocked[y * side + x] = 1; };
  for (let y = 0; y < side; ++y) {
    for (let x = 0; x < side; ++x) {
      const grown = growth[y * side + x];
      if (solid[y * side + x] || ground[y * side + x] === 'water' || (grown && props[grown].blocks) || Math.min(x, y, side - 1 - x, side - 1 - y) < border) block(x, y);
    }
  }
  for (const { prop, x, y } of things) {
    if (!props[prop].blocks) continue;
    const { width_tiles: w = 1, height_tiles: h = 1 } = props[prop];
    const x0 = Math.floor(x - w / 2 + 0.5), y0 = Math.floor(y - h / 2 + 0.5);
    for (let ty = y0; ty < y0 + h; ++ty) for (let tx = x0; tx < x0 + w; ++tx) block(tx, ty);
  }
  return blocked;
}

function flood(side, blocked, reached, from) {
  const todo = [from];
  const found = [];
  while (todo.length > 0) {
    const tile = todo.pop();
    if (blocked[tile] || reached[tile]) continue;
    reached[tile] = 1;
    found.push(tile);
    const x = tile % side;
    if (x > 0) todo.push(tile - 1);
    if (x + 1 < side) todo.push(tile + 1);
    if (tile >= side) todo.push(tile - side);
    if (tile + side < side * side) todo.push(tile + side);
  }
  return found;
}

/** The fewest things to take away so that the pocket meets what is reached: tiles on the way there, or null. */
function wayOut({ side, growth }, blocked, reached, pocket, border) {
  const cost = new Map(pocket.map((tile) => [tile, 0])), from = new Map();
  let now = pocket, next = [];
  for (let taken = 0; taken < 12 && now.length > 0; ++taken) {
    const todo = [...now];
    while (todo.length > 0) {
      const tile = todo.pop();
      if (reached[tile]) {
        const way = [];
        for (let at = tile; at !== undefined; at = from.get(at)) if (growth[at] && blocked[at]) way.push(at);
        return way;
      }
      for (const step of [-1, 1, -side, side]) {
        const other = tile + step, x = other % side, y = Math.floor(other / side);
        if (cost.has(other) || Math.min(x, y, side - 1 - x, side - 1 - y) < border) continue;
        if (blocked[other] && !growth[other]) continue;  // water, or something that a person put there
        cost.set(other, taken + blocked[other]);
        from.set(other, tile);
        (blocked[other] ? next : todo).push(other);
      }
    }
    [now, next] = [next, []];
  }
  return null;
}

/** Takes away what grows until no pocket is closed, fills what cannot be opened. Sets map.blocked and map.reached. Returns how much was taken. */
export function openPockets(map, border, props) {
  const { side, growth } = map;
  let taken = 0;
  for (let round = 0; round < 40; ++round) {
    const blocked = blockedTiles(map, border, props);
    const reached = new Uint8Array(side * side);
    for (const [x, y] of map.starts) {
      const tile = Math.floor(y) * side + Math.floor(x);
      if (blocked[tile]) throw new Error(`the start at ${x}, ${y} is blocked`);
      flood(side, blocked, reached, tile);
    }
    for (const [x, y] of map.starts) {
      for (let dy = -1; dy <= 1; ++dy) {
        for (let dx = -1; dx <= 1; ++dx) {
          if (blocked[(Math.floor(y) + dy) * side + Math.floor(x) + dx]) throw new Error(`there is no room around the start at ${x}, ${y}: ${dx}, ${dy}`);
        }
      }
    }
    Object.assign(map, { blocked, reached: Uint8Array.from(reached) });
    const seen = Uint8Array.from(reached);
    let closed = 0;
    for (let tile = 0; tile < side * side; ++tile) {
      if (blocked[tile] || seen[tile]) continue;
      const pocket = flood(side, blocked, seen, tile);
      if (pocket.length <= pocket_tiles_max) continue;
      ++closed;
      const way = wayOut(map, blocked, reached, pocket, border);
      if (way === null) throw new Error(`the pocket at ${tile % side}, ${Math.floor(tile / side)} (${pocket.length} tiles) cannot be opened`);
      for (const at of way) growth[at] = null;
      taken += way.length;
    }
    if (closed === 0) return taken;
  }
  throw new Error('there are always more pockets');
}
