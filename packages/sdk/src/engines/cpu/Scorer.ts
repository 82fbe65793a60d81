import type { Ask, Ranked, Scorable } from '../Engine.ts';

/** What the CPU engine ranks with; the same promises as an engine's. */
export interface Scorer {
  load(shop: Scorable): void;
  topK(asks: readonly Ask[]): Ranked[];
}
