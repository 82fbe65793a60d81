import { type Context, Hono } from 'hono';
import { PACKED_PAGE, packPage } from '@evershelf/model';
import type { Shop } from '../shop/openShop.ts';
import { answerCache } from './answerCache.ts';
import { answerWith } from './answerWith.ts';
import { CHEAPEST, representation, SMALLEST } from './representation.ts';
import { RequestError } from './RequestError.ts';
import { takesPacked } from './takesPacked.ts';
import { wholeNumber } from './wholeNumber.ts';

const MOST_IDS = 100;
/** Bytes of the answers about items that are kept, with their addresses. */
const MOST_LOOKUPS = 16 * 1024 * 1024;
const ITEMS_CACHE = 'public, max-age=5, stale-while-revalidate=60';
/** An address with a revision is asked for only until the page has a later one. */
const PAGE_CACHE = 'public, max-age=86400';
/** What this service has is older than what was asked for: another one on the store knows better. */
const NO_CACHE = 'no-store';
const PAIRS_CACHE = 'public, max-age=60, stale-while-revalidate=600';
const CHANGES_CACHE = 'public, max-age=1';

/** The routes that browsers read from. */
export function reads(shop: Shop): Hono {
  const kept = answerCache();
  // Apart from the others: whoever asks for ever other items pushes nothing else out.
  const lookups = answerCache(MOST_LOOKUPS);
  /** For answers at an address with a revision, or without one. */
  const cacheOf = (wanted: number): string => {
    if (wanted === 0) return ITEMS_CACHE;
    return wanted <= shop.revision() ? PAGE_CACHE : NO_CACHE;
  };
  return new Hono()
    .get('/items', async (c) => {
      // Many ask for the same ones: those of a department's first page.
      const answer = await lookups(c.req.url, shop.stateOfItems(), async () =>
        representation(await shop.items(idsOf(c)), CHEAPEST),
      );
      return answerWith(c, answer, ITEMS_CACHE);
    })
    .get('/pages/:page', async (c) => {
      const page = pageNumber(c.req.param('page'), shop.pages());
      const wanted = wholeNumber(c.req.query('r') ?? '0', 'r');
      await shop.reach(wanted);
      const isPacked = takesPacked(c.req.header('accept'));
      const answer = await kept(`${isPacked ? 'packed' : 'pages'}/${page}`, shop.stateOf(page), async () => {
        const content = await shop.page(page);
        const packed = isPacked ? packPage(content) : undefined;
        return packed === undefined
          ? representation(JSON.stringify(content), SMALLEST)
          : representation(packed, SMALLEST, PACKED_PAGE);
      });
      return answerWith(c, answer, cacheOf(wanted), 'Accept, Accept-Encoding');
    })
    .get('/live', async (c) => {
      const wanted = wholeNumber(c.req.query('r') ?? '0', 'r');
      await shop.reach(wanted);
      const answer = await kept('live', shop.stateOfLive(), async () =>
        representation(await shop.live(), SMALLEST, 'application/octet-stream'),
      );
      return answerWith(c, answer, cacheOf(wanted));
    })
    .get('/pairs/:page', async (c) => {
      const page = pageNumber(c.req.param('page'), shop.pages());
      const answer = await kept(`pairs/${page}`, shop.stateOfPairs(page), async () =>
        representation(JSON.stringify(await shop.pairs(page)), SMALLEST),
      );
      return answerWith(c, answer, PAIRS_CACHE);
    })
    .get('/changes', async (c) => {
      const since = wholeNumber(c.req.query('since') ?? '0', 'since');
      await shop.reach(since);
      const changes = { stream: true, ...shop.changes(since) };
      return answerWith(c, representation(JSON.stringify(changes), CHEAPEST), CHANGES_CACHE);
    });
}

function idsOf(c: Context): string[] {
  const listed = (c.req.queries('ids') ?? []).flatMap((ids) => ids.split(','));
  const ids = [...new Set([...listed, ...(c.req.queries('id') ?? [])])].filter((id) => id !== '');
  if (ids.length === 0)
    throw new RequestError(400, 'found no ids, wanted ?ids=a,b, or ?id= for each that has a comma');
  if (ids.length > MOST_IDS)
    throw new RequestError(
      400,
      `found ${ids.length} ids, wanted at most ${MOST_IDS}, ask several times or read pages`,
    );
  return ids;
}

function pageNumber(text: string, pages: number): number {
  const page = wholeNumber(text, 'page');
  if (page >= pages) throw new RequestError(404, `found page ${page}, wanted 0 to ${pages - 1}`);
  return page;
}
