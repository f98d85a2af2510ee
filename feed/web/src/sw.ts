/// <reference lib="webworker" />
import { cleanupOutdatedCaches, createHandlerBoundToURL, precacheAndRoute, type PrecacheEntry } from 'workbox-precaching'
import { NavigationRoute, registerRoute } from 'workbox-routing'

// Keeps the screens themselves on the device. What people and machines say is
// never cached here: it is read from the server, or from offline/kept.ts.

declare const self: ServiceWorkerGlobalScope
/** What the build made; precache.mjs writes it in. */
declare const shell: PrecacheEntry[]

// Addresses that are the server's own; all others are pages of the screens.
const elsewhere = [/^\/api\//, /^\/healthz$/, /^\/readyz$/, /^\/metrics$/]

precacheAndRoute(shell)
cleanupOutdatedCaches()
registerRoute(new NavigationRoute(createHandlerBoundToURL('/index.html'), { denylist: elsewhere }))

// A new version waits until it is let in: the page that is open would miss the
// modules it has not loaded yet.
self.addEventListener('message', (event) => {
  if (event.data === 'take over') void self.skipWaiting()
})
self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()))
