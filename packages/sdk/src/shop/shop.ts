import {
  type Artifact,
  decodeLive,
  type Item,
  itemAt,
  itemPrior,
  LIVE_HALF_LIVES,
  type PageAnswer,
  PAIR_HALF_LIFE,
  pageOf,
  type Placement,
  placeItem,
  type Rung,
  RUNGS,
  rowsOf,
  type Signals,
  vocabularyOf,
} from '@evershelf/model';
import type { Scorable } from '../engines/Engine.ts';
import { addItem, type Mask, noItems } from '../engines/mask.ts';
import { packIndex } from './packIndex.ts';

/** All that the device knows of the shop's items; an item keeps its number for the life of the page. */
export interface Shop {
  find(id: string): number | undefined;
  item(i: number): Item;
  rows(i: number): ArrayLike<number>;
  rung(i: number): Rung;
  /** The unknown token that stands in for the id; undefined where the id is known. */
  token(i: number): string | undefined;
  /** Decayed count of its events, with the half-life of pairs. */
  events(i: number): number;
  /** True where the item belongs to the shop: the page did not merely hand it over, and the service did not drop it. */
  listed(i: number): boolean;
  /** True where its attributes are those that the service has now. */
  confirmed(i: number): boolean;
  /** Takes an item that the page knows of; what the service says of an item outweighs the page. */
  hand(item: Item): number;
  /** Deals the items to pages, before the first page is taken or where their number has changed. */
  deal(pages: number): void;
  /** Takes a page of the service: the items of the shop whose ids fall in it. Returns how many items differ now. */
  takePage(answer: PageAnswer): number;
  /** Says whether a page is the one that the service has now. Returns true where its items became sure by that. */
  confirm(page: number, current: boolean): boolean;
  /** What the engines read, as of now; the same object until something changes. */
  scorable(): Scorable;
  /** What the items have before anyone looks, for weights of the signals; the same array until something changes. */
  prior(weights: Signals): Float32Array;
  /** The items that may be recommended: listed and not out of stock; the same array until something changes. */
  recommendable(): Mask;
  /** How many items are numbered. */
  count(): number;
}

const WIDTH = LIVE_HALF_LIVES.length;
/** The live counter that pairs are compared with. */
const PAIR_LIVE = LIVE_HALF_LIVES.indexOf(PAIR_HALF_LIFE);

export function shopOf(artifact: Artifact): Shop {
  const { tables, index: trained, catalogue } = artifact;
  const vocabulary = vocabularyOf(artifact);
  const ids: string[] = [...catalogue.ids];
  const numbers = new Map(ids.map((id, i) => [id, i]));
  const items: (Item | undefined)[] = [];
  /** Where items stand that the artifact does not hold, or not as they are now. */
  const placed = new Map<number, Placement>();
  const liveBytes = new Map<number, readonly number[]>();
  const isListed: boolean[] = ids.map(() => true);
  let pages = 0;
  let page = new Uint16Array(0);
  let members: Set<number>[] = [];
  let isConfirmed: boolean[] = [];
  /** Items that a page of the service brought. */
  const served = new Set<number>();
  const priors = new Map<Signals, Float32Array>();
  let packed: Scorable | undefined;
  let mask: Mask | undefined;

  const changed = (): void => {
    packed = mask = undefined;
    priors.clear();
  };

  const item = (i: number): Item => (items[i] ??= itemAt(catalogue, i));
  /** Read off the catalogue where it can be: an object for every item of a large shop would hold the page up. */
  const inStock = (i: number): boolean => {
    const own = items[i];
    return (own === undefined ? catalogue.columns.inStock?.[i] : own.inStock) !== false;
  };

  const put = (next: Item): number => {
    let i = numbers.get(next.id);
    if (i === undefined) {
      i = ids.length;
      ids.push(next.id);
      numbers.set(next.id, i);
      isListed.push(false);
      if (pages > 0) dealItem(i);
    }
    items[i] = next;
    const placement = placeItem(next, vocabulary);
    if (i >= trained.count || !sameRows(rowsOf(trained, i), placement.rows)) placed.set(i, placement);
    else placed.delete(i);
    changed();
    return i;
  };

  const dealItem = (i: number): void => {
    if (page.length <= i) page = grown(page, 2 * i + 64);
    page[i] = pageOf(ids[i]!, pages);
    members[page[i]!]!.add(i);
  };

  const placementOf = (i: number): Placement => placed.get(i) ?? placeItem(item(i), vocabulary);

  return {
    find: (id) => numbers.get(id),
    item,
    rows: (i) => placed.get(i)?.rows ?? rowsOf(trained, i),
    rung: (i) => placed.get(i)?.rung ?? RUNGS[trained.rung[i]!]!,
    token: (i) =>
      placed.has(i) || trained.rung[i] !== RUNGS.indexOf('known') ? placementOf(i).token : undefined,
    events: (i) => Math.expm1(decodeLive(liveOf(i)[PAIR_LIVE]!)),
    listed: (i) => isListed[i]!,
    confirmed: (i) => served.has(i) && isConfirmed[page[i]!] === true,
    hand(next) {
      const i = numbers.get(next.id);
      if (i === undefined) return put(next);
      if (isListed[i] || same(item(i), { ...item(i), ...next })) return i;
      return put({ ...item(i), ...next });
    },
    deal(count) {
      pages = count;
      members = Array.from({ length: count }, () => new Set());
      isConfirmed = Array.from({ length: count }, () => false);
      page = new Uint16Array(ids.length);
      ids.forEach((_, i) => dealItem(i));
    },
    takePage(answer) {
      let changes = 0;
      const gone = new Set(members[answer.page]);
      for (const { item: next, live = [] } of answer.items) {
        const known = numbers.get(next.id);
        const i = known !== undefined && same(item(known), next) ? known : put(next);
        gone.delete(i);
        served.add(i);
        const before = liveOf(i);
        const isNew = !isListed[i];
        isListed[i] = true;
        const counted = live.length === WIDTH && live.some((byte, h) => byte !== before[h]);
        if (counted) liveBytes.set(i, live);
        if (i !== known || isNew || counted) changes++;
      }
      for (const i of gone) {
        if (!isListed[i]) continue;
        isListed[i] = false;
        changes++;
      }
      if (changes > 0) changed();
      return changes;
    },
    confirm(number, current) {
      const surer = current && isConfirmed[number] !== true && members[number]!.size > 0;
      isConfirmed[number] = current;
      return surer;
    },
    scorable,
    prior(weights) {
      const prior = priors.get(weights) ?? itemPrior(scorable().index, weights);
      priors.set(weights, prior);
      return prior;
    },
    recommendable() {
      if (mask !== undefined) return mask;
      mask = noItems(ids.length);
      for (let i = 0; i < ids.length; i++) if (isListed[i] && inStock(i)) addItem(mask, i);
      return mask;
    },
    count: () => ids.length,
  };

  function scorable(): Scorable {
    packed ??= { tables, index: packIndex(trained, placed, liveBytes, ids.length), ids: [...ids] };
    return packed;
  }

  function liveOf(i: number): ArrayLike<number> {
    return (
      liveBytes.get(i) ?? (i < trained.count ? trained.live.subarray(i * WIDTH, (i + 1) * WIDTH) : NO_EVENTS)
    );
  }
}

const NO_EVENTS = new Uint8Array(WIDTH);

function sameRows(a: ArrayLike<number>, b: readonly number[]): boolean {
  return a.length === b.length && b.every((row, k) => row === a[k]);
}

/** True where two items say the same, in whatever order. */
function same(a: Item, b: Item): boolean {
  const names = Object.keys(a);
  return (
    names.length === Object.keys(b).length &&
    names.every((name) => a[name] === b[name] || JSON.stringify(a[name]) === JSON.stringify(b[name]))
  );
}

function grown(before: Uint16Array<ArrayBuffer>, length: number): Uint16Array<ArrayBuffer> {
  const after = new Uint16Array(length);
  after.set(before);
  return after;
}
