import { markdownTable } from '../../../packages/trainer/src/report/markdownTable.ts';
import { type EngineBench, OURS, type Row } from './EngineBench.ts';
import { plotFile } from './enginePlots.ts';
import { autoByBest } from './ratiosOf.ts';

const HEAD = ['engine', 'p50 ms', 'p95 ms', 'rounds', 'model MB', 'best peer / it', 'it / bound'];

/** How far what was chosen by measurement is from the best of our engines. */
function chosen(cell: readonly Row[]): string {
  const ratio = cell.map((row) => autoByBest(row, cell)).find((each) => each !== undefined);
  return ratio === undefined ? '' : `\n\nauto / the best of our engines: ${ratio.toFixed(2)}`;
}

/** The bench as text: a table for each shop and number of contexts, what could not be measured, the ratios. */
export function engineReport({ rows, cannot, bounds, ratios }: EngineBench): string {
  const whole = (number: number): string => number.toLocaleString('en');
  const tables = bounds.flatMap((bound) => {
    const ofShop = rows.filter(({ items }) => items === bound.items);
    return [...new Set(ofShop.map(({ contexts }) => contexts))].map((contexts) => {
      const cell = ofShop.filter((row) => row.contexts === contexts);
      const peers = cell.filter(({ engine }) => !OURS.some((own) => own === engine));
      const best = Math.min(...peers.map(({ p50Ms }) => p50Ms));
      const lines = cell.map(({ engine, p50Ms, p95Ms, rounds, bytes }: Row) => [
        engine,
        p50Ms.toFixed(1),
        p95Ms.toFixed(1),
        whole(rounds),
        (bytes / 1e6).toFixed(1),
        Number.isFinite(best) ? (best / p50Ms).toFixed(2) : '-',
        (p50Ms / bound.p50Ms).toFixed(1),
      ]);
      return `${whole(bound.items)} items, contexts: ${contexts}. Bound: ${(bound.bytes / 1e6).toFixed(1)} MB in ${bound.p50Ms.toFixed(2)} ms

${markdownTable(HEAD, lines)}${chosen(cell)}`;
    });
  });
  const reasons = cannot.map(
    ({ engine, items, contexts, reason }) =>
      `- ${engine}, ${whole(items)} items, contexts: ${contexts}: ${reason}`,
  );
  const shown = Object.entries(ratios).map(([name, ratio]) => `${name} ${ratio?.toFixed(2) ?? '-'}`);
  return `${tables.join('\n\n')}
${reasons.length === 0 ? '' : `\nCannot:\n\n${reasons.join('\n')}\n`}
Ratios (peer / ours; ours / bound): ${shown.join(', ')}
`;
}

/** The same as a page, with the plots that `enginePlots` draws. */
export function enginePage(bench: EngineBench): string {
  const plots = [...new Set(bench.rows.map(({ contexts }) => contexts))].map(
    (contexts) =>
      `![Milliseconds of an answer to ${contexts} contexts, by the number of items](${plotFile(bench.place, contexts)})`,
  );
  const { runtime, cores, adapter } = bench.place;
  const [option, where] =
    runtime === 'node' ? [' --runtime node', 'Node, WebGPU through Dawn'] : ['', 'headless Chromium'];
  return `# The engines' speed in ${runtime === 'node' ? 'Node' : 'a browser'}

\`pnpm bench engine${option}\` in ${where}. Cores: ${cores}. WebGPU: ${adapter}.

${plots.join('\n')}

${engineReport(bench)}`;
}
