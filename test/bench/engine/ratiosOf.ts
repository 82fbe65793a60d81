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
    auto: mostOf(rows.map((row) => autoByBest(row, rows))),
    bandwidth: bound === undefined || largest === undefined ? null : largest.p50Ms / bound.p50Ms,
  };
}

/** What is chosen by measurement / the faster of our engines; undefined for any other row, and where none of ours answered. */
export function autoByBest(
  { engine, items, contexts, p50Ms }: Row,
  rows: readonly Row[],
): number | undefined {
  const best = engine === 'auto' ? ourBest(rows, items, contexts) : undefined;
  return best === undefined ? undefined : p50Ms / best.p50Ms;
}

function mostOf(ratios: readonly (number | undefined)[]): number | null {
  const known = ratios.filter((ratio) => ratio !== undefined);
  return known.length === 0 ? null : Math.max(...known);
}

/** The faster of our engines. */
function ourBest(rows: readonly Row[], items: number, contexts: number): Row | undefined {
  const isOurs = ({ engine }: Row): boolean => engine !== 'auto' && OURS.some((name) => name === engine);
  return rows
    .filter((row) => row.items === items && row.contexts === contexts && isOurs(row))
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
