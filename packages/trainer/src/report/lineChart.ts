import { draw, FAINT, TEXT } from './draw.ts';

/** A line of a chart; null where it has no value. */
export interface Line {
  readonly name: string;
  readonly values: readonly (number | null)[];
  readonly colour: string;
  /** Drawn thicker. */
  readonly isOwn: boolean;
}

/**
 * Lines over named places, the first ones on top.
 *
 * @param scale of the values; `log` where they differ by orders of magnitude
 */
export function lineChart(
  places: readonly string[],
  axis: string,
  lines: readonly Line[],
  scale: 'value' | 'log' = 'value',
): string {
  const option = {
    grid: { left: scale === 'log' ? 60 : 48, right: 12, top: 64, bottom: 40 },
    legend: { top: 0, icon: 'circle', itemWidth: 8, textStyle: TEXT },
    xAxis: {
      type: 'category',
      data: places,
      name: axis,
      nameLocation: 'middle',
      nameGap: 24,
      nameTextStyle: TEXT,
      axisLabel: TEXT,
      axisLine: { lineStyle: { color: FAINT } },
    },
    yAxis: { type: scale, axisLabel: TEXT, splitLine: { lineStyle: { color: FAINT } } },
    series: lines.map(({ name, values, colour, isOwn }, k) => ({
      type: 'line',
      symbol: 'circle',
      name,
      data: values,
      color: colour,
      itemStyle: { color: colour },
      lineStyle: { color: colour, width: isOwn ? 3 : 1.5 },
      z: lines.length - k,
    })),
  };
  return draw(option as never, 280);
}
