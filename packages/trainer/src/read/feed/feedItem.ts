import { type AttributeValue, ID_LENGTH, type Item } from '@evershelf/model';
import { checkedItem } from '../checkedItem.ts';
import { levelsOf, PATH } from '../levelsOf.ts';
import type { FeedRow } from './FeedRow.ts';
import { type Money, moneyOf } from './moneyOf.ts';
import { stockOf } from './stockOf.ts';
import { periodOf } from './periodOf.ts';

/** Why a row of a feed gives no item. */
export class RowError extends Error {
  override readonly name = 'RowError';
  /** What is wrong, the same for all rows that have it. */
  readonly what: string;

  /** True where nothing is wrong but that the item's time is over. */
  readonly isExpired: boolean;

  constructor(what: string, message: string, isExpired = false) {
    super(message);
    this.what = what;
    this.isExpired = isExpired;
  }
}

/** An attribute that is left out of an item. */
export interface Refused {
  /** What is wrong, the same for all that have it. */
  readonly what: string;
  /** What was found and what was wanted. */
  readonly message: string;
}

/** Attributes that become something else of an item. */
const READ = new Set([
  'id',
  'title',
  'link',
  'image_link',
  'description',
  'price',
  'sale_price',
  'sale_price_effective_date',
  'availability',
  'product_type',
  'expiration_date',
]);

/** What tells Merchant Center how to advertise and to deliver, and what a feed's own format needs: nothing of the product. */
const LEFT_OUT =
  /^(shipping|tax|ads|adwords|return|promotion)(_|$)|^(in|ex)cluded_destination|_handling_time$|^(identifier_exists|transit_time_label|pause|external_seller_id|availability_date|guid|pubdate|updated|published|author|summary|content|encoded|category|rights|source|comments)$/;

/** Attributes of several values in one text, and what is between them. */
const SEVERAL: Readonly<Record<string, RegExp>> = {
  additional_image_link: /,\s*(?=https?:)/,
  color: /\//,
  material: /\//,
};

/** Attributes of the specification that look like numbers and are none. */
const TEXTS =
  /^(gtin|mpn|brand|google_product_category|item_group_id|colou?r|size|size_system|size_type|material|pattern|gender|age_group|condition|adult|is_bundle|energy_efficiency_class|custom_label_\d)$|(^|_)(id|code|no|number|sku)$/;
const NUMERAL = /^-?(?:0|[1-9]\d{0,14})(?:\.\d{1,9})?$/;

/** Longest text that is kept; what is longer ends at a word. */
const TEXT_LENGTH = 4096;

/**
 * The item of a row of a feed: its named attributes by Merchant Center's specification, all others under their own names.
 *
 * - `category` is the first product type, else Google's category where that is a path. Google's number of a category stays an
 *   attribute: the list of their names is Google's.
 * - `price` is what is to be paid at `now`: the sale price within its dates, and `list_price` beside it. `currency` is that of the
 *   price, where it has one.
 * - `inStock` is whether it can be ordered, also before it is there; `availability` says more.
 *
 * An attribute that cannot be read is left out of the item; where that is the sale price or its dates, the item is at its price.
 *
 * @param now Unix milliseconds
 * @throws {RowError} where the row is broken, has no id or no title, or is expired
 */
export function feedItem({ fields, broken }: FeedRow, now: number): { item: Item; refused: Refused[] } {
  if (broken !== undefined) throw new RowError('rows that cannot be read', broken);
  const first = (name: string): string | undefined => fields.get(name)?.[0];
  const id = first('id');
  if (id === undefined)
    throw new RowError('items without an id', 'id: found none, wanted the id of the product in the shop');
  if (id.length > ID_LENGTH)
    throw new RowError(
      'items whose id is too long',
      `id: found ${id.length} characters, wanted at most ${ID_LENGTH}`,
    );
  const title = first('title');
  if (title === undefined) throw new RowError('items without a title', 'title: found none, wanted a text');
  const refused: Refused[] = [];
  const refuse = (name: string, text: string, wanted: string): void =>
    void refused.push({
      what: `values of ${name} that cannot be read`,
      message: `${name}: found ${shown(text)}, wanted ${wanted}`,
    });
  const expires = first('expiration_date');
  const end = expires === undefined ? undefined : periodOf(`${expires}/${expires}`)?.[0];
  if (expires !== undefined && end === undefined)
    refuse('expiration_date', expires, 'a time such as 2026-03-01T08:00+0100');
  if (end !== undefined && end <= now)
    throw new RowError(
      'items that are expired',
      `expiration_date: found ${expires}, wanted a date to come`,
      true,
    );

  const item: Record<string, AttributeValue> & { id: string } = {
    id,
    title: shortened(title.replaceAll(/\s+/g, ' ')),
  };
  const put = (name: string, value: AttributeValue | undefined): void => {
    if (value !== undefined) item[name] = value;
  };
  put('url', first('link'));
  put('image', first('image_link'));
  const types = pathsOf(fields.get('product_type') ?? []);
  const google = first('google_product_category');
  const path = types[0] ?? (google !== undefined && PATH.test(google) ? levelsOf(google) : undefined);
  if (path !== undefined && path.length > 0) put('category', path.slice(0, 16));
  if (types.length > 1)
    put(
      'product_types',
      types.map((type) => type.join(' > ')),
    );
  putPrice(fields, now, put, refuse);
  const availability = first('availability');
  if (availability !== undefined) {
    const stock = stockOf(availability);
    if (stock === undefined)
      refuse('availability', availability, 'in_stock, out_of_stock, preorder or backorder');
    put('inStock', stock?.canOrder);
    put('availability', stock?.availability);
  }
  const description = first('description');
  if (description !== undefined) put('description', shortened(description));
  for (const [name, values] of fields)
    if (!READ.has(name) && !LEFT_OUT.test(name)) put(name, valueOf(name, values));
  const checked = checkedItem(item, (message) =>
    refused.push({ what: 'values that an item cannot have', message }),
  );
  return { item: checked!, refused };
}

function putPrice(
  fields: FeedRow['fields'],
  now: number,
  put: (name: string, value: AttributeValue) => void,
  refuse: (name: string, text: string, wanted: string) => void,
): void {
  const read = (name: string): Money | undefined => {
    const text = fields.get(name)?.[0];
    const money = text === undefined ? undefined : moneyOf(text);
    if (text !== undefined && money === undefined)
      refuse(name, text, 'an amount and a currency such as 15.00 USD');
    return money;
  };
  const regular = read('price');
  const dates = fields.get('sale_price_effective_date')?.[0];
  const period = dates === undefined ? undefined : periodOf(dates);
  const isDated = dates === undefined || period !== undefined;
  if (!isDated)
    refuse(
      'sale_price_effective_date',
      dates,
      'two times such as 2026-03-01T08:00+0100/2026-03-15T20:00+0100',
    );
  const sale = isDated ? read('sale_price') : undefined;
  const isOn = sale !== undefined && (period === undefined || (period[0] <= now && now < period[1]));
  const paid = isOn ? sale : regular;
  if (paid === undefined) return;
  put('price', paid.amount);
  if (isOn && regular !== undefined && regular.amount > paid.amount) put('list_price', regular.amount);
  if (paid.currency !== undefined) put('currency', paid.currency);
}

/** The paths of an attribute's values; a table has several in one, with commas between them. */
function pathsOf(values: readonly string[]): string[][] {
  return values
    .flatMap((value) => {
      const parts = value.split(',');
      return parts.every((part) => PATH.test(part)) ? parts : [value];
    })
    .map((value) => levelsOf(value.replaceAll('"', '')))
    .filter((path) => path.length > 0);
}

function valueOf(name: string, values: readonly string[]): AttributeValue {
  const between = SEVERAL[name];
  const all = (between === undefined ? values : values.flatMap((value) => value.split(between)))
    .map((value) => shortened(value.trim()))
    .filter((value) => value !== '');
  if (all.length !== 1) return all;
  return !TEXTS.test(name) && NUMERAL.test(all[0]!) ? Number(all[0]) : all[0]!;
}

function shortened(text: string): string {
  if (text.length <= TEXT_LENGTH) return text;
  const cut = text.slice(0, TEXT_LENGTH);
  return cut.slice(0, Math.max(cut.lastIndexOf(' '), TEXT_LENGTH / 2)).trimEnd();
}

function shown(text: string): string {
  return JSON.stringify(text.slice(0, 60));
}
