import type { Interval } from '../evaluate/bootstrap.ts';
import { draw, FAINT, TEXT } from './draw.ts';

/** Pixels from one row to the next. */
export const ROW = 20;

/** A named mean with its interval, in its colour. */
export interface IntervalRow extends Interval {
  readonly name: string;
  readonly colour: string;
}

/** Axes of a chart that has a name for each row. */
export function rowAxes(names: readonly string[], unit: string) {
  return {
    grid: { left: 124, right: 56, top: 4, bottom: 40 },
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

/** Means as dots and their intervals as lines, one a row. */
export function intervalRows(rows: readonly IntervalRow[], unit: string): string {
  const option = {
    ...rowAxes(
      rows.map(({ name }) => name),
      unit,
    ),
    series: [
      {
        type: 'custom',
        data: rows.map(({ low, high }, row) => [low, high, row]),
        renderItem: whisker(rows),
      },
      {
        type: 'scatter',
        symbolSize: 9,
        data: rows.map(({ mean, colour }, row) => ({ value: [mean, row], itemStyle: { color: colour } })),
      },
      // The means in figures stand behind the intervals, however wide these are.
      {
        type: 'scatter',
        symbolSize: 0,
        data: rows.map(({ mean, high }, row) => ({
          value: [Math.max(mean, high), row],
          label: { show: true, position: 'right', distance: 8, formatter: mean.toFixed(3), ...TEXT },
        })),
      },
    ],
  };
  return draw(option as never, 44 + ROW * rows.length);
}

/** Draws the interval of a row as a line. */
function whisker(rows: readonly IntervalRow[]) {
  return ({ dataIndex }: { dataIndex: number }, { coord }: { coord(value: number[]): number[] }) => {
    const { low, high, colour } = rows[dataIndex]!;
    const [x1, y1] = coord([low, dataIndex]);
    const [x2, y2] = coord([high, dataIndex]);
    return { type: 'line', shape: { x1, y1, x2, y2 }, style: { stroke: colour, lineWidth: 2 } };
  };
}
