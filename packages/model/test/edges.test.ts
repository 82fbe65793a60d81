import { expect, it } from 'vitest';
import { readEdges } from '../src/artifact/readEdges.ts';
import { writeEdges } from '../src/artifact/writeEdges.ts';
import { type Edges, edgeLists, type EdgeLists, type Manifest } from '../src/index.ts';

const ITEMS = 300_000;

/** Edges from some items to others near and far, over numbers of one, two and three bytes. */
function someEdges(): Edges {
  const reached = Array.from({ length: ITEMS }, (_, j) =>
    j % 3 === 0 ? [j % 7, 100 + (j % 90), 20_000 + (j % 9000), ITEMS - 1 - (j % 100)].slice(0, j % 5) : [],
  );
  const start = new Uint32Array(ITEMS + 1);
  reached.forEach(({ length }, j) => (start[j + 1] = start[j]! + length));
  return {
    start,
    to: Uint32Array.from(reached.flat()),
    weight: Int8Array.from({ length: start[ITEMS]! }, (_, k) => (k % 31) - 15),
    scale: Float32Array.from({ length: ITEMS }, (_, j) => (j % 3 === 0 ? 0.25 : 0)),
  };
}

it('come back, whichever item is asked for', () => {
  const edges = someEdges();
  const read = readEdges('a test', writeEdges(edges), { items: ITEMS } as Manifest);
  const wanted = edgeLists(edges);
  const of = (lists: EdgeLists, j: number): [number, number][] => {
    const own: [number, number][] = [];
    lists.each(j, (item, weight) => own.push([item, weight]));
    return own;
  };
  for (let j = 0; j < ITEMS + 10; j += 7) expect(of(read, j)).toEqual(of(wanted, j));
});
