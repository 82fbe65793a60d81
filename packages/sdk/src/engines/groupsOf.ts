import type { Ask } from './Engine.ts';

/** Questions that share a prior together, so many at most. */
export function groupsOf(asks: readonly Ask[], most: number): Ask[][] {
  return [...new Set(asks.map(({ prior }) => prior))].flatMap((prior) => {
    const alike = asks.filter((ask) => ask.prior === prior);
    return Array.from({ length: Math.ceil(alike.length / most) }, (_, g) =>
      alike.slice(g * most, (g + 1) * most),
    );
  });
}
