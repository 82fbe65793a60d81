import type { Evaluation } from '../evaluate/evaluate.ts';
import { type Slice, SLICES } from '../evaluate/judge.ts';
import { draw, LINES, OTHER, OWN, TEXT } from './draw.ts';
import { intervalRows, ROW, rowAxes } from './intervalRows.ts';
import { lineChart } from './lineChart.ts';
import { groupName } from './tables.ts';

const OURS = 'evershelf';
const colour = (name: string): string => (name === OURS ? OWN : OTHER);

/** A measure over all events, each method with its interval. */
export function intervalChart(
  { methods }: Evaluation,
  measure: 'recall@20' | 'ndcg@20',
  title: string,
): string {
  const rows = Object.entries(methods).map(([name, { interval }]) => ({
    name,
    ...interval[measure],
    colour: colour(name),
  }));
  return intervalRows(rows, title);
}

/** NDCG@20 of every method on each slice that has events. */
export function sliceCharts({ methods }: Evaluation): { slice: Slice; svg: string }[] {
  const entries = Object.entries(methods);
  const names = entries.map(([name]) => name);
  return SLICES.filter((slice) => entries[0]![1][slice].n > 0).map((slice) => {
    const data = entries.map(([name, method]) => ({
      value: method[slice]['ndcg@20'],
      itemStyle: { color: colour(name) },
      label: { formatter: method[slice]['ndcg@20'].toFixed(3) },
    }));
    const series = [{ type: 'bar', data, barWidth: 10, label: { show: true, position: 'right', ...TEXT } }];
    return {
      slice,
      svg: draw({ ...rowAxes(names, 'NDCG@20'), series } as never, 44 + ROW * names.length),
    };
  });
}

/** NDCG@20 by length of history: evershelf and the best of the others. */
export function historyChart({ methods }: Evaluation): string {
  const others = Object.keys(methods)
    .filter((name) => name !== OURS)
    .sort((a, b) => methods[b]!.all['ndcg@20'] - methods[a]!.all['ndcg@20'])
    .slice(0, LINES.length);
  const shown = [...(OURS in methods ? [OURS] : []), ...others];
  const groups = methods[shown[0]!]!.byHistory;
  return lineChart(
    groups.map(groupName),
    'earlier events',
    shown.map((name) => ({
      name,
      values: methods[name]!.byHistory.map((group) => group['ndcg@20']),
      colour: name === OURS ? OWN : LINES[others.indexOf(name)]!,
      isOwn: name === OURS,
    })),
  );
}
