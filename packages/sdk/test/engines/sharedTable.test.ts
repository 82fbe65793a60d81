import { type ItemRows, packItems, quantiseRows, type Query } from '@evershelf/model';
import { expect, it } from 'vitest';
import { cpuEngine } from '../../src/engines/cpu/cpuEngine.ts';
import type { Scorable } from '../../src/engines/Engine.ts';
import { allItems } from '../../src/engines/mask.ts';
import { type SharedTable, sharedTable } from '../../src/engines/sharedTable.ts';

const [ROWS, DIM] = [1024, 8];
const made = quantiseRows(
  Float32Array.from({ length: ROWS * DIM }, (_, k) => Math.sin(k * k)),
  DIM,
);
const table = { rows: ROWS, dim: DIM, item: made.int8, itemScale: made.scale };
const query: Query = {
  vector: Float32Array.from({ length: DIM }, (_, d) => Math.cos(d)),
  matchRows: Uint32Array.of(3, 1000),
  matchValues: Float32Array.of(0.5, 0.25),
  items: new Uint32Array(0),
  itemValues: new Float32Array(0),
};
/** A shop whose item i has row `own(i)` and one that all have. */
const shopOf = (tables: Scorable['tables'], count: number, own: (i: number) => number): Scorable => {
  const index: ItemRows = packItems(
    Array.from({ length: count }, (_, i) => ({ rung: 'known', rows: [own(i), 7] })),
  );
  return { tables, index, ids: Array.from({ length: count }, (_, i) => `${i}`) };
};

/** The best items of a shop by an engine that was never given another one, from a table that nobody takes over. */
async function alone({ index, ids }: Scorable): Promise<unknown> {
  const engine = cpuEngine();
  engine.load({ tables: table, index, ids });
  return await best(engine, index.count);
}

const best = async (engine: ReturnType<typeof cpuEngine>, count: number): Promise<unknown> =>
  await engine.topK([{ query, prior: new Float32Array(count), mask: allItems(count), k: 20 }]);

it('is read off the engine that took it over, also once items with other rows came', async () => {
  const shared: SharedTable = sharedTable({ ...table, item: made.int8.slice() });
  const engine = cpuEngine();
  for (const [count, first] of [
    [100, 0],
    [300, 500],
    [300, 20],
  ] as const) {
    const shop = shopOf(shared, count, (i) => (i < 100 ? i : first + i));
    engine.load(shop);
    expect(await best(engine, count)).toEqual(await alone(shop));
    expect(shared.item).toEqual(made.int8);
    // A copy each time: nobody holds it beside the engine.
    expect(shared.item).not.toBe(shared.item);
  }
});

it('is not copied for an engine that has it, whatever comes', () => {
  let copies = 0;
  const shared = sharedTable({ ...table, item: made.int8.slice() });
  const engine = cpuEngine();
  engine.load(shopOf(shared, 100, (i) => i));
  const { item } = shared;
  shared.handOver(() => {
    copies++;
    return item;
  });
  engine.load(shopOf(shared, 101, (i) => 5 * i));
  expect(copies).toBe(0);
});

it('is given back by an engine that gets another one', () => {
  const shared = sharedTable({ ...table, item: made.int8.slice() });
  const engine = cpuEngine();
  engine.load(shopOf(shared, 100, (i) => i));
  engine.load(shopOf({ ...table, item: table.item.map((value) => -value) }, 100, (i) => i));
  expect(shared.item).toEqual(made.int8);
});
