// A gamepad: the left stick or the cross walks, the lower button hits, the others are skills, the left shoulder and trigger and the menu button orders to dogs. Asked once per display frame, and only while one is there.

import { read_pad } from './pad_reading.js';

// `find_game` gives the running game or null; `may_play()`: nothing lies over the game that would want the pad.
export function connect_gamepads(find_game, may_play) {
  let told = { x: 0, y: 0, attack: false, skill: 0, order: 0 };
  let watching = false;
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
    tell(watching && may_play() ? read_pad(pads) : { x: 0, y: 0, attack: false, skill: 0, order: 0 });
    if (watching) requestAnimationFrame(look);
  };
  window.addEventListener('gamepadconnected', () => {
    if (!watching) look();
  });
}
