import { LINES, OWN, standalone } from '../../../packages/trainer/src/report/draw.ts';
import { lineChart } from '../../../packages/trainer/src/report/lineChart.ts';
import type { EngineBench, EngineName, Place } from './EngineBench.ts';

/** Those that are drawn; stock tfjs on WebGPU and ONNX Runtime on WebGPU are far above all of them. */
const DRAWN: readonly EngineName[] = ['cpu', 'webgpu', 'gatherDot', 'tfjsWasm', 'onnxWasm', 'hnswlib'];

/** The file of the plot for so many contexts, beside the page. */
export function plotFile({ runtime }: Place, contexts: number): string {
  return `engine-${runtime === 'node' ? 'node-' : ''}${contexts}.svg`;
}

/** Median milliseconds by the number of items, a plot for each number of contexts, by file name. */
export function enginePlots({ place, rows }: EngineBench): Map<string, string> {
  const sizes = [...new Set(rows.map(({ items }) => items))];
  return new Map(
    [...new Set(rows.map(({ contexts }) => contexts))].map((contexts) => {
      const at = (engine: EngineName, items: number): number | null =>
        rows.find((row) => row.engine === engine && row.items === items && row.contexts === contexts)
          ?.p50Ms ?? null;
      const lines = DRAWN.map((name, k) => ({
        name,
        values: sizes.map((items) => at(name, items)),
        colour: k === 0 ? OWN : LINES[k - 1]!,
        isOwn: name === 'cpu' || name === 'webgpu',
      }));
      const places = sizes.map((items) => items.toLocaleString('en'));
      return [
        plotFile(place, contexts),
        standalone(
          lineChart(places, 'items', lines, 'log'),
          `Milliseconds of an answer to ${contexts} contexts, by the number of items`,
        ),
      ] as const;
    }),
  );
}
