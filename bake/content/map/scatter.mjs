// Scatters things so that they look grown: never closer than their kind wants, thick where the recipe says thick (blue noise by
// dart throwing, R. Cook, "Stochastic Sampling in Computer Graphics", 1986).

/** Things on the map with a quick answer to "who stands near?". */
export class Things {
  constructor(side) {
    this.side = side;
    this.cells = new Map();
    this.list = [];
  }
  key(x, y) { return Math.floor(y / 2) * 1000 + Math.floor(x / 2); }
  add(prop, x, y, tall) {
    const thing = { prop, x, y, tall };
    this.list.push(thing);
    const key = this.key(x, y);
    if (!this.cells.has(key)) this.cells.set(key, []);
    this.cells.get(key).push(thing);
    return thing;
  }
  remove(thing) {
    this.list.splice(this.list.indexOf(thing), 1);
    const cell = this.cells.get(this.key(thing.x, thing.y));
    cell.splice(cell.indexOf(thing), 1);
  }
  /** Is anything that `counts` nearer than `distance` (up to 4 tiles)? */
  near(x, y, distance, counts) {
    const reach = Math.ceil(distance / 2);
    for (let dy = -reach; dy <= reach; ++dy) {
      for (let dx = -reach; dx <= reach; ++dx) {
        for (const other of this.cells.get(this.key(x + dx * 2, y + dy * 2)) ?? []) {
          if (Math.hypot(other.x - x, other.y - y) < distance && counts(other)) return true;
        }
      }
    }
    return false;
  }
}

/**
 * Throws darts over the whole map. `thickness(x, y)` in 0..1 is the chance that a free place is taken there, `spacing(x, y)` how
 * near the next of its own layer (`counts`) may stand, `put(x, y)` places it.
 */
export function scatter(things, random, { spacing, thickness, counts, put, throws }) {
  const side = things.side;
  for (let i = 0; i < throws; ++i) {
    const x = random() * side, y = random() * side;
    const chance = thickness(x, y);
    if (chance <= 0 || random() > chance) continue;
    if (things.near(x, y, spacing(x, y), counts)) continue;
    put(x, y);
  }
}
