import type { AttributeValue } from '../item.ts';
import { categoryOf } from './categoryOf.ts';
import { currencyOf } from './ecommerceReader.ts';
import { type Found, foundOf } from './Found.ts';
import { type Graph, isThing, type Thing } from './Graph.ts';
import { inStockOf } from './inStockOf.ts';
import { priceOf } from './priceOf.ts';
import { textOf } from './textOf.ts';

/** A product of a page's markup. */
export interface Product extends Found {
  /** ISO 4217. */
  readonly currency?: string;
  /** Where it is sold, as the markup says; relative ones as they stand. */
  readonly addresses: readonly string[];
}

/** schema.org's types of what is sold. */
export const PRODUCTS: ReadonlySet<string> = new Set([
  ...['Product', 'ProductGroup', 'ProductModel', 'IndividualProduct', 'SomeProducts', 'ProductCollection'],
  ...['Vehicle', 'Car', 'Motorcycle'],
]);

/** Properties that say which product it is, in the order in which they are its id. */
export const ID_PROPERTIES = [
  ...['sku', 'productID', 'gtin', 'gtin14', 'gtin13', 'gtin12', 'gtin8', 'isbn', 'mpn', 'identifier'],
  ...['productGroupID', 'inProductGroupWithID', '@id', 'url'],
] as const;

/** A property that can be a product's id. */
export type IdProperty = (typeof ID_PROPERTIES)[number];

/** Attributes of an item that are the property of the same name. */
const ATTRIBUTES = ['color', 'size', 'material', 'pattern'] as const;

/** Prices that nobody pays, by schema.org's PriceTypeEnumeration. */
const STRUCK = /(?:List|Strikethrough|SRP|MSRP|Regular)(?:Price)?$/i;

/** Most variants of a product, and offers of all of them, that are read. */
const VARIANTS = 100;
const OFFERS = 100;

/** Most properties of the shop's own, and the longest name of one. */
const ADDITIONAL = 40;
const NAME = 64;

/**
 * A schema.org Product, or a ProductGroup with its variants, as an item. It goes by the first of sku, productID, gtin, mpn,
 * productGroupID, `@id`, url that it has, and by all ids of its offers and variants; by its name where it has none and is offered.
 *
 * @param id the property that is the shop's id, before all others
 * @returns undefined where nothing identifies it
 */
export function productOf(graph: Graph, thing: Thing, id?: IdProperty): Product | undefined {
  const { all, text, texts, things } = graph;
  const variants = things(thing, 'hasVariant').slice(0, VARIANTS);
  const groups = things(thing, 'isVariantOf').slice(0, 1);
  const offers = offersOf(graph, [thing, ...variants]);
  const order = id === undefined ? ID_PROPERTIES : [id, ...ID_PROPERTIES];
  const inOrder = (each: Thing): string[] => order.flatMap((name) => text(each, name) ?? []);
  const sold = offers.flatMap((offer) => [offer, ...things(offer, 'itemOffered').slice(0, 1)]);
  // An address names it where nothing else does, in whichever of its parts.
  const ids = [thing, ...sold, ...variants, ...groups].flatMap(inOrder);
  const isAddress = (each: string): boolean => /^(?:https?:|\/|#)/.test(each);
  const ranked =
    id === '@id' || id === 'url'
      ? ids
      : [...ids.filter((each) => !isAddress(each)), ...ids.filter(isAddress)];

  const first = (property: string): string | undefined =>
    [thing, ...groups, ...variants].map((each) => text(each, property)).find((each) => each !== undefined);
  const image = all(thing, 'image').concat(variants.flatMap((each) => all(each, 'image')));
  const category = [thing, ...groups].flatMap((each) => all(each, 'category'));
  const rating = things(thing, 'aggregateRating')[0] ?? {};
  const open = offers.filter((offer) => availabilityOf(graph, offer) !== false);
  const prices = (open.length > 0 ? open : offers).flatMap((offer) => priceOfOffer(graph, offer) ?? []);
  const stock = offers.map((offer) => availabilityOf(graph, offer)).filter((each) => each !== undefined);
  const currency = offers
    .flatMap((offer) => [offer, ...things(offer, 'priceSpecification')])
    .map((each) => currencyOf(text(each, 'priceCurrency')))
    .find((each) => each !== undefined);

  const title = first('name');
  // Names are not unique: one is an id where there is no other, as in a data layer, and where something is sold under it.
  const found = foundOf(ranked.length === 0 && offers.length > 0 ? [title] : ranked, {
    ...additionalOf(graph, thing),
    title,
    brand: first('brand') ?? first('manufacturer'),
    category: categoryPath(graph, category),
    price: prices.length === 0 ? undefined : Math.min(...prices),
    inStock: stock.length === 0 ? undefined : stock.includes(true),
    image: image.map((each) => imageOf(graph, each)).find((each) => each !== undefined),
    url: text(thing, 'url') ?? texts(thing, '@id').find((each) => /^https?:/.test(each)),
    ...Object.fromEntries(ATTRIBUTES.map((name) => [name, oneOrAll(texts(thing, name))])),
    rating: priceOf(text(rating, 'ratingValue')),
    ratings: priceOf(text(rating, 'reviewCount') ?? text(rating, 'ratingCount')),
  });
  if (found === undefined) return undefined;
  const addresses = [thing, ...sold, ...variants].flatMap((each) => [
    ...texts(each, 'url'),
    ...texts(each, '@id'),
  ]);
  return { ...found, addresses, ...(currency === undefined ? {} : { currency }) };
}

/** All offers of products: those of an AggregateOffer, or itself where it names none. */
function offersOf(graph: Graph, products: readonly Thing[]): Thing[] {
  const found: Thing[] = [];
  for (const product of products)
    for (const offer of graph.things(product, 'offers')) {
      const parts = graph.things(offer, 'offers');
      found.push(...(parts.length === 0 ? [offer] : parts));
      if (found.length >= OFFERS) return found.slice(0, OFFERS);
    }
  return found;
}

function availabilityOf(graph: Graph, offer: Thing): boolean | undefined {
  return inStockOf(graph.text(offer, 'availability'));
}

/** What is paid: its own price, the lowest of an AggregateOffer, else the one of its specifications that is not struck through. */
function priceOfOffer(graph: Graph, offer: Thing): number | undefined {
  const read = (thing: Thing, names: readonly string[]): number | undefined =>
    names.map((name) => priceOf(graph.text(thing, name))).find((price) => price !== undefined);
  const own = read(offer, ['price', 'lowPrice']);
  if (own !== undefined) return own;
  const [paid] = graph
    .things(offer, 'priceSpecification')
    .filter((each) => !STRUCK.test(graph.text(each, 'priceType') ?? ''))
    .flatMap((each) => read(each, ['price', 'minPrice']) ?? []);
  return paid ?? read(offer, ['highPrice']);
}

/** The longest path that is said in one value; else the values as its levels. */
function categoryPath(graph: Graph, values: readonly unknown[]): string[] | undefined {
  const names = values.map((value) =>
    isThing(value) ? (graph.text(value, 'name') ?? graph.text(value, 'codeValue')) : value,
  );
  const longest = names.map((name) => categoryOf([name]) ?? []).toSorted((a, b) => b.length - a.length)[0];
  return longest !== undefined && longest.length > 1 ? longest : categoryOf(names);
}

function imageOf(graph: Graph, value: unknown): string | undefined {
  if (!isThing(value)) return textOf(value);
  return graph.text(value, 'url') ?? graph.text(value, 'contentUrl') ?? graph.text(value, '@id');
}

function additionalOf(graph: Graph, thing: Thing): Record<string, AttributeValue | undefined> {
  const found: Record<string, AttributeValue | undefined> = {};
  for (const each of graph.things(thing, 'additionalProperty').slice(0, ADDITIONAL)) {
    const name = graph.text(each, 'name') ?? graph.text(each, 'propertyID');
    // What every object answers to is nobody's attribute.
    if (name === undefined || name.length > NAME || name in found || RESERVED.has(name)) continue;
    const values = graph.all(each, 'value').filter((value) => typeof value !== 'object');
    const [value] = values;
    found[name] =
      values.length === 1 && (typeof value === 'number' || typeof value === 'boolean')
        ? value
        : oneOrAll(graph.texts(each, 'value'));
  }
  return found;
}

/** Names that an item's attribute cannot have, or that say something else of it. */
const RESERVED = new Set(['id', 'prototype']);

function oneOrAll(texts: readonly string[]): AttributeValue | undefined {
  return texts.length > 1 ? texts : texts[0];
}
