import { randomName } from '../../metadata/randomName.ts';
import type { ConsentView } from '../consent/ConsentView.ts';
import { attempt } from '../../attempt.ts';
import type { Bucket } from './Bucket.ts';

/** In `localStorage`. */
const KEY = 'evershelf-bucket';

/**
 * The bucket of this shopper: random names that say nothing of them. With consent `profile` that of the shopper is kept on the device,
 * so that a split shows them the same variant on each page and visit; without it each page view draws anew, and what an earlier one
 * kept is deleted.
 *
 * @returns the bucket as of now
 */
export function openBucket(shop: ConsentView): { bucket(): Bucket; close(): void } {
  const page = randomName();
  let shopper = randomName();
  const settle = (): void => {
    if (shop.consent() === 'profile')
      attempt(() => {
        // Another page may have drawn one meanwhile.
        shopper = localStorage.getItem(KEY) ?? shopper;
        localStorage.setItem(KEY, shopper);
      });
    else if (!shop.pending()) attempt(() => localStorage.removeItem(KEY));
  };
  settle();
  const close = shop.on('consent', settle);
  return { bucket: () => ({ shopper, page }), close };
}
