import type { IdProperty } from '@evershelf/model/markup';
import { parseHTML } from 'linkedom';
import { feedOf, type SeenFeed } from './feedOf.ts';
import { type InspectedPage, inspectPage } from './inspectPage.ts';
import { type Answer, openVisit, type Visit } from './openVisit.ts';

/** What a visit to a shop has seen. */
export interface SeenShop {
  readonly pages: readonly InspectedPage[];
  readonly feeds: readonly SeenFeed[];
}

/** Most pages, feeds and sitemaps that are asked for. */
const PAGES = 4;
const FEEDS = 2;
const SITEMAPS = 2;

const PRODUCT =
  /\/(?:products?|produkte?|produits?|productos?|p|dp|item|artikel|article)[/-]|\/\d+-[^/]+\.html$/i;
const LIST = /\/(?:collections?|category|categories|kategorie|categorie|product-category|shop|c)\//i;

/**
 * Looks at a page of a shop, at what it links to that looks like a product and like a list of them, or else at a product of its
 * sitemap: four pages at most, one after the other; and at what may be a feed.
 *
 * @throws {InputError} where the page is not to be had
 */
export async function visitShop(start: string, id?: IdProperty): Promise<SeenShop> {
  const { first, visit } = await openVisit(start);
  const pages = [inspectPage(pageOf(first), id)];
  const visited = new Set([start, first.address]);
  const look = async (address: string | undefined): Promise<void> => {
    if (address === undefined || pages.length === PAGES) return;
    visited.add(address);
    const answer = await visit.read(address);
    if (answer !== undefined && /html/.test(answer.type)) pages.push(inspectPage(pageOf(answer), id));
  };
  const link = (pattern: RegExp): string | undefined =>
    pages
      .flatMap(({ links }) => links)
      .find((each) => !visited.has(each) && pattern.test(new URL(each).pathname) && visit.allows(each));
  const hasProduct = (): boolean =>
    pages.some(({ markup, events }) => markup.product ?? events.some(({ event }) => event === 'view_item'));

  if (!pages.some(({ markup }) => markup.listed > 0)) await look(link(LIST));
  if (!hasProduct()) await look(link(PRODUCT));
  if (!hasProduct()) await look(await productInSitemap(visit));

  const feeds: SeenFeed[] = [];
  for (const address of [...new Set(pages.flatMap((page) => page.feeds))].slice(0, FEEDS)) {
    const answer = await visit.read(address);
    const feed = answer === undefined ? undefined : feedOf(address, answer.text);
    if (feed !== undefined) feeds.push(feed);
  }
  return { pages, feeds };
}

function pageOf({ address, text, policy }: Answer): Parameters<typeof inspectPage>[0] {
  return { address, html: text, policy };
}

/** The first address that looks like a product, of the sitemaps that look like those of products first. */
async function productInSitemap({ sitemaps, read }: Visit): Promise<string | undefined> {
  const pending = [...sitemaps];
  for (let asked = 0; asked < SITEMAPS && pending.length > 0; asked++) {
    const answer = await read(pending.shift()!);
    if (answer === undefined) continue;
    const { document } = parseHTML(answer.text);
    const addresses = [...document.querySelectorAll('loc')].flatMap((loc) => loc.textContent?.trim() ?? []);
    if (document.querySelector('sitemapindex') !== null)
      pending.unshift(
        ...addresses.toSorted((a, b) => Number(/product/i.test(b)) - Number(/product/i.test(a))),
      );
    else {
      const found = addresses.find(
        (address) => URL.canParse(address) && PRODUCT.test(new URL(address).pathname),
      );
      if (found !== undefined) return found;
    }
  }
  return undefined;
}
