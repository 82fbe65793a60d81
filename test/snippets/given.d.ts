import type * as tf from '@tensorflow/tfjs-core';
import type { Rules, Shelf } from '../../packages/sdk/src/index.ts';
import type { Storefront } from '../../packages/sdk/src/storefront/index.ts';

/** What snippets take for granted: what the text around them, or a snippet before them, has made. */
declare global {
  const shelf: Shelf;
  const shop: Storefront;
  /** A card of a shelf, an element of the page. */
  const card: HTMLElement;
  const rules: Rules;
  /** A model of the page's tfjs. */
  const net: { predict(input: tf.Tensor): tf.Tensor };
}
