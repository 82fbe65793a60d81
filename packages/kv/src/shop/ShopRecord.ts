import { ServiceError } from '../ServiceError.ts';
import type { Store } from '../stores/Store.ts';
import { SHOP_KEY } from './keys.ts';

/** Where the shop stands: what every step up to `seq` did is in its place. */
export interface ShopRecord {
  readonly pages: number;
  /** Revision at the store's birth. */
  readonly born: number;
  /** The number of its latest step, from 1, the birth. */
  readonly seq: number;
  readonly revision: number;
}

/**
 * The shop's record, made where the store has none. Revisions start at the clock's seconds: a browser that knows a store which
 * was lost or re-created finds the new one's revisions above its own.
 *
 * @param now Unix seconds
 * @throws {ServiceError} where `pages` is no number of pages
 */
export async function openShopRecord(store: Store, pages: number, now: number): Promise<ShopRecord> {
  const read = async (): Promise<ShopRecord | undefined> =>
    (await store.getMany([SHOP_KEY]))[0] as ShopRecord | undefined;
  const found = await read();
  if (found !== undefined) return found;
  if (!Number.isInteger(Math.log2(pages)) || pages > 65_536)
    throw new ServiceError(`pages: found ${pages}, wanted a power of two in 1..65536`);
  const born = Math.max(0, Math.floor(now));
  const shop = { pages, born, seq: 1, revision: born };
  const [written] = await store.putMany([[SHOP_KEY, shop]], shop.seq);
  return written ? shop : (await read())!;
}
