import { goesByName } from '@evershelf/model/markup';
import type { SeenFeed } from './feedOf.ts';
import type { PageSummary, SeenProduct } from './summaryOf.ts';

/** Attributes of a product that shelves live on, and where a shop says them. */
const WANTED = [
  ['category', 'items that the model does not know are placed by it: add item_category, or a BreadcrumbList'],
  ['price', 'price bands need it: add price to the items, or offers to the Product'],
  ['title', 'cards show it: add item_name, or name'],
  ['image', 'cards of items that the catalogue has not show it: add image to the Product, or og:image'],
] as const;

const EVENTS = ['view_item', 'add_to_cart', 'purchase'] as const;

/** What a shop should do, or know, before the tag goes on its pages: a sentence each, about what was seen alone. */
export function adviceFor(pages: readonly PageSummary[], feeds: readonly SeenFeed[]): string[] {
  if (pages.length === 0) return [];
  const products = pages.flatMap((page) => page.products);
  const events = new Set(pages.flatMap(({ dataLayer }) => dataLayer?.events.map(({ event }) => event) ?? []));
  const advice: string[] = [];

  if (products.length === 0)
    advice.push(
      "No page says which product it is about. Name a product page to this command, or say it on such pages: evershelf.push((shop) => shop.setPage({ placement: 'product', product: { id, category } })).",
    );
  for (const page of pages) {
    if (page.products.length > 0)
      for (const [attribute, why] of WANTED)
        if (
          !page.products.some(({ item }) => item[attribute] !== undefined) &&
          !(attribute === 'category' && page.path)
        )
          advice.push(`${page.address}: no ${attribute} of its product was seen; ${why}.`);
    if (page.products.length > 0 && page.products.every(({ item }) => goesByName(item)))
      advice.push(
        `${page.address}: no id of its product was seen; it goes by its name, which no catalogue has: add item_id, or sku.`,
      );
    const differing = differentIds(page.products);
    if (differing !== undefined)
      advice.push(
        `${page.address}: ${differing}. The tag takes the first of a product's ids that the catalogue has; train and publish by one of them.`,
      );
    if (page.broken > 0)
      advice.push(`${page.address}: ${page.broken} of its JSON-LD scripts are no JSON, and are left out.`);
    if (page.language === undefined)
      advice.push(`${page.address}: its language was not seen; add lang to the html element.`);
    if (page.products.length > 0 && page.currency === undefined)
      advice.push(`${page.address}: its currency was not seen; prices are shown without one.`);
    for (const need of page.policy?.needs ?? [])
      advice.push(`${page.address}: Content-Security-Policy: ${need}.`);
  }

  const missing = EVENTS.filter(
    (event) => !events.has(event) && !(event === 'view_item' && products.length > 0),
  );
  if (missing.length > 0)
    advice.push(
      `${missing.join(', ')}: not seen in what stands in these pages; scripts of other files and of Tag Manager were not run. Where no data layer tells of it, say it: evershelf.push((shop) => shop.track({ item: id, kind: 'cart' })).`,
    );
  const followed = pages.flatMap(({ consent }) => consent.followed);
  const tools = [...new Set(pages.flatMap(({ consent }) => consent.tools))];
  if (followed.length === 0)
    advice.push(
      tools.length > 0
        ? `${tools.join(', ')}: neither Consent Mode nor TCF was seen beside it. The tag follows them where the tool sets them at run time; else hand the choice on: evershelf.push((shop) => shop.setConsent('profile')).`
        : "No consent tool was seen. Without a signal the tag keeps the catalogue on the device and nothing about the shopper; shop.setConsent('profile') lets it.",
    );
  advice.push(
    ...(feeds.length > 0
      ? feeds.map(
          ({ address, kind }) =>
            `Feed (${kind}): evershelf publish --feed ${address} --to <service or folder>.`,
        )
      : [
          'No feed was seen. Where the shop has one for Merchant Center: evershelf publish --feed <file> --to <service or folder>.',
        ]),
  );
  return [...new Set(advice)];
}

/** Says that markup and data layer call a product by different ids; undefined where they share one. */
function differentIds(products: readonly SeenProduct[]): string | undefined {
  const layer = products.find(({ source }) => source === 'data-layer');
  const markup = products.find(({ source }) => source !== 'data-layer');
  if (layer === undefined || markup === undefined || layer.item.id === markup.item.id) return undefined;
  // Its id may be made at run time, and a name is none.
  if (goesByName(layer.item) || goesByName(markup.item)) return undefined;
  return `the data layer calls its product ${layer.item.id}, its markup ${markup.item.id}`;
}
