// A gamepad: the left stick or the cross walks, the lower button hits, the others are skills, the left shoulder and trigger and the menu button orders
// to dogs; the back button gives it to the page's own buttons (pad_pointer.js). Asked once per display frame, and only while one is there.

import { Pulses, is_at_rest, read_menu, read_pad } from './pad_reading.js';

const rest = { x: 0, y: 0, attack: false, skill: 0, order: 0 };

// `find_game` gives the running game or null; `may_play()`: nothing lies over the game that would want the pad; `pointer`: PadPointer, `may_point()`:
// whether there is something to point at.
export function connect_gamepads(find_game, may_play, pointer, may_point) {
  let told = rest;
  let watching = false;
  let quiet = false;  // what was pressed for the page is not the game's until it is let go
  const pulses = new Pulses();
  const tell = (reading) => {
    const game = find_game();
    if (!game) return;
    if (reading.x !== told.x || reading.y !== told.y) game.stick(reading.x, reading.y);
    if (reading.attack !== told.attack) game.attack_button(reading.attack);
    if (reading.skill > 0 && reading.skill !== told.skill) game.skill_button(reading.skill);
    if (reading.order > 0 && reading.order !== told.order) game.order_button(reading.order);
    told = reading;
  };
  const look = () => {
    const pads = [...navigator.getGamepads()].filter((pad) => pad?.connected);
    watching = pads.length > 0;
    const begun = pulses.note(read_menu(pads), performance.now());
    if (!watching || !may_point()) pointer.close();
    else if (pointer.tell(begun, performance.now())) quiet = true;
    if (quiet && !pointer.is_open && is_at_rest(pads)) quiet = false;
    tell(watching && !quiet && may_play() ? read_pad(pads) : rest);
    if (watching) requestAnimationFrame(look);
  };
  window.addEventListener('gamepadconnected', () => {
    if (!watching) look();
  });
}
