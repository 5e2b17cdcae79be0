// Headless Chromium with software WebGL and a new empty profile, and pages that are players.

import { join } from 'node:path';
import { chromium } from 'playwright-core';

import { output_dir } from './paths.mjs';

const chromium_args = [
  '--no-sandbox', '--use-angle=swiftshader-webgl', '--enable-unsafe-swiftshader', '--disable-quic', '--no-first-run',
  '--disable-background-networking', '--disable-component-update', '--disable-sync',
];

// Fetching, decoding and compiling on a busy machine.
export const loading_ms = 90000;

export const desktop = { viewport: { width: 1280, height: 720 } };
export const phone = { viewport: { width: 390, height: 844 }, deviceScaleFactor: 3, isMobile: true, hasTouch: true };
export const phone_landscape = { viewport: { width: 844, height: 390 }, deviceScaleFactor: 3, isMobile: true, hasTouch: true };

export function launch() {
  return chromium.launch({ executablePath: process.env.CUDGEL_CHROMIUM ?? '/usr/bin/chromium', args: chromium_args });
}

// A page in a context of its own. Whatever the page complains about is kept in `complaints`.
export class Visitor {
  static async open(browser, context_options = desktop) {
    const visitor = new Visitor();
    visitor.context = await browser.newContext(context_options);
    visitor.context.setDefaultTimeout(loading_ms);
    visitor.page = await visitor.context.newPage();
    visitor.complaints = [];
    visitor.page.on('pageerror', (error) => visitor.complaints.push(error.message));
    visitor.page.on('console', (message) => {
      // A server that was stopped on purpose shows as a failed load; that is no complaint about the page.
      const expected = /WebSocket connection to|net::ERR_CONNECTION/.test(message.text());
      if (message.type() === 'error' && !expected) visitor.complaints.push(`${message.text()} (${message.location().url})`);
    });
    return visitor;
  }

  // Straight into the game by the page's own parameters.
  async join(server, { name, class_name = 'warrior' }) {
    await this.page.goto(`${server.url}/?name=${encodeURIComponent(name)}&class=${class_name}&join=1`);
    return this.entered('in the world');
  }

  // Waits until the world is there and the canvas has the keyboard, which the page gives it a moment later; returns the state.
  async entered(what) {
    const state = await this.until(what, ({ connected, self }) => connected && self, loading_ms);
    await this.page.waitForSelector('body:not(.at-title) #hud:not([hidden])');
    return state;
  }

  state() { return this.page.evaluate(() => window.cudgel.state()); }

  // Waits until `holds(state, events)`; returns the state. The error says what the state was.
  async until(what, holds, timeout_ms = 30000) {
    const end_ms = Date.now() + timeout_ms;
    for (;;) {
      const [state, events] = await this.page.evaluate(() => [window.cudgel.state(), window.cudgel.events()]);
      if (holds(state, events)) return state;
      if (Date.now() > end_ms) {
        await this.shot(`failed_${what.replace(/\W+/g, '_')}`).catch(() => {});
        throw new Error(`not ${what} within ${timeout_ms} ms: ${JSON.stringify({ ...state, entities: state.entities.slice(0, 5) })}; last events ${JSON.stringify(events.slice(-3))}`);
      }
      await this.page.waitForTimeout(50);
    }
  }

  shot(name) { return this.page.screenshot({ path: join(output_dir, `${name}.png`) }); }

  async close() {
    if (this.closed) return;
    this.closed = true;
    await this.context.close();
  }
}

// "16 tiles in every direction": the larger of the two differences.
export const tiles_between = (a, b) => Math.max(Math.abs(a.x - b.x), Math.abs(a.y - b.y));

// The walking key that leads toward the middle of an arena of this side, and the signs of its way on the map: a start near the edge is no obstacle.
export function key_inward({ x, y }, side) {
  const signs = [x < side / 2 ? 1 : -1, y < side / 2 ? 1 : -1];
  const keys = { '-1,-1': 'KeyW', '1,1': 'KeyS', '1,-1': 'KeyD', '-1,1': 'KeyA' };
  return { key: keys[signs], signs };
}

// Where a tile lies on the screen, in CSS pixels: the same projection as client/game's camera, the own character at 52 % of the height.
export function screen_of(state, viewport, at) {
  const zoom = viewport.width / 2 / 2048 + viewport.height / 2 / 1024;
  const dx = at.x - state.self.x;
  const dy = at.y - state.self.y;
  return { x: viewport.width / 2 + (dx - dy) * 64 * zoom, y: viewport.height * 0.52 + (dx + dy) * 32 * zoom };
}
