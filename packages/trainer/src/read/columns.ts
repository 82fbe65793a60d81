import { InputError } from './InputError.ts';

/** A role that a column can play, and the names by which it is recognised, best first. */
const EVENT_NAMES = {
  item: ['item_id', 'item', 'product_id', 'sku', 'product', 'article_id', 'asin', 'stock_code', 'movie_id'],
  time: [
    'timestamp',
    'time',
    'event_time',
    'ts',
    'datetime',
    'event_timestamp',
    'created_at',
    'invoice_date',
    'date',
  ],
  shopper: [
    'user_id',
    'shopper',
    'shopper_id',
    'customer_id',
    'user',
    'visitor_id',
    'household_id',
    'user_pseudo_id',
  ],
  session: [
    'session_id',
    'session',
    'basket_id',
    'order_id',
    'invoice',
    'invoice_no',
    'user_session',
    'visit_id',
  ],
  kind: ['kind', 'event_type', 'event_name', 'event', 'action', 'type'],
  quantity: ['quantity', 'qty', 'units'],
  shelf: ['shelf'],
  position: ['position'],
  model: ['model'],
  propensity: ['propensity'],
  experiment: ['experiment'],
  variant: ['variant'],
  over: ['over'],
} as const;

const ITEM_NAMES = {
  id: ['item_id', 'id', 'product_id', 'sku', 'item', 'article_id', 'asin', 'stock_code', 'movie_id'],
  title: ['title', 'name', 'product_name', 'item_name', 'product_title'],
  url: ['url', 'link', 'product_url'],
  image: ['image', 'image_link', 'image_url', 'picture'],
  price: ['price', 'median_price', 'list_price', 'sale_price'],
  inStock: ['in_stock', 'availability', 'available'],
} as const;

/** Names of columns that hold one level each of the category path, root first. */
const LEVEL_NAMES = [
  ['department', 'section'],
  [
    'category',
    'category1',
    'item_category',
    'categories',
    'category_path',
    'product_category',
    'main_category',
  ],
  ['subcategory', 'sub_category', 'category2', 'item_category2'],
  ['product_type', 'category3', 'item_category3'],
  ['category4', 'item_category4'],
  ['category5', 'item_category5'],
] as const;

type EventRole = keyof typeof EVENT_NAMES;
type ItemRole = keyof typeof ITEM_NAMES;

/** Which column plays which role; `category` may be spread over several columns, one for each level. */
export type EventColumns = Partial<Record<EventRole, string>>;
export type ItemColumns = Partial<Record<ItemRole, string>> & { category: string[] };

/** Roles that the user gave by hand, such as `{ item: 'sku' }`. */
export type ColumnMap = Readonly<Record<string, string>>;

/** Role names that `--map` takes. */
export const ROLES = [...new Set([...Object.keys(EVENT_NAMES), ...Object.keys(ITEM_NAMES), 'category'])];

/**
 * Finds the columns of an event log.
 *
 * @throws {InputError} where no column can be the item or the time
 */
export function eventColumns(found: readonly string[], map: ColumnMap, file: string): EventColumns {
  const columns = recognise(EVENT_NAMES, found, map, file);
  require(columns.item, 'item', EVENT_NAMES.item, found, file);
  require(columns.time, 'time', EVENT_NAMES.time, found, file);
  return columns;
}

/**
 * Finds the columns of an items file; what plays no role becomes an attribute under its own name.
 *
 * @throws {InputError} where no column can be the id
 */
export function itemColumns(found: readonly string[], map: ColumnMap, file: string): ItemColumns {
  const { item, ...rest } = map;
  const columns = recognise(
    ITEM_NAMES,
    found,
    item === undefined || !found.includes(item) ? rest : { id: item, ...rest },
    file,
  );
  require(columns.id, 'id', ITEM_NAMES.id, found, file);
  return { ...columns, category: categoryColumns(found, map['category'], file) };
}

/** The columns of the category path, root first: those that are mapped, else those of usual names. */
function categoryColumns(found: readonly string[], mapped: string | undefined, file: string): string[] {
  if (mapped === undefined) return LEVEL_NAMES.flatMap((names) => match(names, found) ?? []);
  const columns = found.includes(mapped) ? [mapped] : mapped.split(',');
  for (const column of columns) if (!found.includes(column)) throw missing(found, column, 'category', file);
  return columns;
}

function recognise<Role extends string>(
  names: Readonly<Record<Role, readonly string[]>>,
  found: readonly string[],
  map: ColumnMap,
  file: string,
): Partial<Record<Role, string>> {
  const columns: Partial<Record<Role, string>> = {};
  for (const role of Object.keys(names) as Role[]) {
    const given = map[role];
    if (given !== undefined && !found.includes(given)) throw missing(found, given, role, file);
    const column = given ?? match(names[role], found);
    if (column !== undefined) columns[role] = column;
  }
  return columns;
}

function missing(found: readonly string[], column: string, role: string, file: string): InputError {
  return new InputError(
    `${file}: found columns ${found.join(', ')}, wanted ${column} for ${role} (--map ${role}=...)`,
  );
}

/** The first column whose name is one of `names`, letter case and punctuation aside. */
function match(names: readonly string[], found: readonly string[]): string | undefined {
  for (const name of names) {
    const column = found.find((each) => plain(each) === plain(name));
    if (column !== undefined) return column;
  }
  return undefined;
}

function plain(name: string): string {
  return name.toLowerCase().replace(/[^a-z0-9]/g, '');
}

function require(
  column: string | undefined,
  role: string,
  names: readonly string[],
  found: readonly string[],
  file: string,
): void {
  if (column !== undefined) return;
  throw new InputError(
    `${file}: found columns ${found.join(', ')}, wanted one for ${role} (${names.slice(0, 4).join(', ')}, ...). ` +
      `Name it with --map ${role}=COLUMN.`,
  );
}
