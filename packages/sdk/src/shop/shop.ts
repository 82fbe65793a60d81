import {
  type AttributeValue,
  decodeLive,
  type Item,
  itemAt,
  type ItemIndex,
  itemPrior,
  type ItemRows,
  type Listing,
  LIVE_HALF_LIVES,
  PAIR_HALF_LIFE,
  placeByCategory,
  type Placement,
  type Rung,
  RUNGS,
  type Signals,
  type Texts,
} from '@evershelf/model';
import type { ShopItems } from '../engines/Engine.ts';
import { addItem, allItems, hasItem, type Mask, removeItem, withRoom } from '../engines/mask.ts';
import { growingIndex } from './growingIndex.ts';
import type { MovedRows } from './movedRows.ts';

/** All that the device knows of the shop's items; an item keeps its number for the life of the page. */
export interface Shop {
  find(id: string): number | undefined;
  item(i: number): Item;
  /** Reads an attribute of items, `id` included. */
  attribute(name: string): (i: number) => AttributeValue | undefined;
  /** A set that gets the number of every item whose attributes come or change from now on; who reads it empties it. */
  watch(): Set<number>;
  rows(i: number): ArrayLike<number>;
  rung(i: number): Rung;
  /** The unknown token that stands in for the id; undefined where the id is known. */
  token(i: number): string | undefined;
  /** Decayed count of its events, with the half-life of pairs. */
  events(i: number): number;
  /** True where the item belongs to the shop: the page did not merely hand it over, and the service did not drop it. */
  listed(i: number): boolean;
  /** Takes an item that the page knows of; what the service says of an item outweighs the page. */
  hand(item: Item): number;
  /** Takes what the service says of an item. Returns true where that is new. */
  update(item: Item): boolean;
  /** Says whether an item belongs to the shop. Returns true where that is new. */
  list(i: number, isListed: boolean): boolean;
  /** Takes the live bytes of an item, one for each half-life; others are left alone. Returns true where they are new. */
  countLive(i: number, bytes: readonly number[]): boolean;
  /** Takes the rows of the listing's items; places items by all of the model from now on, and those anew that came before; some move. */
  learn(rows: ItemRows, place: (item: Item) => Placement, movedRows: MovedRows): void;
  /** What the engines read, as of now; the same object until an item comes or has other rows. */
  scorable(): ShopItems;
  /** All that scoring needs of the items, as of now. */
  index(): ItemIndex;
  /** What the items have before anyone looks, for weights of the signals; the same array until something changes. */
  prior(weights: Signals): Float32Array;
  /** The items that may be recommended: listed and not out of stock; valid until the next change. */
  recommendable(): Mask;
  /** How many items are listed, and how many of them stand on each rung. */
  tally(): { items: number; byRung: Record<Rung, number> };
  /** How many items are numbered. */
  count(): number;
}

const WIDTH = LIVE_HALF_LIVES.length;
/** The live counter that pairs are compared with. */
const PAIR_LIVE = LIVE_HALF_LIVES.indexOf(PAIR_HALF_LIFE);

/** A shop as its listing has it; nothing is learned yet. */
export function shopOf(listing: Listing): Shop {
  const { manifest, index: trained, catalogue } = listing;
  let count = catalogue.ids.length;
  /** Numbers of the items that the catalogue has not. */
  const added = new Map<string, number>();
  const find = (id: string): number | undefined => added.get(id) ?? catalogue.find(id);
  let isLearned = false;
  const categories = new Set(manifest.categories);
  let place = (next: Item): Placement =>
    placeByCategory(next, { knowsCategory: (level) => categories.has(level) });
  const items: (Item | undefined)[] = [];
  /** Items that came before anything was learned, and are placed again then. */
  const early = new Set<number>();
  const index = growingIndex(trained);
  let listed = allItems(count);
  /** Listed items by rung, once somebody has asked. */
  let onRung: number[] | undefined;
  const watchers: Set<number>[] = [];
  const priors = new Map<Signals, Float32Array>();
  let packed: ShopItems | undefined;
  let mask = allItems(count);

  const isListed = (i: number): boolean => hasItem(listed, i);

  /** Counts an item on its rung, or no more. */
  const countOnRung = (i: number, by: number): void => {
    if (onRung !== undefined && by !== 0) onRung[index.rung(i)]! += by;
  };

  const putOnRung = (i: number, placement: Placement): void => {
    const by = isListed(i) ? 1 : 0;
    countOnRung(i, -by);
    index.place(i, placement);
    countOnRung(i, by);
  };

  /** Says in the mask whether an item may be recommended. */
  const mark = (i: number): void => {
    mask = withRoom(mask, count);
    (isListed(i) && inStock(i) !== false ? addItem : removeItem)(mask, i);
  };

  const idOf = (i: number): string | undefined => items[i]?.id ?? catalogue.ids.at(i);
  const ids: Texts = {
    get length() {
      return count;
    },
    at: idOf,
  };
  const known = (i: number): Item => items[i] ?? itemAt(catalogue, i);
  const item = (i: number): Item => (items[i] = known(i));
  /** Read off the catalogue where it can be: an object for every item of a large shop would hold the page up. */
  const attribute = (name: string): ((i: number) => AttributeValue | undefined) => {
    // What every object answers to is nobody's attribute.
    if (name in {}) return () => undefined;
    const column = name === 'id' ? idOf : catalogue.columns[name];
    return (i) => {
      const own = items[i];
      return own === undefined ? column?.(i) : own[name];
    };
  };
  const inStock = attribute('inStock');
  if (catalogue.columns.inStock !== undefined) for (let i = 0; i < count; i++) mark(i);

  const put = (next: Item): number => {
    let i = find(next.id);
    const isNew = i === undefined;
    if (i === undefined) {
      i = count++;
      added.set(next.id, i);
      listed = withRoom(listed, count);
    }
    items[i] = next;
    if (!isLearned) early.add(i);
    if (isLearned || isNew) putOnRung(i, place(next));
    mark(i);
    for (const watcher of watchers) watcher.add(i);
    return i;
  };

  return {
    find,
    item,
    attribute,
    watch() {
      const watcher = new Set<number>();
      watchers.push(watcher);
      return watcher;
    },
    rows: index.rows,
    rung: (i) => RUNGS[index.rung(i)]!,
    token: (i) => (index.rung(i) === RUNGS.indexOf('known') ? undefined : place(item(i)).token),
    events: (i) => Math.expm1(decodeLive(index.live(i)[PAIR_LIVE]!)),
    listed: isListed,
    hand(next) {
      const i = find(next.id);
      if (i === undefined) return put(next);
      if (isListed(i) || same(known(i), { ...known(i), ...next })) return i;
      return put({ ...known(i), ...next });
    },
    update(next) {
      const i = find(next.id);
      // An item that is as it was stays in the columns.
      if (i !== undefined && same(known(i), next)) return false;
      put(next);
      return true;
    },
    list(i, on) {
      if (isListed(i) === on) return false;
      (on ? addItem : removeItem)(listed, i);
      countOnRung(i, on ? 1 : -1);
      mark(i);
      return true;
    },
    countLive(i, bytes) {
      const before = index.live(i);
      if (bytes.length !== WIDTH || bytes.every((byte, h) => byte === before[h])) return false;
      index.count(i, bytes);
      priors.clear();
      return true;
    },
    learn(rows, placing, movedRows) {
      index.learn(rows, movedRows);
      isLearned = true;
      place = placing;
      for (const i of early) putOnRung(i, place(item(i)));
      early.clear();
    },
    scorable,
    prior(weights) {
      const known = priors.get(weights);
      if (known?.length === count) return known;
      const prior = itemPrior(index.current(), weights, known);
      priors.set(weights, prior);
      return prior;
    },
    recommendable: () => mask,
    tally() {
      const tallied = (onRung ??= tallyRungs());
      return {
        items: tallied.reduce((sum, items) => sum + items, 0),
        byRung: Object.fromEntries(RUNGS.map((rung, k) => [rung, tallied[k]!])) as Record<Rung, number>,
      };
    },
    index: index.current,
    count: () => count,
  };

  function tallyRungs(): number[] {
    const tallied = RUNGS.map(() => 0);
    for (let i = 0; i < count; i++) if (isListed(i)) tallied[index.rung(i)]!++;
    return tallied;
  }

  function scorable(): ShopItems {
    const own = index.items();
    if (packed?.index !== own) packed = { index: own, ids, lineage: index.lineage() };
    return packed;
  }
}

/** True where two items say the same, in whatever order. */
function same(a: Item, b: Item): boolean {
  const names = Object.keys(a);
  return (
    names.length === Object.keys(b).length &&
    names.every((name) => a[name] === b[name] || JSON.stringify(a[name]) === JSON.stringify(b[name]))
  );
}
