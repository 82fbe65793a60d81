import type { Scorable } from './Engine.ts';

/** How many of the first items of a shop have the same rows and ids as in the shop before, whatever the tables hold. */
export function sharedItems(before: Scorable | undefined, next: Scorable): number {
  if (before === undefined) return 0;
  const isKin =
    next.index === before.index || (next.lineage !== undefined && next.lineage === before.lineage);
  return isKin ? Math.min(before.index.count, next.index.count) : 0;
}
