import { cleanupOutdatedCaches, createHandlerBoundToURL, precacheAndRoute } from 'workbox-precaching';
import { NavigationRoute, registerRoute } from 'workbox-routing';

/** What a service worker has: the types of the platform cannot stand beside those of a page. */
declare const self: {
  skipWaiting(): Promise<void>;
  addEventListener(
    type: 'message',
    listener: (event: MessageEvent<unknown> & { waitUntil(work: Promise<void>): void }) => void,
  ): void;
};

// The page's code, style and pictures, each as it was built. Model and metadata are not kept here: the recommender has them on the
// device already, as far as the shopper agreed to that.
precacheAndRoute(__KEPT__);
cleanupOutdatedCaches();
registerRoute(
  new NavigationRoute(createHandlerBoundToURL('/index.html'), {
    denylist: [/^\/(?:demo|kv|model)\//],
  }),
);

// A newer version waits until the shopper says that it may take over.
self.addEventListener('message', (event) => {
  if ((event.data as { type?: string } | null)?.type === 'SKIP_WAITING') event.waitUntil(self.skipWaiting());
});
