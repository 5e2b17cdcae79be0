// A gamepad of the standard layout as the browser would tell of it, put in its place.

import { check } from './harness.mjs';

export const button = { lower: 0, right: 1, left: 2, upper: 3, back: 8, start: 9 };
const cross = { up: 12, down: 13, left: 14, right: 15 };
// Longer than a display frame takes on a busy machine: the page looks once per frame.
const held_ms = 160;

export class Pad {
  static async plug_into(page) {
    const pad = new Pad();
    pad.page = page;
    await page.evaluate(() => {
      const plugged = { connected: true, axes: [0, 0, 0, 0], buttons: Array.from({ length: 17 }, () => ({ pressed: false })) };
      window.test_pad = plugged;
      navigator.getGamepads = () => [null, plugged];
      window.dispatchEvent(new Event('gamepadconnected'));
    });
    return pad;
  }

  push(x, y) { return this.page.evaluate((axes) => { window.test_pad.axes = axes; }, [x, y, 0, 0]); }

  // Held until a display frame has seen it (the page's own callback comes before ours), and let go until another has. No longer: what is held is repeated.
  async press(number) {
    await this.page.evaluate(async (which) => {
      const frame = () => new Promise((resolve) => requestAnimationFrame(() => resolve()));
      window.test_pad.buttons[which].pressed = true;
      await frame();
      window.test_pad.buttons[which].pressed = false;
      await frame();
      await frame();
    }, number);
  }

  // Until what is aimed at lies in what the selector names: a list that was just drawn anew is aimed at with the next display frame.
  aims_into(selector) { return this.page.waitForSelector(`${selector} .pad-aimed`); }

  // Goes by the cross toward what the selector names, one step after the other, until it is aimed at.
  async aim(selector) {
    await this.page.waitForSelector(selector);
    const been = [];
    for (let steps = 0; steps < 60; ++steps) {
      const [here, way] = await this.page.locator(selector).first().evaluate((wanted) => {
        const aimed = document.querySelector('.pad-aimed');
        if (!aimed) return ['nothing', ''];
        if (aimed === wanted) return ['there', ''];
        const middle = (element) => {
          const box = element.getBoundingClientRect();
          return [(box.left + box.right) / 2, (box.top + box.bottom) / 2];
        };
        const [x, y] = middle(aimed);
        const [to_x, to_y] = middle(wanted);
        // Left and right turn a scale or a choice.
        const turns = aimed.matches('input[type=range], select');
        const sideways = !turns && Math.abs(to_x - x) > Math.abs(to_y - y);
        const name = aimed.id || aimed.getAttribute('aria-label') || aimed.textContent;
        return [name, sideways ? (to_x > x ? 'right' : 'left') : (to_y > y ? 'down' : 'up')];
      });
      if (here === 'there') return;
      been.push(`${here} ${way}`);
      // Straight on twice from the same place leads nowhere: round about it.
      const stuck = been.length > 1 && been.at(-1) === been.at(-2);
      const aside = { left: 'down', right: 'up', up: 'left', down: 'right' };
      if (way) await this.press(cross[stuck ? aside[way] : way]);
      else await this.page.waitForTimeout(held_ms);
    }
    check(false, `the cross does not lead to ${selector}: ${been.slice(-12).join(', ')}`);
  }

  // Aims there and presses.
  async choose(selector) {
    await this.aim(selector);
    await this.press(button.lower);
  }

  step(way) { return this.press(cross[way]); }
}
