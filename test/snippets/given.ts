import type { Tensor } from '@tensorflow/tfjs-core';
import { openStorefront } from '../../packages/sdk/src/storefront/index.ts';

const shop = await openStorefront({ model: '/model/', kv: '/kv' });

/** What `given.d.ts` promises, in a page. */
Object.assign(globalThis, {
  shop,
  shelf: shop.shelf,
  card: document.body.appendChild(document.createElement('article')),
  rules: { diversity: 0.2 },
  // A tensor's own operation: tfjs is for the one snippet that imports it.
  net: { predict: (tensor: Tensor) => tensor.sum() },
});
