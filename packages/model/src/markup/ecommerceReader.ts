import type { Found } from './Found.ts';
import { entryOf, ga4Item } from './ga4Item.ts';
import { priceOf } from './priceOf.ts';
import { textOf } from './textOf.ts';

/** Something that a data layer says happened, under GA4's name of it. */
export interface Ecommerce {
  /** `view_item`, `add_to_cart`, `purchase` and so on. */
  readonly event: string;
  /** Which convention it was written in: some shops write each event in two. */
  readonly shape: 'ga4' | 'universal' | 'classic';
  readonly lines: readonly Line[];
  /** Id of the order. */
  readonly transaction?: string;
  /** ISO 4217. */
  readonly currency?: string;
  /** What was searched for. */
  readonly query?: string;
}

/** A product of an event. */
export interface Line {
  readonly found: Found;
  /** How many, > 0; absent where it is not said. */
  readonly quantity?: number;
}

/** Most products of an event that are read, as GA4 takes of one. */
const LINES = 200;

/** GA4's names of what Universal Analytics keeps under a name of `ecommerce`. */
const UNIVERSAL = [
  ['impressions', 'view_item_list'],
  ['click', 'select_item'],
  ['detail', 'view_item'],
  ['add', 'add_to_cart'],
  ['remove', 'remove_from_cart'],
  ['checkout', 'begin_checkout'],
  ['purchase', 'purchase'],
  ['refund', 'refund'],
] as const;

/** GA4's events that have to do with products, or say what a page is. */
const EVENTS = new Set([
  ...UNIVERSAL.map(([, event]) => event),
  ...['view_cart', 'add_to_wishlist', 'add_shipping_info', 'add_payment_info'],
  ...['view_search_results', 'search'],
]);

/**
 * Reads the messages of a data layer, in their order: GA4's events (`{ event, ecommerce: { items } }`, and gtag's
 * `['event', name, { items }]`), Universal Analytics' enhanced e-commerce (`{ ecommerce: { detail: { products } } }`), and the
 * `transactionProducts` before it. An event without `ecommerce` takes that of an earlier message that had no event, until
 * `ecommerce: null`, as Tag Manager does.
 *
 * @returns a function that gives what a message says happened: none for most messages. It throws what a getter of a message throws
 */
export function ecommerceReader(): (message: unknown) => Ecommerce[] {
  let staged: unknown;
  return (message) => {
    const sent = entryOf(message);
    // What gtag pushes is its `arguments`.
    const name = textOf(sent[0] === 'event' ? sent[1] : sent['event']);
    const event = name !== undefined && EVENTS.has(name) ? name : undefined;
    if (sent[0] === 'event') return event === undefined ? [] : [ga4(event, entryOf(sent[2]))];
    const own = sent['ecommerce'];
    if (event === undefined && own !== undefined) staged = own ?? undefined;
    const ecommerce = entryOf(own ?? (event === undefined ? undefined : staged));
    const universal = UNIVERSAL.flatMap(([key, as]) => {
      const said = own === undefined || own === null ? undefined : ecommerce[key];
      return typeof said === 'object' && said !== null ? [universalOf(as, said, ecommerce)] : [];
    });
    if (event !== undefined && (universal.length === 0 || Array.isArray(ecommerce['items'])))
      return [ga4(event, { ...sent, ...ecommerce })];
    if (universal.length > 0) return universal;
    return Array.isArray(sent['transactionProducts'])
      ? [
          eventOf(
            'purchase',
            'classic',
            sent['transactionProducts'],
            sent['transactionId'],
            sent['transactionCurrency'],
          ),
        ]
      : [];
  };
}

function ga4(event: string, said: Readonly<Record<string, unknown>>): Ecommerce {
  const lines = said['items'];
  const query = textOf(said['search_term']);
  return {
    ...eventOf(
      event,
      'ga4',
      lines,
      said['transaction_id'],
      said['currency'] ?? entryOf(entryOf(lines)[0])['currency'],
    ),
    ...(query === undefined ? {} : { query }),
  };
}

function universalOf(event: string, said: object, ecommerce: Readonly<Record<string, unknown>>): Ecommerce {
  const { products, actionField } = said as { products?: unknown; actionField?: unknown };
  const lines = Array.isArray(said) ? said : products;
  return eventOf(event, 'universal', lines, entryOf(actionField)['id'], ecommerce['currencyCode']);
}

function eventOf(
  event: string,
  shape: Ecommerce['shape'],
  lines: unknown,
  order: unknown,
  money: unknown,
): Ecommerce {
  const transaction = textOf(order);
  const currency = currencyOf(money);
  return {
    event,
    shape,
    lines: Array.isArray(lines) ? lines.slice(0, LINES).flatMap(lineOf) : [],
    ...(transaction === undefined ? {} : { transaction }),
    ...(currency === undefined ? {} : { currency }),
  };
}

function lineOf(entry: unknown): Line[] {
  const found = ga4Item(entry);
  if (found === undefined) return [];
  const quantity = priceOf(entryOf(entry)['quantity']);
  return [quantity === undefined || quantity === 0 ? { found } : { found, quantity }];
}

/** A currency's code in its one spelling; undefined where it is none. */
export function currencyOf(value: unknown): string | undefined {
  const code = textOf(value)?.toUpperCase();
  return code !== undefined && /^[A-Z]{3}$/.test(code) ? code : undefined;
}
