import { LIVE_HALF_LIVES, type PageAnswer, pageOf } from '@evershelf/model';
import { pacer } from '../engines/breathe.ts';
import { addItem, hasItem, noItems, withRoom } from '../engines/mask.ts';
import type { Shop } from '../shop/shop.ts';

const WIDTH = LIVE_HALF_LIVES.length;
/** Most pages that a shop is dealt to: an item's page among fewer is the lower bits of that among these. */
const MOST_PAGES = 65_536;
/** Items that are hashed between two looks at the clock. */
const SOME = 256;

/** The items of a shop by the pages of its metadata service. */
export interface ShopPages {
  /** Hashes the ids of the items that are here, in slices; those that come later are hashed when they are asked for. */
  hashed(): Promise<void>;
  /** Deals the items to pages, before the first page is taken or where their number has changed. */
  deal(pages: number): void;
  /**
   * Takes a page: the items of the shop whose ids fall in it. Returns how many items differ now.
   *
   * @param whole false where there may be others, of which nothing is known; default true
   */
  take(answer: PageAnswer, whole?: boolean): number;
  /**
   * Takes the live bytes of the items of a page that was taken whole, in its order. Nothing where they are of other items.
   * Returns how many items are counted otherwise now.
   */
  count(page: number, bytes: Uint8Array): number;
  /** Says whether a page is the one that the service has now. Returns true where its items became sure by that. */
  confirm(page: number, current: boolean): boolean;
  /** True where the attributes of item i are those that the service has now. */
  confirmed(i: number): boolean;
  /** How many of the listed items are confirmed. */
  tally(): number;
}

export function shopPages(shop: Shop): ShopPages {
  let pages = 0;
  /** Listed items of each page, and how many of them a page of the service brought. */
  let members: Uint32Array[] = [];
  let brought: number[] = [];
  /** Whether the members of each page are those of an answer, in its order. */
  let isOrdered: boolean[] = [];
  let isConfirmed: boolean[] = [];
  /** Items that a page of the service brought. */
  let served = noItems(shop.count());

  const idOf = shop.attribute('id');
  let hashing: Promise<void> | undefined;
  let hashes = new Uint16Array(0);
  const pageOfItem = (i: number): number =>
    i < hashes.length ? hashes[i]! & (pages - 1) : pageOf(String(idOf(i)), pages);

  const hash = async (): Promise<void> => {
    const found = new Uint16Array(shop.count());
    const pace = pacer();
    for (let i = 0; i < found.length; i++) {
      if (i % SOME === 0) await pace();
      found[i] = pageOf(String(idOf(i)), MOST_PAGES);
    }
    hashes = found;
  };

  return {
    hashed: () => (hashing ??= hash()),
    deal(count) {
      pages = count;
      const sizes = new Uint32Array(count);
      for (let i = 0; i < shop.count(); i++) if (shop.listed(i)) sizes[pageOfItem(i)]!++;
      members = Array.from(sizes, (size) => new Uint32Array(size));
      brought = members.map(() => 0);
      sizes.fill(0);
      for (let i = 0; i < shop.count(); i++) {
        if (!shop.listed(i)) continue;
        const page = pageOfItem(i);
        members[page]![sizes[page]!++] = i;
        if (hasItem(served, i)) brought[page]!++;
      }
      isOrdered = members.map(() => false);
      isConfirmed = members.map(() => false);
    },
    take({ page, items }, whole = true) {
      let changes = 0;
      const here = new Set<number>();
      for (const { item } of items) {
        if (pageOf(item.id, pages) !== page) continue;
        const differs = shop.update(item);
        const i = shop.find(item.id)!;
        here.add(i);
        const came = shop.list(i, true);
        if (differs || came) changes++;
      }
      served = withRoom(served, shop.count());
      for (const i of here) addItem(served, i);
      const count = here.size;
      for (const i of members[page]!) {
        if (!whole) here.add(i);
        else if (!here.has(i) && shop.list(i, false)) changes++;
      }
      members[page] = Uint32Array.from(here);
      isOrdered[page] = whole;
      brought[page] = count;
      return changes;
    },
    count(page, bytes) {
      const own = members[page]!;
      if (isOrdered[page] !== true || bytes.length !== own.length * WIDTH) return 0;
      let changes = 0;
      own.forEach((i, k) => {
        const live = [...bytes.subarray(k * WIDTH, (k + 1) * WIDTH)];
        // Where nothing was counted yet, what the model knows stays.
        if (live.some((byte) => byte > 0) && shop.countLive(i, live)) changes++;
      });
      return changes;
    },
    confirm(page, current) {
      const surer = current && isConfirmed[page] !== true && members[page]!.length > 0;
      isConfirmed[page] = current;
      return surer;
    },
    confirmed: (i) => hasItem(served, i) && isConfirmed[pageOfItem(i)] === true,
    tally: () => brought.reduce((sum, items, page) => sum + (isConfirmed[page] ? items : 0), 0),
  };
}
