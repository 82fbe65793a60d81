import { setImmediate as nextTurn } from 'node:timers/promises';
import { Hono, type MiddlewareHandler } from 'hono';
import { checkStored, type Item, ItemError, shown } from '@evershelf/model';
import type { Grants } from '../access/grants.ts';
import type { Shop } from '../shop/openShop.ts';
import { SLICE, slices } from '../slices.ts';
import { checkSeeds } from './checkSeeds.ts';
import type { Metrics } from './metrics.ts';
import { onlyWith } from './onlyWith.ts';
import { perMinute } from './perMinute.ts';
import { readList } from './readBody.ts';
import { json } from './json.ts';
import { RequestError } from './RequestError.ts';
import type { RequestLimits } from './RequestLimits.ts';
import type { Variables } from './Variables.ts';

const LIMITS = { most: 1000, bytes: 4 * 1024 * 1024 };
/** Bad items that an answer names. */
const MOST_NAMED = 5;
/** Characters of what is said of one: it names the attribute. */
const MOST_SAID = 500;

export interface WritesParts {
  readonly shop: Shop;
  readonly grants: Grants;
  readonly limits: Pick<RequestLimits, 'writesPerMinute'>;
  readonly now: () => number;
  readonly metrics: Metrics;
}

/** The routes that the shop's owner writes to. */
export function writes({ shop, grants, limits, now, metrics }: WritesParts): Hono<{ Variables: Variables }> {
  const boundWrites = perMinute('writes', limits.writesPerMinute, now, 'with one token');
  const bounded: MiddlewareHandler<{ Variables: Variables }> = async (c, next) => {
    boundWrites(c, c.get('grant')!.key, 1);
    await next();
  };
  const allowed = [onlyWith(grants, 'write'), bounded] as const;
  return new Hono<{ Variables: Variables }>()
    .put('/items', ...allowed, async (c) => {
      const { list, body } = await readList(c, 'items', LIMITS);
      const items = await checkItems(list);
      const answer = await shop.put(items, checkSeeds(body, items));
      if (answer.written > 0) metrics.batches.inc();
      return json(c, answer);
    })
    .delete('/items', ...allowed, async (c) => {
      const { list } = await readList(c, 'ids', LIMITS);
      const at = list.findIndex((id) => typeof id !== 'string' || id === '');
      if (at >= 0)
        throw new RequestError(400, `ids[${at}]: found ${shown(list[at])}, wanted the id of an item`);
      const answer = await shop.remove(list as string[]);
      if (answer.deleted > 0) metrics.batches.inc();
      return json(c, answer);
    });
}

async function checkItems(list: readonly unknown[]): Promise<Item[]> {
  const items: Item[] = [];
  const bad: { at: number; id?: string; message: string }[] = [];
  for (const slice of slices(list)) {
    // A long list has just been parsed, which was a turn of its own.
    if (list.length > SLICE) await nextTurn();
    for (const value of slice)
      try {
        items.push(checkStored(value));
      } catch (error) {
        if (!(error instanceof ItemError)) throw error;
        bad.push({
          at: items.length + bad.length,
          ...(error.id === undefined ? {} : { id: error.id }),
          message: error.message.slice(0, MOST_SAID),
        });
      }
  }
  if (bad.length > 0)
    throw new RequestError(
      400,
      `found ${bad.length} bad of ${list.length} items, wanted all good, correct them and send the batch again; nothing was written`,
      { items: bad.slice(0, MOST_NAMED) },
    );
  return items;
}
