// Fetches what play needs and says how far it is, in bytes that really arrived. manifest.json (made when the page is put together)
// knows every file's size and hash; the hash goes into the address, so that a browser's old copy is never mixed with a new one.

import { text } from './text.js';

// With a sentence in the player's language.
export class LoadError extends Error {}

export async function fetch_manifest() {
  const response = await fetch('manifest.json', { cache: 'no-cache' });
  if (!response.ok) throw new LoadError(text('load.no_list', { status: response.status }));
  return (await response.json()).files;
}

// One file as bytes; counts each piece as it arrives.
async function fetch_counted(name, entry, count) {
  const response = await fetch(`${name}?${entry.hash}`);
  if (!response.ok) throw new LoadError(text('load.no_file', { name, status: response.status }));
  const bytes = new Uint8Array(entry.bytes);
  const reader = response.body.getReader();
  let at = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    if (at + value.length > bytes.length) throw new LoadError(text('load.too_large', { name }));
    bytes.set(value, at);
    at += value.length;
    count(value.length);
  }
  if (at !== bytes.length) throw new LoadError(text('load.ended_early', { name }));
  return bytes;
}

function load_script(address) {
  return new Promise((resolve, reject) => {
    const script = document.createElement('script');
    script.src = address;
    script.onload = resolve;
    script.onerror = () => reject(new LoadError(text('load.no_program')));
    document.head.append(script);
  });
}

// Premultiplied, because that is how the game draws; decoded off the main thread where the browser can.
function decode_picture(bytes) {
  return createImageBitmap(new Blob([bytes]), { premultiplyAlpha: 'premultiply', colorSpaceConversion: 'none' });
}

const page_number = (name) => Number(name.match(/\d+/)?.[0] ?? 0);

// A file of the manifest as bytes, without a bar to show.
export async function fetch_file(files, name) {
  if (!files[name]) throw new LoadError(text('load.not_listed', { name }));
  return fetch_counted(name, files[name], () => {});
}

// `progress(done_bytes, total_bytes)`. Returns { wasm, content, atlas, pictures, fetch_picture, fetch_region }, the last two for pages and parts of the map that come later; client.js has then defined createCudgel.
export async function load_game(progress) {
  const files = await fetch_manifest();
  const pages = Object.keys(files).filter((name) => /^atlas_\d+\.(webp|png)$/.test(name)).sort((a, b) => page_number(a) - page_number(b));
  const wanted = ['client.wasm', 'page.bin', 'atlas.bin', ...pages];
  for (const name of [...wanted, 'client.js']) if (!files[name]) throw new LoadError(text('load.not_listed', { name }));
  const total = wanted.reduce((sum, name) => sum + files[name].bytes, 0);
  let done = 0;
  const count = (bytes) => progress(done += bytes, total);
  progress(0, total);
  const fetched = wanted.map((name) => fetch_counted(name, files[name], count));
  const [wasm, content, atlas, ...pictures] = await Promise.all([
    ...fetched.slice(0, 3),
    ...fetched.slice(3).map(async (bytes) => decode_picture(await bytes)),
    load_script(`client.js?${files['client.js'].hash}`),
  ]);
  const fetch_picture = async (name) => decode_picture(await fetch_file(files, name));
  return { wasm, content, atlas, pictures: pictures.slice(0, pages.length), fetch_picture, fetch_region: (name) => fetch_file(files, name) };
}
