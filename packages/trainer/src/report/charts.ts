import { BarChart, CustomChart, LineChart, ScatterChart } from 'echarts/charts';
import { GridComponent, LegendComponent } from 'echarts/components';
import { type ComposeOption, init, use } from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';
import type { Interval } from '../evaluate/bootstrap.ts';
import type { Evaluation } from '../evaluate/evaluate.ts';
import { type Slice, SLICES } from '../evaluate/judge.ts';
import { groupName } from './tables.ts';

use([BarChart, CustomChart, LineChart, ScatterChart, GridComponent, LegendComponent, SVGRenderer]);

/** Pixels; a phone's width, which pages of more room place several of in a row. */
const WIDTH = 360;
const ROW = 20;

/** Colours that stand for the page's variables, so that a chart follows its light or dark look. */
const INK = '#010101';
const FAINT = '#020202';
const OWN = '#030303';
const OTHER = '#040404';
const VARIABLES: Readonly<Record<string, string>> = {
  [INK]: 'var(--ink)',
  [FAINT]: 'var(--faint)',
  [OWN]: 'var(--own)',
  [OTHER]: 'var(--other)',
};
/** Lines beside evershelf's; told apart on light and on dark. */
const LINES = ['#2a9d8f', '#e9a03b', '#d1495b', '#7b6fd0', '#5b8def'];

const OURS = 'evershelf';
const colour = (name: string): string => (name === OURS ? OWN : OTHER);
const TEXT = { fontFamily: 'system-ui, sans-serif', fontSize: 12, color: INK };

/** A chart as SVG that takes its colours from the page. */
function draw(option: ComposeOption<never>, height: number): string {
  const chart = init(null, null, { renderer: 'svg', ssr: true, width: WIDTH, height });
  chart.setOption({ animation: false, textStyle: TEXT, ...option });
  const svg = chart.renderToSVGString();
  chart.dispose();
  return Object.entries(VARIABLES).reduce((text, [from, to]) => text.replaceAll(from, to), svg);
}

function methodAxes(names: readonly string[], unit: string) {
  return {
    grid: { left: 124, right: 44, top: 4, bottom: 40 },
    xAxis: {
      type: 'value',
      name: unit,
      nameLocation: 'middle',
      nameGap: 24,
      nameTextStyle: TEXT,
      axisLabel: { ...TEXT, hideOverlap: true },
      splitNumber: 3,
      splitLine: { lineStyle: { color: FAINT } },
    },
    yAxis: {
      type: 'category',
      inverse: true,
      data: names,
      axisLabel: TEXT,
      axisTick: { show: false },
      axisLine: { lineStyle: { color: FAINT } },
    },
  };
}

/** A measure over all events, each method with its interval. */
export function intervalChart(
  { methods }: Evaluation,
  measure: 'recall@20' | 'ndcg@20',
  title: string,
): string {
  const entries = Object.entries(methods);
  const intervals = entries.map(([, { interval }]) => interval[measure]);
  const names = entries.map(([name]) => name);
  const option = {
    ...methodAxes(names, title),
    series: [
      {
        type: 'custom',
        data: intervals.map(({ low, high }, row) => [low, high, row]),
        renderItem: whisker(intervals, names),
      },
      {
        type: 'scatter',
        symbolSize: 9,
        data: intervals.map(({ mean }, row) => ({
          value: [mean, row],
          itemStyle: { color: colour(names[row]!) },
          label: { show: true, position: 'right', distance: 14, formatter: mean.toFixed(3), ...TEXT },
        })),
      },
    ],
  };
  return draw(option as never, 44 + ROW * names.length);
}

/** Draws the interval of a row as a line. */
function whisker(intervals: readonly Interval[], names: readonly string[]) {
  return ({ dataIndex }: { dataIndex: number }, { coord }: { coord(value: number[]): number[] }) => {
    const { low, high } = intervals[dataIndex]!;
    const [x1, y1] = coord([low, dataIndex]);
    const [x2, y2] = coord([high, dataIndex]);
    const style = { stroke: colour(names[dataIndex]!), lineWidth: 2 };
    return { type: 'line', shape: { x1, y1, x2, y2 }, style };
  };
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
      svg: draw({ ...methodAxes(names, 'NDCG@20'), series } as never, 44 + ROW * names.length),
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
  const option = {
    grid: { left: 48, right: 12, top: 64, bottom: 40 },
    legend: { top: 0, icon: 'circle', itemWidth: 8, textStyle: TEXT },
    xAxis: {
      type: 'category',
      data: groups.map(groupName),
      name: 'earlier events',
      nameLocation: 'middle',
      nameGap: 24,
      nameTextStyle: TEXT,
      axisLabel: TEXT,
      axisLine: { lineStyle: { color: FAINT } },
    },
    yAxis: { type: 'value', axisLabel: TEXT, splitLine: { lineStyle: { color: FAINT } } },
    series: shown.map((name, k) => {
      const own = name === OURS ? OWN : LINES[others.indexOf(name)]!;
      return {
        type: 'line',
        symbol: 'circle',
        name,
        data: methods[name]!.byHistory.map((group) => group['ndcg@20']),
        color: own,
        itemStyle: { color: own },
        lineStyle: { color: own, width: name === OURS ? 3 : 1.5 },
        z: shown.length - k,
      };
    }),
  };
  return draw(option as never, 280);
}
