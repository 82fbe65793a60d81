import type { ShelfFigures } from '../measure/ShelfFigures.ts';
import { bareTable, escaped, figure, htmlPage } from './htmlPage.ts';
import { curveChart, experimentCharts, impressionsChart, rateChart } from './shelfCharts.ts';
import { SHELF_NOTES, shelfSummary } from './shelfReport.ts';
import { type Section, shelfSections } from './shelfTables.ts';

/** What shelves have shown as a page that needs nothing else: plots beside their tables, and what the figures mean. */
export function shelfPage(figures: ShelfFigures): string {
  return htmlPage(
    'Shelves',
    `<p>${escaped(shelfSummary(figures))}</p>
${shelfSections(figures).map(sectionOf).join('\n')}
<h2>What the figures mean</h2>
${SHELF_NOTES.map((note) => `<p>${escaped(note)}</p>`).join('\n')}`,
  );
}

function sectionOf(section: Section): string {
  const { title, tables } = section;
  const isTitled = tables.length > 1;
  const parts = tables.map((table) =>
    isTitled ? `<h3>${escaped(table.title)}</h3>\n${bareTable(table)}` : bareTable(table),
  );
  const charts = chartsOf(section).map(figure).join('');
  const content = isTitled
    ? `<div class="charts">${charts}</div>\n${parts.join('\n')}`
    : `<div class="beside">${charts}${parts.join('')}</div>`;
  return `<section>\n<h2>${escaped(title)}</h2>\n${content}\n</section>`;
}

function chartsOf({ charts }: Section): (readonly [string, string])[] {
  if (charts.of === 'experiment') return experimentCharts(charts.experiment);
  if (charts.of === 'rate') return [rateChart(charts.by, charts.groups)];
  if (charts.of === 'curve') return [curveChart(charts.by, charts.groups)];
  if (charts.of === 'days')
    return [curveChart(charts.by, charts.groups), impressionsChart(charts.by, charts.groups)];
  return [];
}
