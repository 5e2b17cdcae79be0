// Stick and button for thumbs. They appear when a finger touches the screen or the device says that fingers are what it has.

const by_id = (id) => document.getElementById(id);

export function watch_for_fingers() {
  const fingers = () => document.body.classList.add('touch');
  if (matchMedia('(pointer: coarse)').matches) fingers();
  window.addEventListener('touchstart', fingers, { once: true, passive: true });
}

// `find_game` gives the running game or null.
export function connect_stick(find_game) {
  const stick = by_id('stick');
  const knob = stick.firstElementChild;
  let holding = null;
  const point = (event) => {
    const box = stick.getBoundingClientRect();
    const reach = box.width / 2;
    let x = (event.clientX - box.left - reach) / (reach * 0.75);
    let y = (event.clientY - box.top - reach) / (reach * 0.75);
    const length = Math.hypot(x, y);
    if (length > 1) { x /= length; y /= length; }
    knob.style.transform = `translate(${x * reach * 0.6}px, ${y * reach * 0.6}px)`;
    find_game()?.stick(x, y);
  };
  const let_go = (event) => {
    if (event.pointerId !== holding) return;
    holding = null;
    knob.style.transform = '';
    find_game()?.stick(0, 0);
  };
  stick.addEventListener('pointerdown', (event) => {
    event.preventDefault();
    holding = event.pointerId;
    stick.setPointerCapture(holding);
    point(event);
  });
  stick.addEventListener('pointermove', (event) => { if (event.pointerId === holding) point(event); });
  for (const type of ['pointerup', 'pointercancel', 'lostpointercapture']) stick.addEventListener(type, let_go);
}

export function connect_attack(find_game) {
  const button = by_id('attack');
  const press = (down) => {
    button.classList.toggle('down', down);
    find_game()?.attack_button(down);
  };
  button.addEventListener('pointerdown', (event) => {
    event.preventDefault();  // the canvas keeps the keyboard
    button.setPointerCapture(event.pointerId);
    press(true);
  });
  for (const type of ['pointerup', 'pointercancel', 'lostpointercapture']) button.addEventListener(type, () => press(false));
  button.addEventListener('contextmenu', (event) => event.preventDefault());
}
