import type { PageAnswer } from '@evershelf/model';
import { describe, expect, it } from 'vitest';
import { makeRoom, TRIMMED } from '../src/metadata/makeRoom.ts';
import { memory } from './engines/engineChoices.ts';

const KEYS = ['page 0', 'page 1', 'page 2'];

/** A page with so many items of each department. */
const page = (at: number, departments: Readonly<Record<string, number>>): [string, PageAnswer] => [
  KEYS[at]!,
  {
    page: at,
    revision: 9,
    items: Object.entries(departments).flatMap(([department, count]) =>
      Array.from({ length: count }, (_, i) => ({
        item: { id: `${department} ${at} ${i}`, category: [department, 'leaf'] },
        revision: 9,
      })),
    ),
  },
];

/** What is stored after room was made: of each page its revision, and its items by department. */
async function after(pages: readonly [string, PageAnswer][], used: readonly string[]): Promise<unknown> {
  const store = memory();
  await store.write([...pages, ['position', { revision: 9 }]]);
  await makeRoom(store, KEYS, used);
  expect(await store.read(['position'])).toEqual([{ revision: 9 }]);
  return ((await store.read(KEYS)) as (PageAnswer | undefined)[]).map((answer) => {
    if (answer === undefined) return undefined;
    const counts: Record<string, number> = {};
    for (const { item } of answer.items) counts[item.category![0]!] = (counts[item.category![0]!] ?? 0) + 1;
    return [answer.revision, counts];
  });
}

describe('room on a full device', () => {
  it('is made of departments that were not used of late, the largest first, until half of the items are gone', async () => {
    const pages = [
      page(0, { Food: 4, Garden: 5, Toys: 1 }),
      page(1, { Food: 2, Toys: 2 }),
      page(2, { Garden: 4 }),
    ];
    expect(await after(pages, ['Food'])).toEqual([
      [TRIMMED, { Food: 4, Toys: 1 }],
      [9, { Food: 2, Toys: 2 }],
      undefined,
    ]);
  });

  it('is made of the least recently used ones where all were used', async () => {
    const pages = [page(0, { Food: 5, Garden: 5 }), page(1, { Toys: 1 })];
    expect(await after(pages, ['Food', 'Toys', 'Garden', 'Food'])).toEqual([
      [TRIMMED, { Food: 5 }],
      undefined,
      undefined,
    ]);
  });

  it('is made of all in the end, and of nothing where nothing is stored', async () => {
    expect(await after([page(1, { Food: 3 })], ['Food'])).toEqual([undefined, undefined, undefined]);
    expect(await after([], [])).toEqual([undefined, undefined, undefined]);
  });
});
