import type { AttributeValue } from '@evershelf/model';
import { pacer } from '../engines/breathe.ts';
import { addItem, allItems, type Mask, noItems, removeItem } from '../engines/mask.ts';
import type { Shop } from '../shop/shop.ts';
import { type Leaf, leavesOf } from './leavesOf.ts';
import type { Where } from './Rules.ts';

/** Which items fit conditions. What a condition asks of an attribute is compiled to a mask once, and kept up with the shop. */
export interface ConditionMasks {
  /** Compiles what is not compiled yet, and lets the page take its turn in between. Whatever is not prepared is compiled when used. */
  prepare(wheres: readonly Where[]): Promise<void>;
  /** The items of the shop that fit. */
  fitting(where: Where): Mask;
  /** A number that rises whenever other items may fit than before. */
  version(): number;
}

/** What is kept of a leaf. */
interface Compiled {
  readonly leaf: Leaf;
  readonly read: (i: number) => AttributeValue | undefined;
  readonly fits: (value: AttributeValue) => boolean;
  mask: Mask;
  /** The items that have been read, of those that there were at first; the others come as changes. */
  next: number;
  readonly end: number;
}

/** Most leaves that are kept: those used last. */
const MOST = 64;
/** Items that are read between two looks at the clock. */
const STEP = 4096;

export function conditionMasks(shop: Shop): ConditionMasks {
  const kept = new Map<string, Compiled>();
  const changed = shop.watch();
  let version = 0;

  const compiledOf = (leaf: Leaf): Compiled => {
    const compiled = kept.get(leaf.key) ?? begin(leaf);
    kept.delete(leaf.key);
    kept.set(leaf.key, compiled);
    if (kept.size > MOST) kept.delete(kept.keys().next().value!);
    return compiled;
  };

  const begin = (leaf: Leaf): Compiled => {
    const { attribute, values = [], test } = leaf;
    const mask = noItems(shop.count());
    // Ids are found, not searched for.
    const isId = attribute === 'id';
    if (isId)
      for (const id of values) {
        const i = shop.find(String(id));
        if (i !== undefined) addItem(mask, i);
      }
    const end = shop.count();
    return { leaf, read: shop.attribute(attribute), fits: test(), mask, next: isId ? end : 0, end };
  };

  const advance = (compiled: Compiled, until: number): void => {
    const { read, fits, mask } = compiled;
    const end = Math.min(until, compiled.end);
    for (let i = compiled.next; i < end; i++) {
      const value = read(i);
      if (value !== undefined && fits(value)) addItem(mask, i);
    }
    compiled.next = end;
  };

  const catchUp = (): void => {
    if (changed.size === 0) return;
    version++;
    for (const compiled of kept.values()) {
      const { read, fits } = compiled;
      const mask = noItems(shop.count());
      mask.set(compiled.mask);
      compiled.mask = mask;
      for (const i of changed) {
        const value = read(i);
        if (value !== undefined && fits(value)) addItem(mask, i);
        else removeItem(mask, i);
      }
    }
    changed.clear();
  };

  return {
    async prepare(wheres) {
      const pace = pacer();
      for (const leaf of wheres.flatMap(leavesOf)) {
        const compiled = compiledOf(leaf);
        while (compiled.next < compiled.end) {
          advance(compiled, compiled.next + STEP);
          await pace();
        }
      }
    },
    fitting(where) {
      catchUp();
      const mask = allItems(shop.count());
      for (const leaf of leavesOf(where)) {
        const compiled = compiledOf(leaf);
        advance(compiled, compiled.end);
        const flip = leaf.negated ? -1 : 0;
        for (let word = 0; word < mask.length; word++) mask[word]! &= compiled.mask[word]! ^ flip;
      }
      return mask;
    },
    version() {
      catchUp();
      return version;
    },
  };
}
