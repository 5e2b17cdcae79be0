// Pressing the page's buttons with a gamepad. While it points, the pad is the page's: the cross or the left stick goes from button to button, the
// lower button presses, the left one shows what else can be done, the right one closes what lies on top; left and right turn a scale or a choice. The back button begins and ends it; it also
// begins by itself when something opens while somebody plays with a pad. What is aimed at is marked, never focused: the keyboard stays with the game.

import { nearest, step, ways } from './pad_steps.js';
import { on_language, text } from './text.js';

const by_id = (id) => document.getElementById(id);
const looks_ms = 350;          // after something opened by itself nothing is pressed: the button was meant for a foe
const hurried_after_ms = 300;  // steps closer than this go faster and faster
const visible = (element) => element.isConnected && element.getClientRects().length > 0 && getComputedStyle(element).visibility === 'visible';
const is_number = (element) => element instanceof HTMLInputElement && element.type === 'number';
const is_scale = (element) => element instanceof HTMLInputElement && element.type === 'range';
const is_choice = (element) => element instanceof HTMLSelectElement;

export class PadPointer {
  #open = false;
  #aimed = null;
  #surface = null;
  #places = new Map();      // where one last aimed on each surface
  #editing = null;          // the number that is being changed
  #hurry = { count: 0, at_ms: -Infinity };
  #panel_was = null;
  #presses_from_ms = 0;

  // `surfaces`, what lies on top first, the last one always there: { name, is_open(), find: selector of what can be pressed, first: selectors of what
  // one wants at first, in that order, panel: whether it opens by itself, close() }. `answer(yes)`: true when a question was waiting for that.
  constructor(surfaces, answer) {
    this.surfaces = surfaces;
    this.answer = answer;
    for (const type of ['keydown', 'pointerdown']) {
      window.addEventListener(type, (event) => {
        if (!event.isTrusted) return;
        document.body.classList.remove('pad');
        this.close();
      }, true);
    }
    on_language(() => this.#tell_how());
  }

  get is_open() { return this.#open; }

  // `pulses` of pad_reading.js, once per display frame; true when they were the page's and not the game's.
  tell(pulses, now_ms) {
    if (Object.keys(pulses).length > 0) document.body.classList.add('pad');
    const used = this.#open ? this.#point(pulses, now_ms) : this.#begin(pulses);
    this.#open_by_itself(now_ms);
    return used || this.#open;
  }

  close() {
    if (!this.#open) return;
    this.#open = false;
    this.#stop_editing();
    this.#aim(null);
    this.#surface = null;
    this.#places.clear();
    document.body.classList.remove('pad-pointing');
    by_id('pad-help').hidden = true;
    this.#place_help();
  }

  #begin(pulses) {
    if (pulses.start && this.answer(true)) return true;
    if (!pulses.back) return false;
    if (!this.answer(false)) this.#show();
    return true;
  }

  #show() {
    this.#open = true;
    document.body.classList.add('pad-pointing');
    by_id('pad-help').hidden = false;
    this.#tell_how();
    this.#keep_aim();
  }

  #open_by_itself(now_ms) {
    const top = this.#top();
    const panel = top.panel ? top : null;
    // What was there before somebody took up a pad opens with the first thing that the pad says.
    if (panel && !document.body.classList.contains('pad')) return;
    if (panel && panel !== this.#panel_was && !this.#open) {
      this.#presses_from_ms = now_ms + looks_ms;
      this.#show();
    }
    this.#panel_was = panel;
  }

  #point(pulses, now_ms) {
    if (pulses.back) {
      this.close();
    } else if (pulses.start && this.answer(true)) {
      return true;
    } else if (this.#editing) {
      this.#edit(pulses, now_ms);
    } else if (pulses.close) {
      this.#back_out();
    } else {
      this.#keep_aim();
      for (const way of Object.keys(ways)) if (pulses[way] && !this.#turn(way)) this.#step(way);
      if (pulses.press && now_ms >= this.#presses_from_ms) this.#press();
      if (pulses.more) this.#aimed?.dispatchEvent(new CustomEvent('pad-more', { bubbles: true }));
    }
    return true;
  }

  #top() { return this.surfaces.find((surface) => surface.is_open()); }
  #candidates() { return [...document.querySelectorAll(this.#surface.find)].filter(visible); }

  // What was aimed at may be gone, or something may lie over it: then it is what is nearest to where that was.
  #keep_aim() {
    const top = this.#top();
    if (top === this.#surface && this.#aimed && visible(this.#aimed)) {
      this.#places.set(top.name, this.#aimed.getBoundingClientRect());
      return;
    }
    const place = this.#places.get(top.name);
    this.#surface = top;
    this.#place_help();
    const all = this.#candidates();
    const wanted = place ? null : (top.first ?? []).map((selector) => [...document.querySelectorAll(selector)].find(visible)).find(Boolean);
    this.#aim(wanted ?? (place ? all[nearest(all.map((one) => one.getBoundingClientRect()), place)] : all[0]) ?? null);
  }

  #aim(element) {
    if (element === this.#aimed) return;
    this.#aimed?.classList.remove('pad-aimed');
    this.#aimed?.dispatchEvent(new PointerEvent('pointerleave', { pointerType: 'mouse' }));
    this.#aimed = element;
    if (!element) return;
    element.classList.add('pad-aimed');
    element.scrollIntoView({ block: 'nearest', inline: 'nearest' });
    element.dispatchEvent(new PointerEvent('pointerenter', { pointerType: 'mouse' }));
    this.#places.set(this.#surface.name, element.getBoundingClientRect());
  }

  #step(way) {
    if (!this.#aimed) return;
    const others = this.#candidates().filter((one) => one !== this.#aimed);
    const to = step(others.map((one) => one.getBoundingClientRect()), this.#aimed.getBoundingClientRect(), way);
    if (to >= 0) this.#aim(others[to]);
  }

  // Left and right change what has a scale or a list of its own; true when it was that.
  #turn(way) {
    const element = this.#aimed;
    const up = { left: -1, right: 1 }[way];
    if (!up || !(is_scale(element) || is_choice(element))) return false;
    if (is_choice(element)) {
      this.#choose(element, Math.min(element.options.length - 1, Math.max(0, element.selectedIndex + up)));
    } else {
      if (up > 0) element.stepUp();
      else element.stepDown();
      element.dispatchEvent(new Event('input', { bubbles: true }));
    }
    return true;
  }

  #choose(element, index) {
    if (index === element.selectedIndex) return;
    element.selectedIndex = index;
    element.dispatchEvent(new Event('change', { bubbles: true }));
  }

  #press() {
    const element = this.#aimed;
    if (!element || element.disabled) return;
    if (is_number(element)) return this.#begin_editing(element);
    if (is_choice(element)) return this.#choose(element, (element.selectedIndex + 1) % element.options.length);
    if (element.dispatchEvent(new CustomEvent('pad-press', { bubbles: true, cancelable: true }))) element.click();
  }

  // Closes what lies on top; with the last panel the pad is the game's again.
  #back_out() {
    const top = this.#top();
    top.close?.();
    if (!top.close || (top.panel && !this.#top().panel)) this.close();
    else this.#keep_aim();
  }

  #begin_editing(element) {
    this.#editing = element;
    this.#hurry = { count: 0, at_ms: -Infinity };
    element.classList.add('pad-editing');
    this.#tell_how();
  }

  #stop_editing() {
    this.#editing?.classList.remove('pad-editing');
    this.#editing = null;
    this.#tell_how();
  }

  #edit(pulses, now_ms) {
    const element = this.#editing;
    const by = (pulses.up ? 1 : 0) - (pulses.down ? 1 : 0) + 10 * ((pulses.right ? 1 : 0) - (pulses.left ? 1 : 0));
    if (by !== 0) {
      const count = now_ms - this.#hurry.at_ms < hurried_after_ms ? this.#hurry.count + 1 : 0;
      this.#hurry = { count, at_ms: now_ms };
      element.value = String(Math.max(Number(element.min) || 0, (Number(element.value) || 0) + by * (count > 40 ? 100 : count > 12 ? 10 : 1)));
    }
    if (!pulses.press && !pulses.close) return;
    this.#stop_editing();
    if (pulses.press) element.dispatchEvent(new CustomEvent('pad-done'));
  }

  // An open dialog covers whatever does not lie in it.
  #place_help() {
    const home = document.querySelector('dialog[open]') ?? document.body;
    if (by_id('pad-help').parentElement !== home) home.append(by_id('pad-help'));
  }

  #tell_how() { by_id('pad-help').textContent = text(this.#editing ? 'pad.number' : 'pad.how'); }
}
