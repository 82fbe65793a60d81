import type { AttributeValue, Item } from '../item.ts';
import { wantedOf } from '../checkItem.ts';
import { shown } from '../shown.ts';
import { idPlaces } from './idPlaces.ts';
import { jsonOf } from './jsonOf.ts';
import { numbersBelow } from './numbersBelow.ts';
import {
  readSafetensors,
  takeTensor,
  type Tensor,
  type TensorData,
  writeSafetensors,
} from './safetensors.ts';
import { type PackedTexts, readTexts, type Texts, writeTexts } from './texts.ts';

/** Reads one attribute of item i; undefined where the item has none. */
export type Column = (i: number) => AttributeValue | undefined;

/** The items of a shop in columns: ids, and one column for each attribute. */
export interface Catalogue {
  readonly ids: Texts;
  /** The place of an id among `ids`; undefined where it is not there. */
  find(id: string): number | undefined;
  readonly columns: Readonly<Record<string, Column>>;
}

/** Whole numbers stand in as many bits as the largest takes. */
const WHOLE = ['U8', 'U16', 'U32'] as const;
/** Numbers below this take 8 bits. */
const SHORT = 2 ** 8;

/** How values are stored: numbers as they are (NaN where absent), texts as they are, all else as the text of its JSON. */
type Kind = 'number' | 'text' | 'json';

/** A column as the file's head has it. */
interface StoredColumn {
  readonly name: string;
  readonly as: Kind;
  /**
   * How many distinct values there are, where the column is positions among them: tensor `K at`, one more than the position, 0
   * where absent. The values are those of tensor `K`, for column K of the head.
   */
  readonly distinct?: number;
}

/** Turns items into columns; attributes stand in the order of their first appearance. */
export function toCatalogue(items: readonly Item[]): Catalogue {
  const names = new Set<string>();
  for (const item of items)
    for (const [name, value] of Object.entries(item)) if (value !== undefined) names.add(name);
  names.delete('id');
  const ids = readTexts('items', 'ids', writeTexts(items.map((item) => item.id)), items.length);
  return {
    ids,
    find: idPlaces(ids),
    columns: Object.fromEntries(Array.from(names, (name) => [name, (i: number) => items[i]?.[name]])),
  };
}

/** Item i as an object. */
export function itemAt(catalogue: Catalogue, i: number): Item {
  const item: Record<string, AttributeValue> & { id: string } = { id: catalogue.ids.at(i)! };
  for (const [name, valueOf] of Object.entries(catalogue.columns)) {
    const value = valueOf(i);
    if (value !== undefined) item[name] = value;
  }
  return item;
}

/** All items as objects. */
export function itemsOf(catalogue: Catalogue): Item[] {
  return Array.from({ length: catalogue.ids.length }, (_, i) => itemAt(catalogue, i));
}

/**
 * The catalogue as the bytes of its file; columns with few distinct values are stored by position.
 *
 * @throws {RangeError} where an id is there twice
 */
export function writeCatalogue(catalogue: Catalogue): Uint8Array<ArrayBuffer> {
  const places = Array.from({ length: catalogue.ids.length }, (_, i) => i);
  const ids = places.map((i) => catalogue.ids.at(i)!);
  const twice = ids.find((id, i) => catalogue.find(id) !== i);
  if (twice !== undefined) throw new RangeError(`found the id ${shown(twice)} twice, wanted distinct ids`);
  const tensors: Record<string, Tensor> = {};
  const add = (name: string, data: TensorData): void => {
    tensors[name] = { shape: [data.length], data };
  };
  const addNumbers = (name: string, numbers: readonly number[]): void => {
    const most = numbers.reduce((largest, each) => Math.max(largest, each), 0);
    add(name, most < SHORT ? Uint8Array.from(numbers) : numbersBelow(most + 1, numbers));
  };
  const addTexts = (name: string, texts: readonly (string | undefined)[]): void => {
    const { bytes, sizes } = writeTexts(texts);
    add(name, bytes);
    addNumbers(`${name} sizes`, [...sizes]);
  };
  const head = Object.entries(catalogue.columns).map(([name, valueOf], k): StoredColumn => {
    const values = places.map(valueOf);
    const distinct = new Map<string, AttributeValue>();
    for (const value of values) if (value !== undefined) distinct.set(JSON.stringify(value), value);
    const isIndexed = distinct.size * 2 < values.length;
    const stored = isIndexed ? [...distinct.values()] : values;
    const as = kindOf(stored);
    if (as === 'number')
      add(
        `${k}`,
        Float64Array.from(stored, (value) => Number(value ?? NaN)),
      );
    else
      addTexts(
        `${k}`,
        stored.map((value) => (as === 'json' ? JSON.stringify(value) : (value as string | undefined))),
      );
    if (!isIndexed) return { name, as };
    const positions = new Map(Array.from(distinct.keys(), (key, at) => [key, at + 1]));
    addNumbers(
      `${k} at`,
      values.map((value) => positions.get(JSON.stringify(value)) ?? 0),
    );
    return { name, as, distinct: distinct.size };
  });
  addTexts('ids', ids);
  addTexts('head', [JSON.stringify(head)]);
  return writeSafetensors(tensors);
}

function kindOf(values: readonly (AttributeValue | undefined)[]): Kind {
  for (const kind of ['number', 'string'] as const)
    if (values.every((value) => value === undefined || typeof value === kind))
      return kind === 'number' ? kind : 'text';
  return 'json';
}

/**
 * Reads a catalogue, as views into its bytes: a value is decoded when it is asked for.
 *
 * @param count how many items the manifest promises
 * @throws {ArtifactError} where it is not that
 */
export function readCatalogue(file: string, bytes: Uint8Array<ArrayBuffer>, count: number): Catalogue {
  const tensors = readSafetensors(file, bytes);
  const textsOf = (name: string, length: number, isEach?: boolean): PackedTexts =>
    readTexts(
      file,
      name,
      {
        bytes: takeTensor(file, tensors, name, 'U8'),
        sizes: takeTensor(file, tensors, `${name} sizes`, WHOLE),
      },
      length,
      isEach,
    );
  const readValues = (name: string, as: Kind, length: number): Column => {
    if (as === 'number') {
      const numbers = takeTensor(file, tensors, name, 'F64', [length]);
      return (i) => (Number.isNaN(numbers[i]) ? undefined : numbers[i]);
    }
    const { at } = textsOf(name, length);
    if (as === 'text') return at;
    return (i) => {
      const json = at(i);
      return json === undefined ? json : (JSON.parse(json) as AttributeValue);
    };
  };
  const readColumn = ({ name, as, distinct }: StoredColumn, k: number): Column => {
    const valueOf = soundly(name, readValues(`${k}`, as, distinct ?? count));
    if (distinct === undefined) return valueOf;
    const at = takeTensor(file, tensors, `${k} at`, WHOLE, [count]);
    const known: (AttributeValue | undefined)[] = [];
    return (i) => {
      const place = at[i]!;
      return place === 0 ? undefined : (known[place] ??= valueOf(place - 1));
    };
  };
  const ids = textsOf('ids', count, true);
  const head = jsonOf(file, takeTensor(file, tensors, 'head', 'U8').subarray(0, -1));
  const columns = Object.values(Object(head) as readonly (StoredColumn | null)[]).flatMap((column, k) =>
    typeof column?.name === 'string' ? [[column.name, readColumn(column, k)] as const] : [],
  );
  return { ids, find: idPlaces(ids), columns: Object.fromEntries(columns) };
}

/** Leaves out what no item has under a name. */
function soundly(name: string, read: Column): Column {
  return (i) => {
    try {
      const value = read(i);
      return wantedOf(name, value) === undefined ? value : undefined;
    } catch {
      return undefined;
    }
  };
}
