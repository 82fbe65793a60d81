import { describe, expect, it } from 'vitest';
import { readCatalogue } from '../src/artifact/catalogue.ts';
import { readSafetensors, type Tensor, writeSafetensors } from '../src/artifact/safetensors.ts';
import { writeTexts } from '../src/artifact/texts.ts';
import {
  ArtifactError,
  checkItem,
  FILES,
  itemsOf,
  MANIFEST,
  readArtifact,
  writeArtifact,
} from '../src/index.ts';
import { smallArtifact } from './smallArtifact.ts';

/** A file of tensors with a header, and bytes behind it, of somebody's own. */
function forged(header: unknown, body = new Uint8Array(64), length?: bigint): Uint8Array<ArrayBuffer> {
  const json = typeof header === 'string' ? header : JSON.stringify(header);
  const text = new TextEncoder().encode(json + ' '.repeat(-json.length & 7));
  const file = new Uint8Array(8 + text.length + body.length);
  new DataView(file.buffer).setBigUint64(0, length ?? BigInt(text.length), true);
  file.set(text, 8);
  file.set(body, 8 + text.length);
  return file;
}

const tensor = (fields: object): object => ({
  a: { dtype: 'U8', shape: [8], data_offsets: [0, 8], ...fields },
});
const deep = `${'['.repeat(100_000)}${']'.repeat(100_000)}`;

describe('a file of tensors from an attacker', () => {
  it.each<[string, Uint8Array<ArrayBuffer>]>([
    ['a header longer than the file', forged(tensor({}), undefined, 2n ** 63n)],
    ['a header of 2^64 - 1 bytes', forged(tensor({}), undefined, 2n ** 64n - 1n)],
    ['an offset behind the file', forged(tensor({ data_offsets: [1000, 1008] }))],
    ['an offset that wraps around', forged(tensor({ data_offsets: [2 ** 53 - 8, 2 ** 53] }))],
    ['an end in front of its begin', forged(tensor({ data_offsets: [16, 8] }))],
    ['an offset below zero', forged(tensor({ data_offsets: [-8, 0] }))],
    ['a shape whose product overflows', forged(tensor({ shape: [2 ** 32, 2 ** 32, 2 ** 32] }))],
    ['a shape whose product is the same in 32 bits', forged(tensor({ shape: [2 ** 29 + 1, 8] }))],
    ['a shape of fractions', forged(tensor({ shape: [0.5, 16] }))],
    ['a format that is an object', forged(tensor({ dtype: { toString: 1 } }))],
    ['a format of every object', forged(tensor({ dtype: 'constructor' }))],
    ['a header nested without end', forged(`{"a":${deep}}`)],
    ['a header that is a list', forged([1])],
    ['numbers that are not where numbers can be', forged(tensor({ dtype: 'F64', data_offsets: [1, 65] }))],
  ])('is refused with %s, by name', (_, file) => {
    expect(() => readSafetensors('x', file)).toThrow(ArtifactError);
    expect(() => readSafetensors('x', file)).toThrow(/^x: found .{1,100}, wanted /);
  });
});

/** A catalogue of one item, whose columns are of somebody's own. */
function catalogueOf(head: unknown, columns: Readonly<Record<string, Tensor>> = {}): Uint8Array<ArrayBuffer> {
  const texts = (name: string, text: string): Record<string, Tensor> => {
    const { bytes, sizes } = writeTexts([text]);
    const data = Uint32Array.from(sizes);
    return { [name]: { shape: [bytes.length], data: bytes }, [`${name} sizes`]: { shape: [1], data } };
  };
  return writeSafetensors({
    ...texts('ids', 'a'),
    ...texts('head', typeof head === 'string' ? head : JSON.stringify(head)),
    ...columns,
  });
}

const column = (text: string): Record<string, Tensor> => {
  const { bytes, sizes } = writeTexts([text]);
  return {
    0: { shape: [bytes.length], data: bytes },
    '0 sizes': { shape: [1], data: Uint32Array.from(sizes) },
  };
};
const number = (value: number): Record<string, Tensor> => ({
  0: { shape: [1], data: Float64Array.of(value) },
});

describe('a catalogue from an attacker', () => {
  it.each<[string, string, string, Record<string, Tensor>]>([
    ['a title of 1 MB', 'title', 'text', column('x'.repeat(1_000_000))],
    ['a title that is an object', 'title', 'json', column('{"toString":1}')],
    ['an attribute that is no JSON', 'tags', 'json', column('[')],
    ['an attribute nested without end', 'tags', 'json', column(deep)],
    ['a category of numbers', 'category', 'json', column('[1,2]')],
    ['a price below zero', 'price', 'number', number(-1)],
    ['a price without end', 'price', 'number', number(Infinity)],
    ['a prototype', '__proto__', 'json', column('["polluted"]')],
    ['a constructor', 'constructor', 'text', column('x')],
    ['what every object answers to', 'toString', 'text', column('x')],
    ['a second id, of a number', 'id', 'number', number(7)],
    ['a second id, of a list', 'id', 'json', column('["b", "c"]')],
  ])('leaves out %s, and keeps the item', (_, name, as, columns) => {
    const [item] = itemsOf(readCatalogue('x', catalogueOf([{ name, as }], columns), 1));
    expect(item).toEqual({ id: 'a' });
    expect(Object.getPrototypeOf(item)).toBe(Object.prototype);
    expect(checkItem(item)).toEqual({ id: 'a' });
  });

  it.each([
    ['that is no JSON', '[{'],
    ['that names columns which are not there', [{ name: 'title', as: 'text' }]],
    ['nested without end', `[{"name":"a","as":${deep}}]`],
  ])('is refused with a head %s', (_, head) => {
    expect(() => readCatalogue('x', catalogueOf(head), 1)).toThrow(ArtifactError);
  });

  it('is refused where an item has no id', () => {
    const { bytes, sizes } = writeTexts(['a', undefined]);
    const ids = { shape: [bytes.length], data: bytes };
    const file = writeSafetensors({ ids, 'ids sizes': { shape: [1], data: Uint32Array.from(sizes) } });
    expect(() => readCatalogue('x', file, 2)).toThrow(/^x: found 1 blocks of ids to byte 4, wanted 2 texts/);
  });

  it('has no column where a name is no text', () => {
    expect(itemsOf(readCatalogue('x', catalogueOf([null, 7, { name: { toString: 1 } }]), 1))).toEqual([
      { id: 'a' },
    ]);
  });

  it('is refused where its sizes add up to its bytes in 32 bits alone', () => {
    const ids = writeTexts(Array.from({ length: 9 }, (_, i) => `${i}`)).bytes;
    const file = writeSafetensors({
      ids: { shape: [ids.length], data: ids },
      'ids sizes': { shape: [2], data: Uint32Array.of(2 ** 32 - 8, ids.length + 8) },
    });
    expect(() => readCatalogue('x', file, 9)).toThrow(/^x: found 2 blocks of ids to byte 4294967314, wanted/);
  });
});

describe('an artifact from an attacker', () => {
  const signed = async (
    change: (parts: ReturnType<typeof smallArtifact>) => Partial<ReturnType<typeof smallArtifact>>,
  ): Promise<unknown> => {
    const small = smallArtifact();
    const { draft, parts } = { ...small, ...change(small) };
    const files = await writeArtifact(draft, parts);
    return readArtifact(async (name) => files.get(name)!);
  };

  it.each<[string, (small: ReturnType<typeof smallArtifact>) => object, string]>([
    [
      'weights whose sums overflow',
      ({ draft }) => ({
        draft: { ...draft, heads: { ...draft.heads, mixed: { ...draft.heads.mixed, live1: 1e308 } } },
      }),
      'heads',
    ],
    [
      'scales whose products overflow',
      ({ parts }) => ({
        parts: { ...parts, tables: { ...parts.tables, itemScale: parts.tables.itemScale.map(() => 3e38) } },
      }),
      'itemScale',
    ],
    [
      'edges whose sums overflow',
      ({ parts }) => ({
        parts: { ...parts, edges: { ...parts.edges, scale: parts.edges.scale.map(() => 3e38) } },
      }),
      'scale',
    ],
    [
      'factors of a history that vanish',
      ({ draft }) => ({
        draft: {
          ...draft,
          contextWeights: { ...draft.contextWeights, gaps: Array.from({ length: 7 }, () => 1e-300) },
        },
      }),
      'contextWeights',
    ],
    ['no word of how it was trained', ({ draft }) => ({ draft: { ...draft, training: null } }), 'training'],
    [
      'a format nested without end',
      ({ draft }) => ({ draft: { ...draft, format: JSON.parse(deep) as never } }),
      'format',
    ],
  ])('is refused with %s, though its digests fit', async (what, change, named) => {
    // What is nested deeper than JSON is written cannot be signed by our own writer.
    const read = what.startsWith('a format')
      ? readArtifact(async () => new TextEncoder().encode(`{"format":${deep}}`))
      : signed(change as never);
    await expect(read).rejects.toThrow(ArtifactError);
    await expect(read).rejects.toThrow(new RegExp(`: found ${named}`));
  });

  it('says how many bytes of a file it wants, and no more than 1 GiB', async () => {
    const { draft, parts } = smallArtifact();
    const files = await writeArtifact(draft, parts);
    const asked = new Map<string, number | undefined>();
    await readArtifact(async (name, most) => {
      asked.set(name, most);
      return files.get(name)!;
    });
    for (const name of Object.values(FILES)) expect(asked.get(name)).toBe(files.get(name)!.length);
    const said = JSON.parse(new TextDecoder().decode(files.get(MANIFEST))) as {
      files: Record<string, { bytes: number }>;
    };
    said.files[FILES.items]!.bytes = 2 ** 31;
    await expect(readArtifact(async () => new TextEncoder().encode(JSON.stringify(said)))).rejects.toThrow(
      /found files .*wanted bytes up to 2\^30/,
    );
  });
});
