import type { Evaluation } from '../evaluate/evaluate.ts';
import { SLICES } from '../evaluate/judge.ts';
import { historyChart, intervalChart, sliceCharts } from './charts.ts';
import { LOOK } from './draw.ts';
import { tablesOf } from './markdownReport.ts';
import { protocolText, SLICE_NOTES, type Table } from './tables.ts';

const STYLE = `${LOOK}body { margin: 0 auto; max-width: 76rem; padding: 1rem; background: var(--paper); color: var(--ink);
  font: 1rem/1.5 system-ui, sans-serif }
p, li { max-width: 70ch }
.charts { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(100%, 22.5rem), 1fr)); gap: 1rem }
figure { margin: 0 }
figcaption { font-weight: 600 }
svg { width: 100%; max-width: 30rem; height: auto }
.table { overflow-x: auto }
table { border-collapse: collapse; font-variant-numeric: tabular-nums; white-space: nowrap; font-size: .875rem }
th, td { padding: .25rem .625rem; text-align: right; border-bottom: 1px solid var(--faint) }
th:first-child, td:first-child { text-align: left; position: sticky; left: 0; background: var(--paper) }
.own { color: var(--own); font-weight: 600 }
`;

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
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>Evershelf: evaluation</title>
<style>${STYLE}</style>
<h1>Evaluation</h1>
<p>${escaped(first!)}</p>
<div class="charts">${figures.map(figure).join('')}</div>
<h2>Slices</h2>
<div class="charts">${bySlice.map(figure).join('')}</div>
${tablesOf(evaluation).map(htmlTable).join('\n')}
<h2>Protocol</h2>
${more.map((text) => `<p>${escaped(text)}</p>`).join('\n')}
<ul>${SLICES.map((slice) => `<li><b>${slice}</b>: ${escaped(SLICE_NOTES[slice])}</li>`).join('')}</ul>
</html>
`;
}

function figure([caption, svg]: readonly [string, string]): string {
  const named = svg.replace('<svg ', `<svg role="img" aria-label="${escaped(caption)}" `);
  return `<figure><figcaption>${escaped(caption)}</figcaption>${named}</figure>`;
}

function htmlTable({ title, head, rows }: Table): string {
  const cells = (row: readonly string[], tag: string): string =>
    row.map((cell) => `<${tag}>${escaped(cell)}</${tag}>`).join('');
  const body = rows.map(
    (row) => `<tr${row[0] === 'evershelf' ? ' class="own"' : ''}>${cells(row, 'td')}</tr>`,
  );
  return `<h2>${escaped(title)}</h2>
<div class="table"><table><thead><tr>${cells(head, 'th')}</tr></thead><tbody>${body.join('')}</tbody></table></div>`;
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
}
