import { checkItem, wantedOf } from '../checkItem.ts';
import type { AttributeValue, Item } from '../item.ts';
import type { PageAnswer, StoredItem } from './page.ts';

/** What a client names in `Accept` to have pages as `packPage` packs them. */
export const PACKED_PAGE = 'application/vnd.evershelf.page';

/** First number of a packed page: "EVP" and the version of the form. */
const FORM = 0x455650_01;
/** Numbers of the head: form, page, revision, items, columns, texts, numbers, hundredths. */
const HEAD = 8;
/** Of a column: its kind, how many distinct values it has, the length of its name. */
const COLUMN = 3;
const TEXT = 0;
const NUMBER = 1;
const JSON_TEXT = 2;
/** Numbers with at most two digits behind the point, as prices have: a hundred of them each (uint32), which compress better. */
const HUNDREDTHS = 3;
/** Positions among the values of a column are 16 bits wide, and 8 where a page has no more items than these. */
const MOST_ITEMS = 65_535;
const FEW_ITEMS = 255;

const encoder = new TextEncoder();
const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

/**
 * Answer of `GET /v1/pages/N` in columns, which a browser reads as views of its memory: the head and the distinct numbers (float64);
 * of each column its kind, how many distinct values it has, and the length of its name; the length of each distinct text, in UTF-16;
 * the distinct hundredths (uint32); one more than the position of each item's value in its column, 0 where it has none (uint16, or
 * uint8); all names, then all texts, in one piece (UTF-8). Little-endian. The first column is the revisions of the items; others
 * follow in the order of their first appearance.
 *
 * @returns undefined where the page has too many items for that
 */
export function packPage({ page, revision, items }: PageAnswer): Uint8Array<ArrayBuffer> | undefined {
  if (items.length > MOST_ITEMS) return undefined;
  const names = new Set(items.flatMap(({ item }) => Object.keys(item)));
  const columns = [
    columnOf(
      '',
      items.map((each) => each.revision),
    ),
    ...Array.from(names, (name) =>
      columnOf(
        name,
        items.map(({ item }) => item[name]),
      ),
    ),
  ];
  const valuesOf = (wanted: number): number[] =>
    columns.flatMap(({ kind, distinct }) => (kind === wanted ? (distinct as number[]) : []));
  const numbers = valuesOf(NUMBER);
  const hundredths = valuesOf(HUNDREDTHS).map((value) => Math.round(100 * value));
  const texts = columns.flatMap(({ kind, distinct }) => {
    if (kind === TEXT) return distinct as string[];
    return kind === JSON_TEXT ? distinct.map((value) => JSON.stringify(value)) : [];
  });
  const counts = [
    page,
    revision,
    items.length,
    columns.length,
    texts.length,
    numbers.length,
    hundredths.length,
  ];
  const positions = columns.flatMap(({ at }) => at);
  const parts = [
    Float64Array.of(FORM, ...counts),
    Float64Array.from(numbers),
    Uint32Array.from(columns.flatMap(({ kind, distinct, name }) => [kind, distinct.length, name.length])),
    Uint32Array.from(texts, ({ length }) => length),
    Uint32Array.from(hundredths),
    (items.length > FEW_ITEMS ? Uint16Array : Uint8Array).from(positions),
    encoder.encode(columns.map(({ name }) => name).join('') + texts.join('')),
  ];
  const packed = new Uint8Array(parts.reduce((sum, { byteLength }) => sum + byteLength, 0));
  let at = 0;
  for (const { buffer, byteLength } of parts) {
    packed.set(new Uint8Array(buffer, 0, byteLength), at);
    at += byteLength;
  }
  return packed;
}

interface Column {
  readonly name: string;
  readonly kind: number;
  readonly distinct: readonly AttributeValue[];
  /** For each item, one more than the position of its value, 0 where it has none. */
  readonly at: readonly number[];
}

function columnOf(name: string, values: readonly (AttributeValue | undefined)[]): Column {
  const distinct = new Map<string, AttributeValue>();
  for (const value of values) if (value !== undefined) distinct.set(JSON.stringify(value), value);
  const places = new Map(Array.from(distinct.keys(), (key, place) => [key, place + 1]));
  const are = (type: string): boolean => [...distinct.values()].every((value) => typeof value === type);
  return {
    name,
    kind: are('number')
      ? kindOfNumbers([...distinct.values()] as number[])
      : are('string')
        ? TEXT
        : JSON_TEXT,
    distinct: [...distinct.values()],
    at: values.map((value) => places.get(JSON.stringify(value)) ?? 0),
  };
}

function kindOfNumbers(values: readonly number[]): number {
  const isShort = (value: number): boolean =>
    Object.is(Math.round(100 * value) / 100, value) && value >= 0 && value < 2 ** 32 / 100;
  return values.every(isShort) ? HUNDREDTHS : NUMBER;
}

/**
 * What `packPage` packed. All texts are decoded at once, and a value that many items share is read, and checked as `checkItem`
 * checks it, once.
 *
 * @returns undefined where it is nothing of that kind
 */
export function unpackPage(packed: Uint8Array<ArrayBuffer>): PageAnswer | undefined {
  try {
    return read(packed.byteOffset % Float64Array.BYTES_PER_ELEMENT === 0 ? packed : packed.slice());
  } catch {
    return undefined;
  }
}

/** @throws where it is no packed page */
function read({ buffer, byteOffset, byteLength }: Uint8Array<ArrayBuffer>): PageAnswer | undefined {
  let from = byteOffset;
  const next = <T extends { readonly byteLength: number }>(
    View: new (buffer: ArrayBuffer, from: number, length: number) => T,
    length: number,
  ): T => {
    const view = new View(buffer, from, length);
    from += view.byteLength;
    return view;
  };
  const [form, page, revision, count, width, texts, numbered, hundreds] = next(Float64Array, HEAD);
  // There is a column of revisions at least: without one, any number of items would fit.
  if (
    form !== FORM ||
    !isCount(page) ||
    !isCount(revision) ||
    !isCount(count) ||
    count! > MOST_ITEMS ||
    !(width! >= 1)
  )
    return undefined;
  const numbers = next(Float64Array, numbered!);
  const heads = next(Uint32Array, COLUMN * width!);
  const lengths = next(Uint32Array, texts!);
  const hundredths = next(Uint32Array, hundreds!);
  const places: ArrayLike<number> = next<Uint8Array | Uint16Array>(
    count! > FEW_ITEMS ? Uint16Array : Uint8Array,
    count! * width!,
  );
  const text = decoder.decode(next(Uint8Array, byteOffset + byteLength - from));

  let [number, hundredth, word, end] = [0, 0, 0, 0];
  const take = (length: number): string => text.slice(end, (end += length));
  const names = Array.from({ length: width! }, (_, k) => take(heads[COLUMN * k + 2]!));
  const valueOf = (kind: number | undefined): unknown => {
    if (kind === NUMBER) return numbers[number++];
    if (kind === HUNDREDTHS) return hundredths[hundredth++]! / 100;
    const own = take(lengths[word++]!);
    return kind === TEXT ? own : JSON.parse(own);
  };
  const columns = names.map((name, k) => {
    const distinct = heads[COLUMN * k + 1]!;
    if (distinct > count!) throw new RangeError('more values than items');
    const values: unknown[] = [];
    for (let v = 0; v < distinct; v++) {
      const value = valueOf(heads[COLUMN * k]);
      if (name === 'id') checkItem({ id: value });
      else if (k > 0 && wantedOf(name, value) !== undefined)
        throw new RangeError('a value that no attribute has');
      values.push(value);
    }
    return { name, values: values as AttributeValue[] };
  });
  const items = Array.from({ length: count! }, (_, i): StoredItem => {
    const item: Record<string, AttributeValue> = {};
    for (let k = 1; k < columns.length; k++) {
      const place = places[k * count! + i]!;
      const { name, values } = columns[k]!;
      if (place > 0) item[name] = values[place - 1]!;
    }
    const own = columns[0]!.values[places[i]! - 1] as number;
    if (item['id'] === undefined || !isCount(own))
      throw new RangeError('an item without an id, or a revision');
    return { item: item as Record<string, AttributeValue> & Pick<Item, 'id'>, revision: own };
  });
  return { page, revision, items };
}

function isCount(value: number | undefined): value is number {
  return Number.isSafeInteger(value) && value! >= 0;
}
