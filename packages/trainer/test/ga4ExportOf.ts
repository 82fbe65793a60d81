import { DuckDBInstance } from '@duckdb/node-api';
import { folderWith, type SyntheticShop } from './syntheticShop.ts';

/** An event of GA4's BigQuery export, with what of its schema says something here (support.google.com/analytics/answer/7029846). */
interface Ga4Event {
  readonly event_date: string;
  /** Microseconds; BigQuery writes INT64 as a text in JSON. */
  readonly event_timestamp: string;
  readonly event_name: string;
  readonly event_params: readonly { key: string; value: object }[];
  readonly user_id: string | null;
  readonly user_pseudo_id: string | null;
  readonly device: { category: string; language: string };
  readonly geo: { country: string };
  readonly platform: string;
  readonly ecommerce: { purchase_revenue: number | null; transaction_id: string };
  readonly items: readonly object[];
}

const KINDS = { view: 'view_item', cart: 'add_to_cart', purchase: 'purchase' } as const;

/** An event of a shop, as a log of one row an item would have it. */
export interface PlainEvent {
  readonly time: number;
  readonly shopper: string;
  readonly session: string;
  readonly item: string;
  readonly kind: keyof typeof KINDS;
}

/** The events of the synthetic shop, of three kinds. */
export function plainEvents({ events }: SyntheticShop): PlainEvent[] {
  return events.map((event, k) => ({ ...event, kind: (['view', 'cart', 'purchase'] as const)[k % 3]! }));
}

/** The same as the export has them, among events that are no interest: pages, lists, promotions, removals. */
export function ga4Events(shop: SyntheticShop): Ga4Event[] {
  const items = new Map(shop.items.map((item) => [item.id, item]));
  const lineOf = (id: string): object => {
    const { title, category, brand, price } = items.get(id)!;
    const [department, shelf] = category.split(' > ');
    return {
      item_id: id,
      item_name: title,
      item_brand: brand,
      item_variant: '(not set)',
      item_category: department,
      item_category2: shelf,
      item_category3: '(not set)',
      item_category4: '(not set)',
      item_category5: '(not set)',
      price_in_usd: null,
      price,
      quantity: '1',
      item_revenue: null,
      coupon: '(not set)',
      item_list_id: '(not set)',
      item_list_index: '(not set)',
      item_params: [],
    };
  };
  return plainEvents(shop).flatMap((event, k) => {
    const of = (event_name: string, ids: readonly string[], later = 0): Ga4Event => ({
      event_date: new Date(event.time * 1000).toISOString().slice(0, 10).replaceAll('-', ''),
      event_timestamp: `${(event.time + later) * 1e6}`,
      event_name,
      event_params: [
        { key: 'page_location', value: { string_value: 'https://shop.example/', int_value: null } },
        { key: 'ga_session_id', value: { string_value: null, int_value: `${hashOf(event.session)}` } },
      ],
      user_id: null,
      user_pseudo_id: event.shopper,
      device: { category: 'mobile', language: 'de-de' },
      geo: { country: 'Austria' },
      platform: 'WEB',
      ecommerce: { purchase_revenue: event_name === 'purchase' ? 9.5 : null, transaction_id: '(not set)' },
      items: ids.map(lineOf),
    });
    const noise =
      k % 5 > 0
        ? []
        : [
            of('page_view', []),
            of(
              'view_item_list',
              shop.items.slice(k % 50, (k % 50) + 20).map(({ id }) => id),
              1,
            ),
            of('select_promotion', [shop.items[k % 50]!.id], 1),
            of('remove_from_cart', [shop.items[k % 50]!.id], 1),
          ];
    return [...noise, of(KINDS[event.kind], [event.item])];
  });
}

/** GA4 numbers sessions by the second in which they begin; here any number will do. */
function hashOf(session: string): number {
  return [...session].reduce((sum, letter) => (31 * sum + letter.charCodeAt(0)) % 1e9, 7);
}

/** The export as `bq extract` writes it: JSON lines and Parquet, in a new folder. */
export async function ga4Folder(shop: SyntheticShop): Promise<(name: string) => string> {
  const lines = ga4Events(shop).map((event) => `${JSON.stringify(event)}\n`);
  const half = Math.floor(lines.length / 2);
  const path = await folderWith({
    'events_20231114.jsonl': lines.slice(0, half).join(''),
    'events_20231201.jsonl': lines.slice(half).join(''),
  });
  const db = await (await DuckDBInstance.create(':memory:')).connect();
  await db.run(`
    COPY (
      SELECT * REPLACE (CAST(event_timestamp AS BIGINT) AS event_timestamp)
      FROM read_json('${path('events_*.jsonl')}', format = 'newline_delimited')
    ) TO '${path('events.parquet')}' (FORMAT parquet)`);
  db.closeSync();
  return path;
}
