import type { Evaluation } from '../evaluate/evaluate.ts';
import { SLICES } from '../evaluate/judge.ts';
import { historyChart, intervalChart, sliceCharts } from './charts.ts';
import { escaped, figure, htmlPage, htmlTable } from './htmlPage.ts';
import { tablesOf } from './markdownReport.ts';
import { protocolText, SLICE_NOTES } from './tables.ts';

/** An evaluation as a page that needs nothing else: plots, tables, the protocol in words. */
export function htmlReport(evaluation: Evaluation): string {
  const [first, ...more] = protocolText(evaluation);
  const figures = [
    ['Recall@20, 95 % intervals', intervalChart(evaluation, 'recall@20', 'Recall@20')],
    ['NDCG@20, 95 % intervals', intervalChart(evaluation, 'ndcg@20', 'NDCG@20')],
    ['By length of history, NDCG@20', historyChart(evaluation)],
  ] as const;
  const bySlice = sliceCharts(evaluation).map(
    ({ slice, svg }) => [`${slice}: ${SLICE_NOTES[slice]}`, svg] as const,
  );
  return htmlPage(
    'Evaluation',
    `<p>${escaped(first!)}</p>
<div class="charts">${figures.map(figure).join('')}</div>
<h2>Slices</h2>
<div class="charts">${bySlice.map(figure).join('')}</div>
${tablesOf(evaluation)
  .map((table) => htmlTable(table, 'evershelf'))
  .join('\n')}
<h2>Protocol</h2>
${more.map((text) => `<p>${escaped(text)}</p>`).join('\n')}
<ul>${SLICES.map((slice) => `<li><b>${slice}</b>: ${escaped(SLICE_NOTES[slice])}</li>`).join('')}</ul>`,
  );
}
