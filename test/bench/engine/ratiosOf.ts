import { type Bound, type EngineName, OURS, type Ratios, type Row } from './EngineBench.ts';

/** Where `bandwidth` is taken. */
const LARGE = 1_000_000;

export function ratiosOf(rows: readonly Row[], bounds: readonly Bound[]): Ratios {
  const bound = bounds.find(({ items }) => items === LARGE);
  const largest = ourBest(rows, LARGE, 1);
  return {
    gatherDot: byOurs(rows, 'gatherDot'),
    tfjsWebgpu: byOurs(rows, 'tfjsWebgpu'),
    tfjsWasm: byOurs(rows, 'tfjsWasm'),
    bandwidth: bound === undefined || largest === undefined ? null : largest.p50Ms / bound.p50Ms,
  };
}

/** The faster of our engines. */
function ourBest(rows: readonly Row[], items: number, contexts: number): Row | undefined {
  return rows
    .filter(
      (row) => row.items === items && row.contexts === contexts && OURS.some((name) => name === row.engine),
    )
    .toSorted((a, b) => a.p50Ms - b.p50Ms)[0];
}

/** Peer / ours for one context, at the largest shop that both answered. */
function byOurs(rows: readonly Row[], peer: EngineName): number | null {
  const both = rows
    .filter(({ engine, contexts }) => engine === peer && contexts === 1)
    .map((row) => ({ row, own: ourBest(rows, row.items, 1) }))
    .filter(({ own }) => own !== undefined)
    .toSorted((a, b) => b.row.items - a.row.items)[0];
  return both === undefined ? null : both.row.p50Ms / both.own!.p50Ms;
}
