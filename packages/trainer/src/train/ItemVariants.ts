import { type Item, placeItem, type Schema } from '@evershelf/model';
import type { Random } from './random.ts';

/**
 * The rows of every item at every rung: as known, with attributes but without its id, and with its category path alone,
 * cut off level by level down to the root. Variant v has the rows rows[start[v]] to rows[start[v + 1] - 1]; those of
 * item i are first[i] to first[i + 1] - 1, best rung first.
 */
export interface ItemVariants {
  readonly first: Uint32Array;
  readonly start: Uint32Array;
  readonly rows: Uint32Array;
}

/** How often training forgets what it knows of an item, so that every rung is trained. */
const DROP = {
  /** Share of occurrences that lose their id. */
  id: 0.25,
  /** Share of those that lose their attributes as well. */
  attributes: 0.5,
  /** Share of those that lose the leaf of their category, then of those left its parent, and so on. */
  category: 0.4,
} as const;

/** Places every item at every rung. */
export function itemVariants(items: readonly Item[], schema: Schema, tableRows: number): ItemVariants {
  const first = new Uint32Array(items.length + 1);
  const start: number[] = [0];
  const rows: number[] = [];
  const vocabulary = { schema, tableRows, knowsCategory: () => true, knowsRow: () => true };
  const known = { ...vocabulary, knowsId: () => true };
  const unknown = { ...vocabulary, knowsId: () => false };
  const push = (variant: readonly number[]): void => {
    for (const row of variant) rows.push(row);
    start.push(rows.length);
  };
  items.forEach((item, i) => {
    push(placeItem(item, known).rows);
    push(placeItem(item, unknown).rows);
    const path = item.category ?? [];
    for (let depth = path.length; depth >= 0; depth--) {
      push(placeItem({ id: item.id, category: path.slice(0, depth) }, unknown).rows);
    }
    first[i + 1] = start.length - 1;
  });
  return { first, start: Uint32Array.from(start), rows: Uint32Array.from(rows) };
}

/** Draws a rung for one occurrence of an item. */
export function drawVariant(variants: ItemVariants, item: number, random: Random): number {
  const known = variants.first[item]!;
  if (random() >= DROP.id) return known;
  if (random() >= DROP.attributes) return known + 1;
  const root = variants.first[item + 1]! - 1;
  let variant = known + 2;
  while (variant < root && random() < DROP.category) variant++;
  return variant;
}
