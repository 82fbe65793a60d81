import type { Freshness } from 'evershelf';

/** How sure the shelf is of a product, in words. */
export const freshnesses: Readonly<Record<Freshness, string>> = {
  fresh: 'Fresh',
  stale: 'Stale',
  offline: 'Offline',
};
