import { Hono } from 'hono';
import { pageOf } from '@evershelf/model';
import { digestOf } from '../digestOf.ts';
import type { Shop } from '../shop/openShop.ts';
import { RequestError } from './RequestError.ts';
import { unlessKnown } from './unlessKnown.ts';
import { wholeNumber } from './wholeNumber.ts';

const MOST_IDS = 100;
const ITEMS_CACHE = 'public, max-age=5, stale-while-revalidate=60';
/** An address with a revision is asked for only until the page has a later one. */
const PAGE_CACHE = 'public, max-age=86400';
/** What this service has is older than what was asked for: another one on the store knows better. */
const NO_CACHE = 'no-store';
const PAIRS_CACHE = 'public, max-age=60, stale-while-revalidate=600';
const CHANGES_CACHE = 'public, max-age=1';

/** The routes that browsers read from. */
export function reads(shop: Shop): Hono {
  const tag = (revision: number): string => `${shop.identity()}-${revision}`;
  return new Hono()
    .get('/items', (c) => {
      const listed = (c.req.queries('ids') ?? []).flatMap((ids) => ids.split(','));
      const ids = [...new Set([...listed, ...(c.req.queries('id') ?? [])])].filter((id) => id !== '');
      if (ids.length === 0)
        throw new RequestError(400, 'found no ids, wanted ?ids=a,b, or ?id= for each that has a comma');
      if (ids.length > MOST_IDS)
        throw new RequestError(
          400,
          `found ${ids.length} ids, wanted at most ${MOST_IDS}, ask several times or read pages`,
        );
      const revision = shop.revisionOf(ids.map((id) => pageOf(id, shop.pages())));
      return unlessKnown(c, tag(revision), ITEMS_CACHE, () => shop.items(ids));
    })
    .get('/pages/:page', async (c) => {
      const page = pageNumber(c.req.param('page'), shop.pages());
      const wanted = wholeNumber(c.req.query('r') ?? '0', 'r');
      await shop.reach(wanted);
      const revision = shop.revisionOf([page]);
      const cache = wanted === 0 ? ITEMS_CACHE : wanted <= shop.revision() ? PAGE_CACHE : NO_CACHE;
      return unlessKnown(c, tag(revision), cache, async () => JSON.stringify(await shop.page(page)));
    })
    .get('/pairs/:page', async (c) => {
      // Pairs have no revision: their answer is told by its content.
      const answer = await shop.pairs(pageNumber(c.req.param('page'), shop.pages()));
      return unlessKnown(c, digestOf(answer), PAIRS_CACHE, () => JSON.stringify(answer));
    })
    .get('/changes', async (c) => {
      const since = wholeNumber(c.req.query('since') ?? '0', 'since');
      await shop.reach(since);
      return unlessKnown(c, tag(shop.revision()), CHANGES_CACHE, () => JSON.stringify(shop.changes(since)));
    });
}

function pageNumber(text: string, pages: number): number {
  const page = wholeNumber(text, 'page');
  if (page >= pages) throw new RequestError(404, `found page ${page}, wanted 0 to ${pages - 1}`);
  return page;
}
