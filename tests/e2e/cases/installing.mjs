// Installing: what a browser asks of a page before it offers that, and that the service worker never keeps an old client before a newer server.

import { createHash } from 'node:crypto';
import { appendFileSync, cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { Visitor } from '../lib/browser.mjs';
import { check, soon } from '../lib/harness.mjs';
import { Server, web } from '../lib/server.mjs';
import { on_stage } from '../lib/stage.mjs';

const hash_of = (bytes) => createHash('sha256').update(bytes).digest('hex').slice(0, 12);

// Another build: the page says so, and a file that is fetched by its hash has other bytes.
function newer_build() {
  const folder = mkdtempSync(join(tmpdir(), 'cudgel-web-'));
  cpSync(web, folder, { recursive: true });
  const replace = (name, from, to) => {
    const before = readFileSync(join(folder, name), 'utf8');
    check(before.includes(from), `${name} lacks ${from}`);
    writeFileSync(join(folder, name), before.replace(from, to));
    rmSync(join(folder, `${name}.gz`), { force: true });
  };
  replace('index.html', '<html lang="en">', '<html lang="en" data-build="newer">');
  const old_hash = hash_of(readFileSync(join(folder, 'client.js')));
  appendFileSync(join(folder, 'client.js'), '\nwindow.is_newer = true;\n');
  rmSync(join(folder, 'client.js.gz'), { force: true });
  replace('manifest.json', old_hash, hash_of(readFileSync(join(folder, 'client.js'))));
  return { folder, old_hash };
}

const is_newer = (page) => page.evaluate(() => document.documentElement.dataset.build === 'newer');

async function loaded(visitor, url) {
  await visitor.page.goto(url);
  await visitor.page.waitForSelector('#loading.done', { state: 'attached' });
}

// Addresses that the worker keeps.
const kept = (page) => page.evaluate(async () => (await (await caches.open('cudgel')).keys()).map(({ url }) => new URL(url).pathname + new URL(url).search));

// Goal: a new server brings a new client at the next load, though the worker has the old one; and without any server the page still opens and says so.
// Method: two builds on the same port, one browser; then none.
async function a_new_server_brings_a_new_client({ browser }) {
  const { folder, old_hash } = newer_build();
  let server = await Server.start();
  const visitor = await Visitor.open(browser);
  try {
    const { page } = visitor;
    await loaded(visitor, server.url);
    await page.waitForFunction(() => navigator.serviceWorker.controller !== null);
    await loaded(visitor, server.url);  // this time through the worker
    await page.waitForFunction(async (hash) => Boolean(await caches.match(`client.js?${hash}`, { ignoreVary: true })), old_hash);
    await soon(async () => (await kept(page)).some((path) => path.startsWith('/client.wasm?')), async () => `kept: ${await kept(page)}`);
    const { port, url } = server;
    await server.stop();
    server = await Server.start({ port, web: folder });
    await loaded(visitor, url);
    await soon(() => is_newer(page), 'the page is the old one');
    await soon(async () => await page.evaluate(() => window.is_newer === true), 'the program is the old one');
    await page.waitForFunction(async (hash) => !await caches.match(`client.js?${hash}`, { ignoreVary: true }), old_hash);
    // The old one goes a moment before the new one comes.
    const copies = async () => (await kept(page)).filter((path) => path.startsWith('/client.js'));
    await soon(async () => (await copies()).length === 1, async () => `copies of one file: ${await copies()}`);
    await server.stop();
    await page.reload();
    await page.waitForSelector('#loading.done', { state: 'attached' });
    await soon(() => is_newer(page), 'the page should open without a server');
    await page.click('#go');
    await page.waitForFunction(() => document.getElementById('trouble').textContent !== '');
    check(/answer|reach|connect/i.test(await page.textContent('#trouble')), `without a server it says: ${await page.textContent('#trouble')}`);
  } finally {
    await visitor.close().catch(() => {});
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

// Goal: the browser finds everything it asks for before it offers to install. Method: the manifest as Chromium reads it, and every icon in it.
async function the_page_can_be_installed({ browser }) {
  await on_stage(browser, {}, async ({ server, title }) => {
    const visitor = await title();
    const devtools = await visitor.context.newCDPSession(visitor.page);
    const { data, errors } = await devtools.send('Page.getAppManifest');
    check(errors.length === 0, `the manifest: ${JSON.stringify(errors)}`);
    const { icons } = JSON.parse(data);
    for (const { src, type, purpose, sizes } of icons) {
      const answer = await fetch(`${server.url}/${src}`);
      check(answer.ok && answer.headers.get('content-type') === type, `${src}: ${answer.status} ${answer.headers.get('content-type')}`);
      const side = await visitor.page.evaluate(async (address) => {
        const image = new Image();
        image.src = address;
        await image.decode();
        return image.naturalWidth;
      }, src);
      check(sizes === `${side}x${side}`, `${src} is ${side} wide, not ${sizes}`);
      check(purpose === 'any' || purpose === 'maskable', purpose);
    }
    check(icons.some(({ purpose }) => purpose === 'maskable'), 'no icon may be cut to a shape');
  });
}

export const installing_cases = [a_new_server_brings_a_new_client, the_page_can_be_installed].map((run) => ({ name: run.name, run }));
