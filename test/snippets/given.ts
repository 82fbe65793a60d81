import { sum } from '@tensorflow/tfjs-core';
import { evershelf } from '../../packages/sdk/src/index.ts';

/** What `given.d.ts` promises, in a page. */
Object.assign(globalThis, {
  shelf: await evershelf({ model: '/model/', kv: '/kv' }),
  card: document.body.appendChild(document.createElement('article')),
  rules: { diversity: 0.2 },
  net: { predict: sum },
});
