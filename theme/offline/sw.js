/* Keeps what was read for reading without a network, and never shows an old page while there is one.
   Every answer comes from the network first; what is stored goes out only when that fails. A new
   release is a new worker, which drops the old one's store: what was withdrawn is gone with it. */
"use strict";

const RELEASE = "$release";
const CORE = $core;
const OFFLINE = "offline/";
const STORE = `daylight ${RELEASE} ${self.registration.scope}`;
const PATIENCE = 4000; // milliseconds that a bad connection may take while a stored copy is at hand
const served = new Map(); // when the page that a client shows was stored, by its address

self.addEventListener("install", (event) => {
  const take = async () => (await caches.open(STORE)).addAll(CORE.map((path) => new Request(path, { cache: "no-cache" })));
  event.waitUntil(take().then(() => self.skipWaiting()));
});

self.addEventListener("activate", (event) => {
  const ours = (name) => name.startsWith("daylight ") && name.endsWith(` ${self.registration.scope}`);
  const clear = async () => {
    const names = await caches.keys();
    await Promise.all(names.filter((name) => ours(name) && name !== STORE).map((name) => caches.delete(name)));
  };
  event.waitUntil(clear().then(() => self.clients.claim()));
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.method !== "GET" || !request.url.startsWith(self.registration.scope)) return;
  event.respondWith(answer(request, event));
});

self.addEventListener("message", (event) => {
  const stored = served.get(plain(event.source.url));
  event.source.postMessage({ stored: stored ?? null });
});

/** The network's answer, stored; the stored one if there is none; for a page, a word about it. */
async function answer(request, event) {
  const store = await caches.open(STORE);
  const kept = await store.match(request, { ignoreSearch: request.mode === "navigate", ignoreVary: true });
  const isPage = request.mode === "navigate";
  try {
    const asked = isPage ? fetch(request, { cache: "no-cache" }) : fetch(request);
    const response = await within(asked, kept ? PATIENCE : 0);
    if (response.ok && response.type === "basic" && !request.headers.has("range"))
      event.waitUntil(store.put(isPage ? plain(request.url) : request, response.clone()));
    else if (response.status === 404 || response.status === 410) event.waitUntil(store.delete(request, { ignoreSearch: true }));
    if (isPage) served.delete(plain(request.url));
    return response;
  } catch (error) {
    const isWay = request.url === new URL(OFFLINE, self.registration.scope).href;
    if (isPage && kept && !isWay) served.set(plain(request.url), kept.headers.get("date") ?? "");
    if (kept) return kept;
    if (isPage) return Response.redirect(new URL(OFFLINE, self.registration.scope).href);
    throw error;
  }
}

function within(promise, milliseconds) {
  if (!milliseconds) return promise;
  const late = new Promise((_, reject) => setTimeout(() => reject(new Error("late")), milliseconds));
  return Promise.race([promise, late]);
}

/** An address without what only the page itself reads. */
function plain(address) {
  return address.replace(/[?#].*$/, "");
}
