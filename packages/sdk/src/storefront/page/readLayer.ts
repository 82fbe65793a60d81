import { type Ecommerce, ecommerceReader, eventKind, type Found, type Line } from '@evershelf/model/markup';
import type { TrackedEvent } from '../../types.ts';
import { added, removed } from './cartLines.ts';
import type { TabMemory } from './tabMemory.ts';

/** What a data layer has said of the page at this address. */
export interface LayerPage {
  /**
   * What the page is, by the first event that says so: of a product or a cart. `order` for what follows a purchase. Later ones come
   * of what opens over a page: a cart in a drawer, a quick look at another product.
   */
  readonly is?: 'product' | 'cart' | 'order';
  /** The product of a product page. */
  readonly product?: Found;
  /** The products of its lists, those of all `view_item_list`. */
  readonly listed: readonly Found[];
  /** True where something was searched for. */
  readonly searched: boolean;
  readonly query?: string;
  /** ISO 4217; of an earlier page where this one does not say. */
  readonly currency?: string;
}

/** The shop's data layer, as it goes on. */
export interface Layer {
  /** Reads a message, and tells what the shopper did. It throws what a getter of the message throws. */
  take(message: object): void;
  page(): LayerPage;
  /** Undefined while nothing is known of it. */
  cart(): readonly Line[] | undefined;
  /** Says that a product of this address is being looked at, by markup: a view that the data layer then tells is the same. */
  seen(product: Found): void;
  /** True where a product of this address was looked at. */
  hasSeen(): boolean;
  moved(): void;
}

/** Milliseconds within which the same event in two conventions is one. */
const TOGETHER = 1000;

/** Most listed products that are kept of a page. */
const LISTED = 200;

const NOTHING: LayerPage = { listed: [], searched: false };

/**
 * @param memory what the tab knows of orders and the cart
 * @param tracked gets what the shopper did, of one message at once; views once for a product at an address, purchases once for an
 *   order, a line in the cart that two conventions tell once
 * @param itemOf what is said of a product that a message names
 */
export function readLayer(
  memory: TabMemory,
  tracked: (events: readonly TrackedEvent[]) => void,
  itemOf: (found: Found) => TrackedEvent['item'],
): Layer {
  const read = ecommerceReader();
  let page = NOTHING;
  /** Ids of the products that were viewed at this address. */
  const viewed = new Set<string>();
  /** True while the only view was told by markup. */
  let byMarkup = false;
  let latest: { readonly told: string; readonly shape: string; readonly time: number } | undefined;

  const is = (what: NonNullable<LayerPage['is']>, product?: Found): void => {
    if (page.is !== undefined) return;
    page = { ...page, is: what, ...(product === undefined ? {} : { product }) };
  };

  const tell = (kind: string, lines: readonly Line[]): void =>
    tracked(
      lines.map(({ found, quantity }) => ({
        item: itemOf(found),
        kind,
        ...(quantity === undefined ? {} : { quantity }),
      })),
    );

  /** True where the same was just told in another convention. */
  const isRepeated = ({ event, shape, lines }: Ecommerce): boolean => {
    const told = JSON.stringify([event, lines.map(({ found, quantity }) => [found.ids[0], quantity ?? 1])]);
    const time = performance.now();
    const before = latest;
    latest = { told, shape, time };
    return before?.told === told && before.shape !== shape && time - before.time < TOGETHER;
  };

  const view = (product: Found): void => {
    is('product', product);
    const isKnown = byMarkup || viewed.has(product.item.id);
    byMarkup = false;
    viewed.add(product.item.id);
    if (!isKnown) tell('view', [{ found: product }]);
  };

  const happened = (said: Ecommerce): void => {
    const { event, lines, transaction, currency, query } = said;
    if (currency !== undefined) page = { ...page, currency };
    const cart = memory.cart();
    switch (event) {
      case 'view_item':
        if (lines[0] !== undefined) view(lines[0].found);
        return;
      case 'view_item_list':
        page = { ...page, listed: [...page.listed, ...lines.map(({ found }) => found)].slice(0, LISTED) };
        return;
      case 'search':
        // The shopper has asked; what is found is on the next page, or comes.
        if (query !== undefined) page = { ...page, query };
        return;
      case 'view_search_results':
        page = { ...page, searched: true, ...(query === undefined ? {} : { query }) };
        return;
      case 'view_cart':
        is('cart');
        return memory.setCart(added([], lines));
      case 'begin_checkout':
      case 'add_shipping_info':
      case 'add_payment_info':
        if (lines.length > 0) memory.setCart(added([], lines));
        return;
      case 'remove_from_cart':
        if (!isRepeated(said)) memory.setCart(removed(cart, lines));
        return;
      case 'purchase':
        is('order');
        memory.setCart([]);
        if (transaction === undefined ? isRepeated(said) : !memory.isNew(transaction)) return;
        break;
      case 'add_to_cart':
        if (isRepeated(said)) return;
        memory.setCart(added(cart, lines));
        break;
    }
    const kind = eventKind(event);
    if (kind !== undefined && lines.length > 0) tell(kind, lines);
  };

  return {
    take: (message) => read(message).forEach(happened),
    page: () => page,
    cart: memory.cart,
    seen(product) {
      viewed.add(product.item.id);
      byMarkup = true;
    },
    hasSeen: () => viewed.size > 0,
    moved() {
      const { currency } = page;
      page = currency === undefined ? NOTHING : { ...NOTHING, currency };
      viewed.clear();
      byMarkup = false;
    },
  };
}
