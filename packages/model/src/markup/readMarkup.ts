import { breadcrumb } from './breadcrumb.ts';
import { currencyOf } from './ecommerceReader.ts';
import { foundOf, goesByName } from './Found.ts';
import { graphOf, isA, type Thing } from './Graph.ts';
import { inStockOf } from './inStockOf.ts';
import { jsonLd } from './jsonLd.ts';
import type { MarkupDocument } from './MarkupElement.ts';
import { microdata } from './microdata.ts';
import { isHome, type Place, placeOf, sameness } from './Place.ts';
import { priceOf } from './priceOf.ts';
import { type IdProperty, type Product, productOf, PRODUCTS } from './productOf.ts';
import { textOf } from './textOf.ts';

export type MarkupSource = 'json-ld' | 'microdata' | 'open-graph';

/** What a page's markup says of it. */
export interface Markup {
  /** The product that the page is about: of JSON-LD, else microdata, else Open Graph; what one does not say the next does. */
  readonly product?: Product;
  /** What kind of page it is by the type that it names. */
  readonly kind?: 'cart' | 'category' | 'search';
  /** How many products it lists. */
  readonly listed: number;
  /** Names on the way to the page, root first, without the shop's first page and the product itself. */
  readonly path?: readonly string[];
  /** True where it is the shop's first page. */
  readonly isHome: boolean;
  /** ISO 4217. */
  readonly currency?: string;
  /** BCP 47. */
  readonly language?: string;
  /** Everything that was read, as texts to compare it by. */
  readonly parts: ReadonlySet<string>;
  /** All products that are not in a list, by where they stand. */
  readonly products: readonly { readonly source: MarkupSource; readonly product: Product }[];
  /** Scripts of JSON-LD that are no JSON. */
  readonly broken: number;
}

export interface MarkupOptions {
  /** Address of the page. */
  readonly address: string;
  /** The property that is the shop's id of a product. */
  readonly id?: IdProperty | undefined;
  /**
   * What was read at another address of the same document (`parts`). Single-page apps leave markup behind: where it is still the
   * same, it counts only if it says that it is about this address.
   */
  readonly before?: ReadonlySet<string> | undefined;
}

/** Most scripts of JSON-LD that are read, UTF-16 code units of all of them, and products. */
const SCRIPTS = 50;
const LENGTH = 2_000_000;
const MOST = 50;

const LISTS = new Set(['ItemList', 'OfferCatalog']);
const KINDS = [
  ['cart', new Set(['CheckoutPage'])],
  ['search', new Set(['SearchResultsPage'])],
  ['category', new Set(['CollectionPage', 'ProductCollection'])],
] as const;
const SITES = new Set(['WebSite', 'Organization', 'OnlineStore']);

/**
 * Reads the schema.org markup of a page (JSON-LD, microdata), its Open Graph, its language. Bounded, whatever stands there; what
 * cannot be read is left out.
 */
export function readMarkup(page: MarkupDocument, { address, id, before }: MarkupOptions): Markup {
  const attribute = (selector: string, name: string): string | undefined => {
    for (const element of page.querySelectorAll(selector)) return textOf(element.getAttribute(name));
    return undefined;
  };
  const meta = (property: string): string | undefined =>
    attribute(`meta[property="${property}"],meta[name="${property}"]`, 'content');
  const canonical = attribute('link[rel~="canonical"]', 'href');
  const here = [address, ...(canonical === undefined || before !== undefined ? [] : [canonical])].flatMap(
    (each) => placeOf(each, address) ?? [],
  );
  const place: Place = here[0] ?? { path: '', route: '', query: new URLSearchParams() };
  const language = [
    attribute('html', 'lang'),
    attribute('html', 'xml:lang'),
    attribute('meta[http-equiv="content-language" i]', 'content'),
    meta('og:locale'),
  ]
    .map(languageOf)
    .find((each) => each !== undefined);
  /** How surely it is about this page, 0 to 2; undefined where it does not say. */
  const aboutHere = (addresses: readonly string[]): number | undefined => {
    const places = addresses.flatMap((each) => (each.startsWith('#') ? [] : (placeOf(each, address) ?? [])));
    return places.length === 0
      ? undefined
      : Math.max(...places.flatMap((each) => here.map((own) => sameness(each, own))));
  };

  const parts = new Set<string>();
  const isLeft = (part: string): boolean => {
    parts.add(part);
    return before?.has(part) ?? false;
  };
  let broken = 0;
  const written: Thing[] = [];
  let [scripts, length] = [0, 0];
  for (const script of page.querySelectorAll('script[type^="application/ld+json" i]')) {
    const text = script.textContent ?? '';
    length += text.length;
    if (scripts++ === SCRIPTS || length > LENGTH) break;
    const things = jsonLd(text);
    if (things === undefined) broken++;
    else if (!isLeft(text)) written.push(...things);
    else written.push(...things.filter(staysAsIs));
  }
  const marked = microdata(page).filter((thing) => !isLeft(JSON.stringify(thing)) || staysAsIs(thing));

  /** True for what a single-page app may leave: what is about the site, or says that it is about this address. */
  function staysAsIs(thing: Thing): boolean {
    if (isA(thing, SITES)) return true;
    const own = graphOf([thing]);
    const product = isA(thing, PRODUCTS) ? productOf(own, thing, id) : undefined;
    return product !== undefined && (aboutHere(product.addresses) ?? 0) > 0;
  }

  const sources = (
    [
      ['json-ld', written],
      ['microdata', marked],
    ] as const
  ).map(([source, things]) => {
    const graph = graphOf(things);
    const entities = things.flatMap((thing) => graph.things(thing, 'mainEntity'));
    const productsOf = (of: readonly Thing[]): Product[] =>
      of
        .filter((thing) => isA(thing, PRODUCTS))
        .slice(0, MOST)
        .flatMap((thing) => productOf(graph, thing, id) ?? []);
    const products = productsOf(things);
    const main = productsOf(entities);
    return {
      source,
      graph,
      things: [...things, ...entities],
      products: [...main, ...products],
      main: main[0] ?? mainOf(products),
    };
  });

  /** The one product that a page is about, where there is one; of those that do not say where they are, those with an id first. */
  function mainOf(products: readonly Product[]): Product | undefined {
    const about = products.map((product) => aboutHere(product.addresses));
    for (const sure of [2, 1]) if (about.includes(sure)) return products[about.indexOf(sure)];
    const silent = products.filter((_, k) => about[k] === undefined);
    const known = silent.filter(({ item }) => !goesByName(item));
    const [first, ...others] = known.length > 0 ? known : silent;
    return first !== undefined && others.every((other) => isSame(first, other)) ? first : undefined;
  }

  const graphed = openGraph();
  const main = sources.map((source) => source.main).find((each) => each !== undefined);
  // Themes and plugins describe the same product again; others of the page, such as related ones, are left out.
  const again =
    main === undefined
      ? []
      : sources.flatMap(({ products }) => products.filter((each) => isSame(main, each)));
  const described = [main, ...again, graphed].filter((each) => each !== undefined);
  const product = described.length === 0 ? undefined : described.reduce(filled);
  const listed = sources.map(({ graph, things, products, main }) =>
    Math.max(
      ...things
        .filter((thing) => isA(thing, LISTS))
        .map((list) => graph.all(list, 'itemListElement').filter(Boolean).length),
      main === undefined && products.length > 1 ? products.length : 0,
      0,
    ),
  );
  const all = sources.flatMap(({ things }) => things);
  const kind = KINDS.find(([, types]) => all.some((thing) => isA(thing, types)))?.[0];
  const path = sources
    .map(({ graph, things }) =>
      breadcrumb(graph, things, { address, place, language, own: product?.item.title }),
    )
    .find((each) => each !== undefined);
  const site = sources
    .flatMap(({ graph, things }) =>
      things.filter((thing) => isA(thing, new Set(['WebSite']))).map((thing) => graph.text(thing, 'url')),
    )
    .find((each) => each !== undefined);
  const home = site === undefined ? undefined : placeOf(site, address);
  const currency =
    product?.currency ??
    sources
      .flatMap(({ products }) => products.map((each) => each.currency))
      .find((each) => each !== undefined) ??
    currencyOf(meta('product:price:currency') ?? meta('og:price:currency'));

  return {
    ...(product === undefined ? {} : { product }),
    ...(kind === undefined ? {} : { kind }),
    listed: Math.max(...listed),
    ...(path === undefined ? {} : { path }),
    isHome: isHome(place, language) || (home !== undefined && sameness(home, place) === 2),
    ...(currency === undefined ? {} : { currency }),
    ...(language === undefined ? {} : { language }),
    parts,
    products: [
      ...sources.flatMap(({ source, products }) => products.map((each) => ({ source, product: each }))),
      ...(graphed === undefined ? [] : [{ source: 'open-graph' as const, product: graphed }]),
    ],
    broken,
  };

  /** What Open Graph says of the product of the page. */
  function openGraph(): Product | undefined {
    const price = meta('product:price:amount') ?? meta('og:price:amount');
    if (price === undefined && !/^(?:og:)?product(?:\.item)?$/.test(meta('og:type') ?? '')) return undefined;
    const url = meta('og:url') ?? canonical;
    if (isLeft(JSON.stringify([url, price, meta('og:title')])) && !aboutHere(url === undefined ? [] : [url]))
      return undefined;
    const currency = currencyOf(meta('product:price:currency') ?? meta('og:price:currency'));
    const found = foundOf([meta('product:retailer_item_id'), url ?? address], {
      title: meta('og:title'),
      brand: meta('product:brand'),
      price: priceOf(price),
      inStock: inStockOf(meta('product:availability') ?? meta('og:availability')),
      image: meta('og:image'),
      url,
    });
    return found && { ...found, addresses: [], ...(currency === undefined ? {} : { currency }) };
  }
}

/** True where two descriptions are of one product: they share an id, or its name. */
function isSame(a: Product, b: Product): boolean {
  return (
    a.ids.some((id) => b.ids.includes(id)) || (a.item.title !== undefined && a.item.title === b.item.title)
  );
}

/** A product, and what a second description of it says that the first does not. */
function filled(first: Product, second: Product): Product {
  return {
    ...second,
    ...first,
    item: { ...second.item, ...first.item },
    ids: [...new Set([...first.ids, ...second.ids])],
  };
}

/** A language in its one spelling; undefined where it is none. */
function languageOf(text: string | undefined): string | undefined {
  try {
    return text === undefined
      ? undefined
      : Intl.getCanonicalLocales(text.split(',')[0]!.trim().replaceAll('_', '-'))[0];
  } catch {
    return undefined;
  }
}
