// What a gamepad of the standard layout says. Touches no page.

const dead_zone = 0.22;  // worn sticks do not rest at zero
const [cross_up, cross_down, cross_left, cross_right] = [12, 13, 14, 15];
const attack_buttons = [0, 7];    // the lower one, the right trigger
const skill_buttons = [1, 2, 3, 5];  // right, left, upper, the right shoulder
const order_buttons = [9, 6, 4];     // come: menu; stay: the left trigger; attack: the left shoulder

const menu_buttons = { press: 0, close: 1, more: 2, back: 8, start: 9 };
const pushed = 0.5;  // of the stick: so far is a step
const repeated_after_ms = 380;
const repeated_every_ms = 110;
const stepped = ['up', 'down', 'left', 'right'];

const pressed = (pad, button) => pad.buttons[button]?.pressed ?? false;

// { x, y } of -1..1 on the screen with y down, whether to hit, which skill (1..4, 0 none) and which order (1..3: come, stay, attack; 0 none), of the first pad that says anything.
export function read_pad(pads) {
  for (const pad of pads) {
    let x = pad.axes[0] ?? 0;
    let y = pad.axes[1] ?? 0;
    const length = Math.hypot(x, y);
    // From the rim of the dead zone to the rim of the stick.
    const strength = Math.min(1, Math.max(0, (length - dead_zone) / (1 - dead_zone)));
    x = strength > 0 ? (x / length) * strength : 0;
    y = strength > 0 ? (y / length) * strength : 0;
    if (strength === 0) {
      x = (pressed(pad, cross_right) ? 1 : 0) - (pressed(pad, cross_left) ? 1 : 0);
      y = (pressed(pad, cross_down) ? 1 : 0) - (pressed(pad, cross_up) ? 1 : 0);
    }
    const attack = attack_buttons.some((button) => pressed(pad, button));
    const skill = skill_buttons.findIndex((button) => pressed(pad, button)) + 1;
    const order = order_buttons.findIndex((button) => pressed(pad, button)) + 1;
    if (x !== 0 || y !== 0 || attack || skill > 0 || order > 0) return { x, y, attack, skill, order };
  }
  return { x: 0, y: 0, attack: false, skill: 0, order: 0 };
}

// What the pads say to buttons on the screen: { up, down, left, right, press, close, more, back, start }, each held or not.
export function read_menu(pads) {
  const any = (holds) => pads.some(holds);
  const way = (cross, axis, sign) => any((pad) => pressed(pad, cross) || (pad.axes[axis] ?? 0) * sign > pushed);
  const held = { up: way(cross_up, 1, -1), down: way(cross_down, 1, 1), left: way(cross_left, 0, -1), right: way(cross_right, 0, 1) };
  for (const [name, button] of Object.entries(menu_buttons)) held[name] = any((pad) => pressed(pad, button));
  return held;
}

// Nothing is held: neither a button nor a way.
export const is_at_rest = (pads) => pads.every((pad) => !pad.buttons.some((button) => button?.pressed)) && !stepped.some((name) => read_menu(pads)[name]);

// Makes single steps of what is held: each button once, ways again and again while they are held.
export class Pulses {
  #next_ms = {};

  // `held`: read_menu(); { NAME: true } of what begins now or is repeated.
  note(held, now_ms) {
    const begun = {};
    for (const [name, is_held] of Object.entries(held)) {
      const first = !(name in this.#next_ms);
      if (!is_held) {
        delete this.#next_ms[name];
      } else if (first || (stepped.includes(name) && now_ms >= this.#next_ms[name])) {
        begun[name] = true;
        this.#next_ms[name] = now_ms + (first ? repeated_after_ms : repeated_every_ms);
      }
    }
    return begun;
  }
}
