import { type Found, knownAs, type Line, type Markup, type Place } from '@evershelf/model/markup';
import type { PageState, PlacementName } from '../Storefront.ts';
import type { LayerPage } from './readLayer.ts';

/** All that is known of a page. */
export interface Evidence {
  readonly layer: LayerPage;
  readonly cart: readonly Line[] | undefined;
  readonly markup: Markup;
  readonly place: Place;
  readonly title: string;
  /** Of the answer that brought the page, where the browser says so and the address is still its. */
  readonly status: number | undefined;
}

/** Names under which shops put what was searched for into the address. */
const QUERY = ['q', 'query', 'search', 'search_query', 'search_term', 's', 'keyword', 'keywords', 'sSearch'];

/** The last part of a cart's address. */
const CART =
  /\/(?:cart|basket|bag|warenkorb|panier|carrito|carrello|carrinho|winkelwagen|varukorg|kurv|koszyk)(?:\.\w+)?$/i;

/** What is longer is no search. */
const LONGEST = 200;

/** What a page is, by its data layer, its markup, its address, in this order, but for a page that is not there. */
function placementOf(evidence: Evidence): PlacementName | undefined {
  const { layer, markup, place, title, status } = evidence;
  if (status === 404) return 'missing';
  if (layer.is !== undefined) return layer.is === 'order' ? undefined : layer.is;
  if (markup.product !== undefined) return 'product';
  if (markup.kind === 'cart' || CART.test(place.path)) return 'cart';
  if (isSearch(evidence)) return isList(evidence) ? undefined : 'search';
  if (markup.isHome) return 'home';
  if (isList(evidence) || markup.kind === 'category') return 'category';
  return /\b404\b/.test(title) ? 'missing' : undefined;
}

/** What a storefront hears of a page. */
export function stateOf(evidence: Evidence, knows: (id: string) => boolean): PageState {
  const { layer, markup, cart } = evidence;
  const placement = placementOf(evidence);
  const product = placement === 'product' ? productOf(evidence) : undefined;
  // A quick look at a product does not make another page of a list.
  const isOfList =
    placement === 'category' || (product !== undefined && markup.product === undefined && isList(evidence));
  const category = isOfList ? (markup.path ?? sharedPath(layer.listed)) : undefined;
  const query = isSearch(evidence) ? queryOf(evidence) : undefined;
  const currency = layer.currency ?? markup.currency;
  return {
    ...(placement === undefined ? {} : { placement }),
    ...(product === undefined ? {} : { product: knownAs(product, knows) }),
    ...(category === undefined ? {} : { category }),
    ...(cart === undefined ? {} : { cart: cart.map(({ found }) => knownAs(found, knows)) }),
    ...(query === undefined ? {} : { query }),
    ...(currency === undefined ? {} : { currency }),
    ...(markup.language === undefined ? {} : { language: markup.language }),
  };
}

/**
 * The product of a page: as the data layer has it, and what it does not say as the markup has it, with the category of the way to the
 * page where none is said.
 */
export function productOf({ layer, markup }: Pick<Evidence, 'layer' | 'markup'>): Found | undefined {
  const said = layer.product;
  const marked = markup.product;
  const ids = [...new Set([...(said?.ids ?? []), ...(marked?.ids ?? [])])];
  const [id] = ids;
  if (id === undefined) return undefined;
  const way = markup.path === undefined ? {} : { category: markup.path };
  return { ids, item: { ...way, ...marked?.item, ...said?.item, id } };
}

function isList({ layer, markup }: Evidence): boolean {
  return markup.listed > 0 || layer.listed.length > 0;
}

function isSearch({ layer, markup, place }: Evidence): boolean {
  return layer.searched || markup.kind === 'search' || searchedFor(place) !== undefined;
}

function queryOf({ layer, place }: Evidence): string | undefined {
  return layer.query ?? searchedFor(place);
}

function searchedFor({ query }: Place): string | undefined {
  const found = QUERY.map((name) => query.get(name)?.trim()).find(Boolean);
  return found !== undefined && found.length <= LONGEST ? found : undefined;
}

/** The levels that the categories of all products begin with. */
function sharedPath(listed: readonly Found[]): readonly string[] | undefined {
  const paths = listed.map(({ item }) => item.category ?? []);
  const [first = []] = paths;
  const end = first.findIndex((level, k) => paths.some((path) => path[k] !== level));
  const shared = end < 0 ? first : first.slice(0, end);
  return shared.length === 0 ? undefined : shared;
}
