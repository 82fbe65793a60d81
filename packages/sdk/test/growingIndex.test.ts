import * as fc from 'fast-check';
import { packItems, type Placement, RUNGS } from '@evershelf/model';
import { expect, it } from 'vitest';
import { growingIndex } from '../src/shop/growingIndex.ts';
import { movedRows } from '../src/shop/movedRows.ts';

const placement = fc.record({
  rung: fc.constantFrom(...RUNGS),
  rows: fc.uniqueArray(fc.nat(1000), { minLength: 1, maxLength: 16 }),
});
const bytes = fc.tuple(fc.nat(255), fc.nat(255), fc.nat(255));
const change = fc.oneof(
  fc.record({ what: fc.constant('comes' as const), placement }),
  fc.record({ what: fc.constant('moves' as const), at: fc.nat(), placement }),
  fc.record({ what: fc.constant('counts' as const), at: fc.nat(), bytes }),
  fc.record({ what: fc.constant('looks' as const) }),
);
const shop = fc.record({
  before: fc.array(placement, { maxLength: 30 }),
  changes: fc.array(change, { maxLength: 60 }),
});

/** An index after some changes, beside what it should hold; `look` is called in between. */
function grow(
  { before, changes }: typeof shop extends fc.Arbitrary<infer T> ? T : never,
  look: (index: ReturnType<typeof growingIndex>, placements: readonly Placement[]) => void = () => {},
) {
  const placements: Placement[] = [...before];
  const live = before.map((_, i): [number, number, number] => [i % 251, i % 7, i % 3]);
  const began = packItems(before, Uint8Array.from(live.flat()));
  const index = growingIndex(began);
  index.learn(began, movedRows);
  for (const each of changes) {
    if (each.what === 'comes') {
      index.place(placements.length, each.placement);
      placements.push(each.placement);
      live.push([0, 0, 0]);
    } else if (each.what === 'looks') {
      look(index, placements);
    } else if (placements.length > 0) {
      const at = each.at % placements.length;
      if (each.what === 'moves') index.place(at, (placements[at] = each.placement));
      else index.count(at, (live[at] = each.bytes));
    }
  }
  return { index, wanted: packItems(placements, Uint8Array.from(live.flat())) };
}

it('is that of the items as they are now', () => {
  fc.assert(
    fc.property(shop, (drawn) => {
      const { index, wanted } = grow(drawn, (own) => own.items());
      expect(index.current()).toEqual(wanted);
    }),
    { seed: 1, numRuns: 300 },
  );
});

it('leaves what it gave out as it was, and says whether items only came since', () => {
  fc.assert(
    fc.property(shop, (drawn) => {
      const given: (() => void)[] = [];
      const seen: { lineage: object; placements: readonly Placement[] }[] = [];
      grow(drawn, (index, placements) => {
        const { count, offsets, rows } = index.items();
        const wanted = packItems(placements);
        seen.push({ lineage: index.lineage(), placements: [...placements] });
        given.push(() => {
          expect({ count, offsets, rows }).toEqual({
            count: wanted.count,
            offsets: wanted.offsets,
            rows: wanted.rows,
          });
        });
      });
      for (const check of given) check();
      seen.slice(1).forEach(({ lineage, placements }, k) => {
        const before = seen[k]!;
        const rows = (all: readonly Placement[]) =>
          all.slice(0, before.placements.length).map((own) => own.rows);
        if (lineage === before.lineage) expect(rows(placements)).toEqual(rows(before.placements));
      });
    }),
    { seed: 1, numRuns: 300 },
  );
});

it('takes an item that comes without new arrays for the others', () => {
  const known = { rung: 'known', rows: [1, 2] } as const;
  const began = packItems(Array.from({ length: 100 }, () => ({ ...known, rows: [1, 2] })));
  const index = growingIndex(began);
  index.learn(began, movedRows);
  index.place(100, { rung: 'root', rows: [3] });
  const lineage = index.lineage();
  const before = index.items();
  index.place(101, { rung: 'root', rows: [4, 5] });
  expect(index.lineage()).toBe(lineage);
  expect(index.items().rows.buffer).toBe(before.rows.buffer);
  index.place(3, { ...known, rows: [1, 2, 9] });
  expect(index.lineage()).not.toBe(lineage);
});
