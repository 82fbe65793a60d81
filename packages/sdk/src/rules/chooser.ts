import type { AttributeValue } from '@evershelf/model';
import { pacer } from '../engines/breathe.ts';
import type { Ranked } from '../engines/Engine.ts';
import { hasItem, type Mask, removeItem } from '../engines/mask.ts';
import type { Shop } from '../shop/shop.ts';
import { likenessTo } from './likenessTo.ts';
import type { Cap, Rules } from './Rules.ts';

/** Chooses the items of a shelf, one after the other. */
export interface Chooser {
  /** Counts items that are on the shelf whatever the caps say. */
  take(items: readonly number[]): void;
  /**
   * Chooses at most `room` of some items, by maximal marginal relevance (Carbonell and Goldstein, 1998): next comes the item with
   * the highest (1 - diversity) x relevance - diversity x likeness. Relevance is its score, 0 for the worst of these items and 1
   * for the best; likeness is that to the most alike item taken before. Of equals the first comes first. Lets the page in now and
   * then.
   *
   * @param ranked best first
   * @returns places in `ranked`, in the order of choice
   */
  choose(ranked: Ranked, room: number): Promise<number[]>;
  /** Takes those items out of a mask that a cap has no room for; lets the page in now and then. */
  leaveOutFull(mask: Mask): Promise<void>;
}

/** Items that are read between two looks at the clock. */
const STEP = 4096;

type Kind = string | number | boolean;

export function chooserOf(shop: Shop, { caps = [], diversity = 0 }: Rules): Chooser {
  const counts = caps.map((cap) => countOf(shop, cap));
  const taken: number[] = [];
  const take = (i: number): void => {
    taken.push(i);
    for (const count of counts) count.add(i);
  };
  return {
    take(items) {
      items.forEach(take);
    },
    async choose({ items, scores }, room) {
      const pace = pacer();
      const worst = scores.at(-1)!;
      const range = scores[0]! - worst || 1;
      const likeness = diversity > 0 ? likenessTo(shop, items) : undefined;
      taken.forEach((i) => likeness?.regard(i));
      const worth = (p: number): number =>
        (1 - diversity) * ((scores[p]! - worst) / range) - diversity * likeness!.most[p]!;
      const left = [...items.keys()];
      const chosen: number[] = [];
      while (chosen.length < room && left.length > 0) {
        await pace();
        let next = 0;
        if (likeness !== undefined)
          for (let at = 1; at < left.length; at++) if (worth(left[at]!) > worth(left[next]!)) next = at;
        const [p] = left.splice(next, 1) as [number];
        const item = items[p]!;
        if (isFull(item)) continue;
        take(item);
        likeness?.regard(item);
        chosen.push(p);
      }
      return chosen;
    },
    async leaveOutFull(mask) {
      const pace = pacer();
      for (let i = 0; i < 32 * mask.length; i++) {
        if (hasItem(mask, i) && isFull(i)) removeItem(mask, i);
        if (i % STEP === 0) await pace();
      }
    },
  };

  function isFull(i: number): boolean {
    return counts.some((count) => count.isFull(i));
  }
}

/** How many of each kind are taken. */
function countOf(shop: Shop, { by, most }: Cap): { add(i: number): void; isFull(i: number): boolean } {
  const read = shop.attribute(by);
  const kindsOf = by === 'category' ? pathOf : valuesOf;
  const counts = new Map<Kind, number>();
  const full = new Set<Kind>();
  const isKindFull = (kind: Kind): boolean => full.has(kind);
  return {
    add(i) {
      for (const kind of new Set(kindsOf(read(i)))) {
        const count = (counts.get(kind) ?? 0) + 1;
        counts.set(kind, count);
        if (count >= most) full.add(kind);
      }
    },
    isFull: (i) => full.size > 0 && kindsOf(read(i)).some(isKindFull),
  };
}

function pathOf(category: AttributeValue | undefined): readonly Kind[] {
  return Array.isArray(category) ? [category.join('\0')] : NO_KIND;
}

function valuesOf(value: AttributeValue | undefined): readonly Kind[] {
  if (value === undefined) return NO_KIND;
  return Array.isArray(value) ? value : [value as Kind];
}

const NO_KIND: readonly Kind[] = [];
