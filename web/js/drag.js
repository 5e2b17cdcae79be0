// Cells under a mouse or a finger: tells a tap from a drag from a long press, and carries a picture along. Knows nothing of what is in the cells.

const slack_px = 7;          // a finger is never still
const long_press_ms = 420;

const cell_at = (x, y) => document.elementFromPoint(x, y)?.closest?.('[data-cell]') ?? null;

export class Drag {
  #from = null;      // the cell pressed
  #start = null;
  #ghost = null;
  #timer = 0;
  #pointer = null;
  #over = null;

  // `does`: picture(cell) the element to carry or null, tap(cell, event), menu(cell), move(from, to), out(from).
  constructor(root, does) {
    this.does = does;
    this.root = root;
    root.addEventListener('pointerdown', (event) => this.#down(event));
    root.addEventListener('pointermove', (event) => this.#moved(event));
    root.addEventListener('pointerup', (event) => this.#up(event));
    root.addEventListener('pointercancel', () => this.#end());
    root.addEventListener('contextmenu', (event) => {
      const cell = event.target.closest('[data-cell]');
      if (!cell) return;
      event.preventDefault();
      if (!this.#from) this.does.menu(Number(cell.dataset.cell));
    });
  }

  #down(event) {
    const cell = event.target.closest('[data-cell]');
    if (!cell || event.button !== 0 || this.#from !== null) return;
    this.#from = Number(cell.dataset.cell);
    this.#start = { x: event.clientX, y: event.clientY };
    this.#pointer = event.pointerId;
    if (event.pointerType !== 'mouse') this.#timer = setTimeout(() => this.#pressed_long(), long_press_ms);
  }

  #pressed_long() {
    const from = this.#from;
    this.#end();
    if (from !== null) this.does.menu(from);
  }

  #moved(event) {
    if (this.#from === null || event.pointerId !== this.#pointer) return;
    if (!this.#ghost && Math.hypot(event.clientX - this.#start.x, event.clientY - this.#start.y) > slack_px) this.#lift(event);
    if (!this.#ghost) return;
    this.#ghost.style.transform = `translate(${event.clientX}px, ${event.clientY}px)`;
    const over = cell_at(event.clientX, event.clientY);
    if (over === this.#over) return;
    this.#over?.classList.remove('aimed');
    this.#over = over;
    over?.classList.add('aimed');
  }

  #lift(event) {
    clearTimeout(this.#timer);
    const picture = this.does.picture(this.#from);
    if (!picture) return this.#end();
    this.root.setPointerCapture(event.pointerId);
    this.#ghost = document.createElement('div');
    this.#ghost.className = 'carried';
    this.#ghost.append(picture);
    document.body.append(this.#ghost);
  }

  #up(event) {
    if (this.#from === null || event.pointerId !== this.#pointer) return;
    const from = this.#from;
    const carried = this.#ghost !== null;
    this.#end();
    if (!carried) return this.does.tap(from, event);
    const target = document.elementFromPoint(event.clientX, event.clientY);
    const cell = target?.closest('[data-cell]');
    if (cell) {
      if (Number(cell.dataset.cell) !== from) this.does.move(from, Number(cell.dataset.cell));
    } else if (!this.root.contains(target)) {
      this.does.out(from);
    }
  }

  #end() {
    clearTimeout(this.#timer);
    this.#ghost?.remove();
    this.#over?.classList.remove('aimed');
    this.#from = this.#ghost = this.#over = this.#pointer = null;
  }
}
