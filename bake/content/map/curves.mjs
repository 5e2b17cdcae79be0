// Curves through given points, and how far a place is from them. All lengths in tiles.

/** Points about a quarter tile apart on a centripetal-looking Catmull-Rom curve through `points`. */
export function curve(points) {
  const out = [];
  const at = (i) => points[Math.min(points.length - 1, Math.max(0, i))];
  for (let i = 0; i + 1 < points.length; ++i) {
    const [a, b, c, d] = [at(i - 1), at(i), at(i + 1), at(i + 2)];
    const steps = Math.max(1, Math.ceil(Math.hypot(c[0] - b[0], c[1] - b[1]) * 4));
    for (let step = 0; step < steps; ++step) {
      const t = step / steps;
      const blend = (k) => 0.5 * (2 * b[k] + (c[k] - a[k]) * t + (2 * a[k] - 5 * b[k] + 4 * c[k] - d[k]) * t * t +
                                  (3 * b[k] - a[k] - 3 * c[k] + d[k]) * t * t * t);
      out.push([blend(0), blend(1)]);
    }
  }
  out.push(points[points.length - 1]);
  return out;
}

/** Distance from every place to the nearest of `lines` (made by curve), answered from a table of half tiles; `far` at most. */
export function distanceField(lines, side, far) {
  const cells = side * 2;
  const table = new Float64Array(cells * cells).fill(far);
  for (const [px, py] of lines.flat()) {
    const low = (v) => Math.max(0, Math.floor((v - far) * 2));
    const high = (v) => Math.min(cells - 1, Math.ceil((v + far) * 2));
    for (let y = low(py); y <= high(py); ++y) {
      for (let x = low(px); x <= high(px); ++x) {
        const distance = Math.hypot((x + 0.5) / 2 - px, (y + 0.5) / 2 - py);
        if (distance < table[y * cells + x]) table[y * cells + x] = distance;
      }
    }
  }
  return (x, y) => {
    const cx = Math.min(cells - 1, Math.max(0, Math.floor(x * 2)));
    const cy = Math.min(cells - 1, Math.max(0, Math.floor(y * 2)));
    return table[cy * cells + cx];
  };
}

/** The point `along` tiles from the start of a line, and the unit vector across it (to its right on the map). */
export function pointAlong(line, along) {
  const index = Math.min(line.length - 2, Math.max(0, Math.round(along * 4)));
  const [a, b] = [line[index], line[index + 1]];
  const length = Math.hypot(b[0] - a[0], b[1] - a[1]) || 1;
  return { x: a[0], y: a[1], across: [-(b[1] - a[1]) / length, (b[0] - a[0]) / length] };
}
