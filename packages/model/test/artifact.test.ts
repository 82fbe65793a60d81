import { beforeAll, describe, expect, it } from 'vitest';
import {
  ArtifactError,
  type ArtifactParts,
  type EdgeLists,
  edgeLists,
  FILES,
  itemAt,
  itemsOf,
  MANIFEST,
  PAIRS_FILE,
  type ReadFile,
  readArtifact,
  readLearned,
  readListing,
  readPairs,
  type Schema,
  writeArtifact,
} from '../src/index.ts';
import { smallArtifact } from './smallArtifact.ts';

let files: Map<string, Uint8Array<ArrayBuffer>>;

beforeAll(async () => {
  const { draft, parts } = smallArtifact();
  files = await writeArtifact(draft, parts);
});

const reading =
  (changed: Record<string, Uint8Array<ArrayBuffer>> = {}): ReadFile =>
  async (name) =>
    changed[name] ?? files.get(name)!;

async function refused(changed: Record<string, Uint8Array<ArrayBuffer>>): Promise<ArtifactError> {
  const error = await readArtifact(reading(changed)).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(ArtifactError);
  return error as ArtifactError;
}

/** The manifest with other fields, as somebody would forge it: without a fitting digest. */
function manifestWith(fields: object): Uint8Array<ArrayBuffer> {
  const manifest = JSON.parse(new TextDecoder().decode(files.get(MANIFEST))) as object;
  return new TextEncoder().encode(JSON.stringify({ ...manifest, ...fields }));
}

/** The edges of each item: what they reach, and their weights. */
function allOf(edges: EdgeLists): [number, number][][] {
  return Array.from({ length: edges.items }, (_, j) => {
    const own: [number, number][] = [];
    edges.each(j, (item, weight) => own.push([item, weight]));
    return own;
  });
}

describe('an artifact', () => {
  it('reads back as it was written', async () => {
    const { draft, parts } = smallArtifact();
    const { manifest, tables, edges, index, catalogue } = await readArtifact(reading());
    expect(manifest).toMatchObject(draft);
    expect(tables.item).toEqual(parts.tables.item);
    expect(tables.contextScale).toEqual(parts.tables.contextScale);
    tables.match.forEach((value, row) => expect(value).toBeCloseTo(parts.tables.match[row]!, 1));
    expect(index).toEqual({ ...parts.index, rows: Uint16Array.from(parts.index.rows) });
    expect(allOf(edges)).toEqual(allOf(edgeLists(parts.edges)));
    const pairs = await readPairs(reading(), manifest);
    expect(allOf(pairs)).toEqual(allOf(edgeLists(parts.pairs)));
    for (const i of [0, 7, 59]) expect(itemAt(catalogue, i)).toEqual(itemAt(parts.catalogue, i));
  });

  it('reads in two stages: what the shop holds, then what was learned', async () => {
    const asked: string[] = [];
    const read: ReadFile = (name) => {
      asked.push(name);
      return reading()(name);
    };
    const whole = await readArtifact(reading());
    const listing = await readListing(read);
    expect(asked).toEqual([MANIFEST, FILES.items, FILES.catalogue]);
    const items = itemsOf(listing.catalogue);
    expect(items).toEqual(itemsOf(whole.catalogue));
    expect(items.map(({ id }) => listing.catalogue.find(id))).toEqual(Array.from(items.keys()));
    const { catalogue } = whole;
    const { rows, ...learned } = await readLearned(read, listing.manifest);
    const { edges } = whole;
    expect({ ...listing, ...learned, index: { ...listing.index, ...rows }, catalogue, edges }).toEqual(whole);
    expect(allOf(learned.edges)).toEqual(allOf(edges));
    expect(asked.slice(3)).toEqual([FILES.tables, FILES.edges]);
  });

  it('is read without a look at digests where these were checked, and by its sizes still', async () => {
    const flipped = files.get(FILES.items)!.slice();
    flipped[flipped.length - 1]! ^= 1;
    await expect(readListing(reading({ [FILES.items]: flipped }))).rejects.toThrow('SHA-256');
    await expect(readListing(reading({ [FILES.items]: flipped }), true)).resolves.toBeDefined();
    await expect(readListing(reading({ [FILES.items]: flipped.slice(1) }), true)).rejects.toThrow('bytes');
  });

  it('is the same bytes for the same content, and another id for other content', async () => {
    const again = await writeArtifact(smallArtifact().draft, smallArtifact().parts);
    expect(again).toEqual(files);
    const other = await writeArtifact(smallArtifact(2).draft, smallArtifact(2).parts);
    const id = (of: Map<string, Uint8Array>): string =>
      (JSON.parse(new TextDecoder().decode(of.get(MANIFEST))) as { id: string }).id;
    expect(id(other)).not.toBe(id(files));
  });

  it('is refused where a file is cut off at any length', async () => {
    for (const name of [...Object.values(FILES), MANIFEST]) {
      const whole = files.get(name)!;
      for (const length of [0, 1, 7, 8, 9, whole.length >> 1, whole.length - 1]) {
        const error = await refused({ [name]: whole.slice(0, length) });
        expect(error.file).toBe(name);
        expect(error.message).toMatch(/found .* wanted /);
      }
    }
  });

  it('is refused where any bit is flipped', async () => {
    for (const name of [...Object.values(FILES), MANIFEST]) {
      const whole = files.get(name)!;
      for (let k = 0; k < 40; k++) {
        const at = Math.floor((k * whole.length) / 40);
        const flipped = whole.slice();
        flipped[at]! ^= 1 << (k % 8);
        expect((await refused({ [name]: flipped })).file).toBe(name);
      }
    }
  });

  it('is refused where any bit of the manifest is flipped, also where it then says the same', async () => {
    const whole = files.get(MANIFEST)!;
    for (let bit = 0; bit < whole.length * 8; bit++) {
      const flipped = whole.slice();
      flipped[bit >> 3]! ^= 1 << (bit & 7);
      expect((await refused({ [MANIFEST]: flipped })).file).toBe(MANIFEST);
    }
  });

  it('is refused where its pairs are cut off or changed, once they are asked for', async () => {
    const { manifest } = await readArtifact(reading());
    const whole = files.get(PAIRS_FILE)!;
    const flipped = whole.slice();
    flipped[whole.length - 1]! ^= 1;
    for (const broken of [whole.slice(0, 9), flipped])
      await expect(readPairs(reading({ [PAIRS_FILE]: broken }), manifest)).rejects.toThrow(
        /pairs\.safetensors: found .* wanted /,
      );
  });

  it('names the version that it found and the one that it wants', async () => {
    const error = await refused({ [MANIFEST]: manifestWith({ version: 99 }) });
    expect(error.message).toContain('manifest.json: found version 99, wanted 6');
  });

  it.each<[string, (parts: ArtifactParts) => object, string]>([
    [
      'an edge to nowhere',
      ({ edges }) => ({ edges: { ...edges, to: edges.to.map((item) => item + 11) } }),
      'edges.safetensors: found an edge to item 60, wanted items below 60',
    ],
    [
      'a weight of an edge that is no number',
      ({ edges }) => ({ edges: { ...edges, scale: edges.scale.map(() => NaN) } }),
      'edges.safetensors: found scale NaN of item 0',
    ],
    [
      'a row outside of the table',
      ({ index }) => ({ index: { ...index, rows: index.rows.map((row) => row + 1024) } }),
      'tables.safetensors: found row ',
    ],
    [
      'an item on no rung',
      ({ index }) => ({ index: { ...index, rung: index.rung.map(() => 4) } }),
      'items.safetensors: found rung 4 of item 0',
    ],
    [
      'an item of too many rows',
      ({ index }) => ({
        index: {
          ...index,
          offsets: index.offsets.map((_, i) => 17 * i),
          rows: new Uint32Array(17 * index.count),
        },
      }),
      'tables.safetensors: found 17 rows of item 0, wanted 1 to 16',
    ],
    [
      'a row of the table without a scale',
      ({ tables }) => ({ tables: { ...tables, itemScale: tables.itemScale.map(() => Infinity) } }),
      'tables.safetensors: found itemScale Infinity of row 0',
    ],
  ])('is refused with %s, though its digests fit', async (_, change, found) => {
    const { draft, parts } = smallArtifact();
    const written = await writeArtifact(draft, { ...parts, ...change(parts) });
    expect((await refused(Object.fromEntries(written))).message).toContain(found);
  });

  it.each([
    ['a foreign format', { format: 'onnx' }, 'format "onnx"'],
    ['a missing weight', { heads: { mixed: { deep: 1 } } }, 'heads'],
    ['a changed weight', { edgeDecay: 0.7 }, 'SHA-256'],
  ])('is refused with %s', async (_, fields, found) => {
    expect((await refused({ [MANIFEST]: manifestWith(fields) })).message).toContain(found);
  });

  it.each([
    ['weights of too few gaps', { contextWeights: { decay: 1, gaps: [1], kinds: {} } }, 'contextWeights'],
    ['another hash', { hash: 'xxh3' }, 'hash "xxh3"'],
    ['a table of odd size', { tableRows: 1000 }, 'tableRows 1000'],
    ['a broken schema', { schema: [{ as: 'magic' }] as unknown as Schema }, 'schema[0].as'],
  ])('is refused with %s, though its digests are right', async (_, fields, found) => {
    const { draft, parts } = smallArtifact();
    const forged = await writeArtifact({ ...draft, ...fields }, parts);
    await expect(readArtifact(async (name) => forged.get(name)!)).rejects.toThrow(found);
  });

  it('is refused where it is something else altogether', async () => {
    await refused({ [MANIFEST]: new TextEncoder().encode('<!doctype html>') });
    await refused({ [MANIFEST]: new TextEncoder().encode('null') });
    await refused({ [FILES.tables]: new Uint8Array(files.get(FILES.tables)!.length) });
  });
});
