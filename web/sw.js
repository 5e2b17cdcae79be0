// The service worker: makes the page installable, quick to open again, and able to say without a network that there is none. It never stands between a page
// and a newer server:
//
//   NAME?HASH   (loader.js, hash from manifest.json)   kept copy, if there is one; its bytes were checked against the hash before they were kept
//   anything else that the page is made of             the server's, always; the kept copy only while the server cannot be reached
//   requests of the game (POST, /metrics, /healthz)    not touched

const cache_name = 'cudgel';
const hash_form = /^\?[0-9a-f]{12}$/;
const not_ours = /^\/(road|ws|metrics|healthz)(\/|$)/;
const match_options = { ignoreVary: true };

self.addEventListener('install', () => self.skipWaiting());
self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()));

self.addEventListener('fetch', (event) => {
  const { request } = event;
  const address = new URL(request.url);
  if (request.method !== 'GET' || address.origin !== location.origin || not_ours.test(address.pathname)) return;
  event.respondWith(hash_form.test(address.search) ? hashed(event, address) : newest(event, address));
});

// As manifest.json is made: the first 12 digits of the SHA-256.
async function hash_of(bytes) {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  return [...digest.subarray(0, 6)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

// One copy of each file: the newest takes the place of those before it.
async function keep(address, response) {
  const bytes = await response.clone().arrayBuffer();
  if (await hash_of(bytes) !== address.search.slice(1)) return;  // the server was replaced between its list and this file
  const cache = await caches.open(cache_name);
  await cache.delete(address.pathname, { ...match_options, ignoreSearch: true });
  await cache.put(address.href, response);
}

async function hashed(event, address) {
  const cache = await caches.open(cache_name);
  const kept = await cache.match(address.href, match_options);
  if (kept) return kept;
  const response = await fetch(event.request);
  if (response.ok) event.waitUntil(keep(address, response.clone()).catch(() => {}));  // a full disk is no reason to fail
  return response;
}

// Pages are kept without what stands behind the question mark: that is for the page, and may be a name.
async function newest(event, address) {
  const key = address.pathname;
  try {
    // A connection that a server's end cut fails once: only a server that cannot be reached a second time is away.
    const response = await fetch(event.request).catch(() => fetch(address.href, { cache: 'no-cache' }));
    if (response.status === 200) {
      const copy = response.clone();
      event.waitUntil(caches.open(cache_name).then((cache) => cache.put(key, copy)).catch(() => {}));
    }
    return response;
  } catch (error) {
    const kept = await (await caches.open(cache_name)).match(key, match_options);
    if (kept) return kept;
    throw error;
  }
}
