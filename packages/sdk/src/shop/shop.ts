import {
  type AttributeValue,
  decodeLive,
  type Item,
  itemAt,
  type ItemIndex,
  itemPrior,
  type Listing,
  LIVE_HALF_LIVES,
  type PageAnswer,
  PAIR_HALF_LIFE,
  placeByCategory,
  type Placement,
  type Rung,
  RUNGS,
  type Signals,
} from '@evershelf/model';
import type { ShopItems } from '../engines/Engine.ts';
import { addItem, allItems, type Mask, noItems, removeItem } from '../engines/mask.ts';
import { growingIndex } from './growingIndex.ts';

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
  /** True where its attributes are those that the service has now. */
  confirmed(i: number): boolean;
  /** Takes an item that the page knows of; what the service says of an item outweighs the page. */
  hand(item: Item): number;
  /** Deals the items to pages, before the first page is taken or where their number has changed. */
  deal(pages: number, pageOf: (id: string, pages: number) => number): void;
  /** Takes a page of the service: the items of the shop whose ids fall in it. Returns how many items differ now. */
  takePage(answer: PageAnswer): number;
  /** Says whether a page is the one that the service has now. Returns true where its items became sure by that. */
  confirm(page: number, current: boolean): boolean;
  /** Places items by all of the model from now on, and those anew that came before. */
  learn(place: (item: Item) => Placement): void;
  /** What the engines read, as of now; the same object until an item comes or has other rows. */
  scorable(): ShopItems;
  /** All that scoring needs of the items, as of now. */
  index(): ItemIndex;
  /** What the items have before anyone looks, for weights of the signals; the same array until something changes. */
  prior(weights: Signals): Float32Array;
  /** The items that may be recommended: listed and not out of stock; valid until the next change. */
  recommendable(): Mask;
  /** How many items are listed, how many of them are confirmed, and how many stand on each rung. */
  tally(): { items: number; confirmed: number; byRung: Record<Rung, number> };
  /** How many items are numbered. */
  count(): number;
}

const WIDTH = LIVE_HALF_LIVES.length;
/** The live counter that pairs are compared with. */
const PAIR_LIVE = LIVE_HALF_LIVES.indexOf(PAIR_HALF_LIFE);

/** A shop as its listing has it; nothing is learned yet. */
export function shopOf(listing: Listing): Shop {
  const { manifest, index: trained, catalogue } = listing;
  const ids: string[] = [...catalogue.ids];
  const numbers = new Map(ids.map((id, i) => [id, i]));
  const find = (id: string): number | undefined => numbers.get(id);
  let isLearned = false;
  const categories = new Set(manifest.categories);
  let place = (next: Item): Placement =>
    placeByCategory(next, { knowsCategory: (level) => categories.has(level) });
  const items: (Item | undefined)[] = [];
  /** Items that came before anything was learned, and are placed again then. */
  const early = new Set<number>();
  const index = growingIndex(trained);
  const isListed: boolean[] = ids.map(() => true);
  let pages = 0;
  let pageOf: (id: string, pages: number) => number = () => 0;
  let page = new Uint16Array(0);
  let members: Set<number>[] = [];
  let isConfirmed: boolean[] = [];
  /** Items that a page of the service brought. */
  const served = new Set<number>();
  /** Listed items by rung, and those of them by page that the service brought. */
  const onRung = RUNGS.map((_, rung) => trained.rung.reduce((sum, own) => sum + (own === rung ? 1 : 0), 0));
  let brought: number[] = [];
  const watchers: Set<number>[] = [];
  const priors = new Map<Signals, Float32Array>();
  let packed: ShopItems | undefined;
  let mask = allItems(ids.length);
  catalogue.columns.inStock?.forEach((inStock, i) => {
    if (inStock === false) removeItem(mask, i);
  });

  /** Counts an item that is listed, or (-1) no longer. */
  const tell = (i: number, by: 1 | -1): void => {
    onRung[index.rung(i)]! += by;
    if (served.has(i)) brought[page[i]!]! += by;
  };

  /** Says in the mask whether an item may be recommended. */
  const mark = (i: number): void => {
    if (32 * mask.length < ids.length) {
      const before = mask;
      mask = noItems(ids.length);
      mask.set(before);
    }
    (isListed[i] && inStock(i) !== false ? addItem : removeItem)(mask, i);
  };

  const item = (i: number): Item => (items[i] ??= itemAt(catalogue, i));
  /** Read off the catalogue where it can be: an object for every item of a large shop would hold the page up. */
  const attribute = (name: string): ((i: number) => AttributeValue | undefined) => {
    const column = name === 'id' ? catalogue.ids : catalogue.columns[name];
    return (i) => {
      const own = items[i];
      return own === undefined ? (column?.[i] ?? undefined) : own[name];
    };
  };
  const inStock = attribute('inStock');

  const put = (next: Item): number => {
    let i = numbers.get(next.id);
    const isNew = i === undefined;
    if (i === undefined) {
      i = ids.length;
      ids.push(next.id);
      numbers.set(next.id, i);
      isListed.push(false);
      if (pages > 0) dealItem(i);
    }
    items[i] = next;
    if (!isLearned) early.add(i);
    if (isLearned || isNew) index.place(i, place(next));
    mark(i);
    for (const watcher of watchers) watcher.add(i);
    return i;
  };

  const dealItem = (i: number): void => {
    if (page.length <= i) page = grown(page, 2 * i + 64);
    page[i] = pageOf(ids[i]!, pages);
    members[page[i]!]!.add(i);
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
    listed: (i) => isListed[i]!,
    confirmed: (i) => served.has(i) && isConfirmed[page[i]!] === true,
    hand(next) {
      const i = numbers.get(next.id);
      if (i === undefined) return put(next);
      if (isListed[i] || same(item(i), { ...item(i), ...next })) return i;
      return put({ ...item(i), ...next });
    },
    deal(count, dealing) {
      pages = count;
      pageOf = dealing;
      members = Array.from({ length: count }, () => new Set());
      isConfirmed = Array.from({ length: count }, () => false);
      page = new Uint16Array(ids.length);
      brought = Array.from({ length: count }, () => 0);
      ids.forEach((_, i) => {
        dealItem(i);
        if (isListed[i] && served.has(i)) brought[page[i]!]!++;
      });
    },
    takePage(answer) {
      let changes = 0;
      const gone = new Set(members[answer.page]);
      for (const { item: next, live = [] } of answer.items) {
        const known = numbers.get(next.id);
        const isNew = known === undefined || !isListed[known];
        if (!isNew) tell(known, -1);
        const differs = known === undefined || !same(item(known), next);
        const i = differs ? put(next) : known;
        gone.delete(i);
        served.add(i);
        isListed[i] = true;
        tell(i, 1);
        if (isNew) mark(i);
        const before = index.live(i);
        const counted = live.length === WIDTH && live.some((byte, h) => byte !== before[h]);
        if (counted) {
          index.count(i, live);
          priors.clear();
        }
        if (differs || isNew || counted) changes++;
      }
      for (const i of gone) {
        if (!isListed[i]) continue;
        tell(i, -1);
        isListed[i] = false;
        mark(i);
        changes++;
      }
      return changes;
    },
    confirm(number, current) {
      const surer = current && isConfirmed[number] !== true && members[number]!.size > 0;
      isConfirmed[number] = current;
      return surer;
    },
    learn(placing) {
      isLearned = true;
      place = placing;
      for (const i of early) {
        if (isListed[i]) tell(i, -1);
        index.place(i, place(item(i)));
        if (isListed[i]) tell(i, 1);
      }
      early.clear();
    },
    scorable,
    prior(weights) {
      const known = priors.get(weights);
      if (known?.length === ids.length) return known;
      const prior = itemPrior(index.current(), weights, known);
      priors.set(weights, prior);
      return prior;
    },
    recommendable: () => mask,
    tally: () => ({
      items: onRung.reduce((sum, items) => sum + items, 0),
      confirmed: brought.reduce((sum, items, number) => sum + (isConfirmed[number] ? items : 0), 0),
      byRung: Object.fromEntries(RUNGS.map((rung, k) => [rung, onRung[k]!])) as Record<Rung, number>,
    }),
    index: index.current,
    count: () => ids.length,
  };

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

function grown(before: Uint16Array<ArrayBuffer>, length: number): Uint16Array<ArrayBuffer> {
  const after = new Uint16Array(length);
  after.set(before);
  return after;
}
