// Random numbers and smooth noise from a seed: the same map from the same recipe on every machine.

/** A function that gives numbers in [0, 1). Method: mulberry32. */
export function makeRandom(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

function lattice(seed, x, y) {
  let h = Math.imul(x, 0x27d4eb2d) ^ Math.imul(y, 0x165667b1) ^ Math.imul(seed, 0x9e3779b1);
  h = Math.imul(h ^ (h >>> 15), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return ((h ^ (h >>> 16)) >>> 0) / 4294967296;
}

/** Value noise in 0..1 with features about `size` tiles wide, two octaves. */
export function makeNoise(seed, size) {
  const octave = (salt, x, y) => {
    const x0 = Math.floor(x), y0 = Math.floor(y);
    const smooth = (t) => t * t * (3 - 2 * t);
    const u = smooth(x - x0), v = smooth(y - y0);
    const top = lattice(salt, x0, y0) * (1 - u) + lattice(salt, x0 + 1, y0) * u;
    const bottom = lattice(salt, x0, y0 + 1) * (1 - u) + lattice(salt, x0 + 1, y0 + 1) * u;
    return top * (1 - v) + bottom * v;
  };
  return (x, y) => octave(seed, x / size, y / size) * 0.7 + octave(seed + 101, (x * 2.3) / size, (y * 2.3) / size) * 0.3;
}

export const clamp = (value, low, high) => Math.min(high, Math.max(low, value));

/** 0 at `from`, 1 at `to`, smooth between; `from` may be the larger one. */
export function ramp(from, to, value) {
  const t = clamp((value - from) / (to - from), 0, 1);
  return t * t * (3 - 2 * t);
}
