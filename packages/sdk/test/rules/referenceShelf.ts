import type { Item } from '@evershelf/model';
import type { Condition, Rules, Where } from '../../src/index.ts';

/** An item as the reference sees it. */
export interface Candidate {
  readonly item: Item;
  /** Without boosts. */
  readonly score: number;
  readonly rows: readonly number[];
}

interface Shown {
  readonly id: string;
  readonly score: number;
  readonly boost: number;
  readonly pinned: boolean;
}

/** The shelf by the definition of the rules: filter all items, sort them, and go through them one after the other. */
export function referenceShelf(all: readonly Candidate[], rules: Rules, k: number): Shown[] {
  const { where = {}, boosts = [], pins = [], caps = [], diversity = 0 } = rules;
  const sorted = all
    .filter(({ item }) => fits(item, where))
    .map((each) => {
      const own = boosts.filter((boost) => fits(each.item, boost.where));
      const score = own.reduce((sum, { by }) => Math.fround(sum + by), each.score);
      return { ...each, score, boost: own.reduce((sum, { by }) => sum + by, 0) };
    })
    .sort((a, b) => b.score - a.score || (a.item.id < b.item.id ? -1 : 1));
  const pinned = pins
    .map(({ item, place }) => ({ place, shown: sorted.find((each) => each.item.id === item) }))
    .filter(({ shown }) => shown !== undefined)
    .sort((a, b) => a.place - b.place) as { place: number; shown: (typeof sorted)[number] }[];

  const taken = pinned.map(({ shown }) => shown);
  const chosen: typeof sorted = [];
  const isFull = ({ item }: Candidate): boolean =>
    caps.some(({ by, most }) =>
      kindsOf(by, item).some(
        (kind) => taken.filter((each) => kindsOf(by, each.item).includes(kind)).length >= most,
      ),
    );
  let left = sorted.filter((each) => !taken.includes(each));
  const open = k - pinned.length;
  while (chosen.length < open && left.length > 0) {
    const wide = caps.length > 0 || diversity > 0 ? 4 : 1;
    let pool = left.slice(0, wide * (open - chosen.length));
    left = left.slice(pool.length);
    const [best, worst] = [pool[0]!.score, pool.at(-1)!.score];
    const worth = (each: Candidate): number =>
      (1 - diversity) * ((each.score - worst) / (best - worst || 1)) -
      diversity * Math.max(0, ...taken.map((other) => likeness(each.rows, other.rows)));
    while (chosen.length < open && pool.length > 0) {
      const next = diversity === 0 ? pool[0]! : pool.reduce((a, b) => (worth(b) > worth(a) ? b : a));
      pool = pool.filter((each) => each !== next);
      if (isFull(next)) continue;
      taken.push(next);
      chosen.push(next);
    }
    left = left.filter((each) => !isFull(each));
  }
  const shelf = [...chosen];
  for (const { place, shown } of pinned) shelf.splice(place - 1, 0, shown);
  return shelf.map((each) => ({
    id: each.item.id,
    score: each.score,
    boost: each.boost,
    pinned: pinned.some(({ shown }) => shown === each),
  }));
}

function fits(item: Item, where: Where): boolean {
  return Object.entries(where).every(([attribute, condition]) => holds(item[attribute], condition));
}

function holds(value: Item[string], { in: wanted, out, from, to }: Condition): boolean {
  const isOne = (values: readonly unknown[]): boolean =>
    values.some((each) => {
      // A path stands for all that is below it.
      if (Array.isArray(each)) return Array.isArray(value) && each.every((level, l) => level === value[l]);
      return Array.isArray(value) ? value.includes(each) : each === value;
    });
  if (wanted !== undefined && !isOne(wanted)) return false;
  if (out !== undefined && isOne(out)) return false;
  if (from !== undefined && !(typeof value === 'number' && value >= from)) return false;
  return to === undefined || (typeof value === 'number' && value <= to);
}

function kindsOf(by: string, item: Item): unknown[] {
  const value = item[by];
  if (by === 'category') return value === undefined ? [] : [JSON.stringify(value)];
  return value === undefined ? [] : Array.isArray(value) ? value : [value];
}

function likeness(a: readonly number[], b: readonly number[]): number {
  const shared = a.filter((row) => b.includes(row)).length;
  return shared / new Set([...a, ...b]).size;
}
