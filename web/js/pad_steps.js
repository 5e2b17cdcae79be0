// Where a step of the cross leads among things on the screen. Touches no page.

export const ways = { up: [0, -1], down: [0, 1], left: [-1, 0], right: [1, 0] };
// A thing straight ahead is taken before a nearer one aside: so much counts a gap to the side, and so much how far aside its middle is.
const aside_weight = 3;
const middle_weight = 0.3;

const middle = ({ left, right, top, bottom }) => [(left + right) / 2, (top + bottom) / 2];
// How far two stretches are apart, 0 when they overlap.
const gap = (from_a, to_a, from_b, to_b) => Math.max(0, from_a - to_b, from_b - to_a);

// Index of the box that a step leads to from `from`, -1 when there is none on that side. Boxes: { left, right, top, bottom }.
export function step(boxes, from, way) {
  const [x, y] = ways[way];
  const [from_x, from_y] = middle(from);
  let best = -1;
  let best_cost = Infinity;
  boxes.forEach((box, index) => {
    const [to_x, to_y] = middle(box);
    const along = (to_x - from_x) * x + (to_y - from_y) * y;
    if (along <= 1) return;
    const aside = x ? gap(from.top, from.bottom, box.top, box.bottom) : gap(from.left, from.right, box.left, box.right);
    const cost = along + aside_weight * aside + middle_weight * Math.abs(x ? to_y - from_y : to_x - from_x);
    if (cost < best_cost) [best, best_cost] = [index, cost];
  });
  return best;
}

// Index of the box whose middle is nearest to that of `from`, -1 without any.
export function nearest(boxes, from) {
  const [from_x, from_y] = middle(from);
  const distances = boxes.map((box) => Math.hypot(middle(box)[0] - from_x, middle(box)[1] - from_y));
  return distances.indexOf(Math.min(...distances));
}
