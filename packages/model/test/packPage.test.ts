import { array, assert, boolean, double, nat, oneof, property, record, string } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { packPage, type PageAnswer, unpackPage } from '../src/index.ts';

const PAGE: PageAnswer = {
  page: 12,
  revision: 1_795_825_590,
  items: [
    {
      item: { id: 'a', title: 'Crème brûlée 🍮', category: ['Food', 'Sweet'], price: 2.5 },
      revision: 1_795_825_587,
    },
    {
      item: { id: 'b', category: ['Food', 'Sweet'], inStock: false, tags: [], size: 3 },
      revision: 1_795_825_590,
    },
    { item: { id: 'c', title: '\uFEFF', size: 'large', '': true }, revision: 1_795_825_587 },
  ],
};
const packed = packPage(PAGE)!;

describe('a packed page', () => {
  it.each([PAGE, { page: 0, revision: 0, items: [] }])('is read as it was', (page) => {
    expect(unpackPage(packPage(page)!)).toEqual(page);
  });

  it('is read where it lies in another buffer', () => {
    const inside = new Uint8Array(packed.length + 5);
    inside.set(packed, 3);
    expect(unpackPage(inside.subarray(3, 3 + packed.length))).toEqual(PAGE);
  });

  it('is read as it was, whatever the items say', () => {
    const value = oneof(
      string({ unit: 'grapheme' }),
      double({ noNaN: true, noDefaultInfinity: true }).map((number) => number + 0),
      boolean(),
      array(string({ unit: 'grapheme' })),
    );
    const item = record(
      { id: string({ minLength: 1, maxLength: 9 }), x: value, y: value },
      { requiredKeys: ['id'] },
    );
    assert(
      property(array(record({ item, revision: nat() })), (items) => {
        expect(unpackPage(packPage({ page: 3, revision: 5, items })!)).toEqual({
          page: 3,
          revision: 5,
          items,
        });
      }),
    );
  });

  it('is none where it is cut short, or of anything else', () => {
    for (let length = 0; length < packed.length; length++) {
      const read = unpackPage(packed.slice(0, length));
      // Its last text may be shorter; nothing else may.
      if (read !== undefined) expect(read.items).toHaveLength(3);
    }
    expect(unpackPage(new TextEncoder().encode(JSON.stringify(PAGE)))).toBeUndefined();
  });

  it('is none where it says that it has thirty million items, and has no column', () => {
    const head = Float64Array.of(0x455650_01, 0, 1, 3e7, 0, 0, 0, 0);
    expect(unpackPage(new Uint8Array(head.buffer))).toBeUndefined();
  });

  it('is none where two bytes are an item, a hundred thousand times', () => {
    const items = Array.from({ length: 300 }, () => ({ item: { id: 'a' }, revision: 1 }));
    const few = packPage({ page: 0, revision: 1, items })!;
    expect(unpackPage(few)!.items).toHaveLength(300);
    // All positions are the same: more of them, in front of the texts, are more items.
    const many = new Uint8Array(few.length + 4 * (100_000 - 300));
    const positions = few.length - 'ida'.length - 4 * 300;
    many.set(few.subarray(0, positions));
    for (let at = positions; at < many.length; at += 2) many[at] = 1;
    many.set(few.subarray(-'ida'.length), many.length - 'ida'.length);
    new DataView(many.buffer).setFloat64(3 * 8, 100_000, true);
    expect(unpackPage(many)).toBeUndefined();
  });

  it('is none where what it says of an item is no attribute', () => {
    for (const item of [
      { id: '' },
      { id: 'a', price: -1 },
      { id: 'a', category: [] },
      { id: 'a', inStock: 'yes' },
      JSON.parse('{"id": "a", "__proto__": "x"}'),
    ])
      expect(
        unpackPage(packPage({ page: 0, revision: 1, items: [{ item: item as never, revision: 1 }] })!),
      ).toBeUndefined();
  });

  it('is read or none whatever its bytes are, and no harm', () => {
    assert(
      property(nat(packed.length - 1), nat(255), (at, byte) => {
        const other = packed.slice();
        other[at] = byte;
        const read = unpackPage(other);
        for (const { item } of read?.items ?? []) expect(typeof item.id).toBe('string');
      }),
      { numRuns: 500 },
    );
  });

  it('holds no more items than its positions can name', () => {
    const items = Array.from({ length: 65_536 }, (_, i) => ({ item: { id: `${i}` }, revision: 1 }));
    expect(packPage({ page: 0, revision: 1, items })).toBeUndefined();
    expect(unpackPage(packPage({ page: 0, revision: 1, items: items.slice(1) })!)!.items).toHaveLength(
      65_535,
    );
  });
});
