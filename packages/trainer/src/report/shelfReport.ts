import type { ShelfFigures } from '../measure/ShelfFigures.ts';
import { percent, shelfSections } from './shelfTables.ts';
import { count, type Table } from './tables.ts';
import { titledTable } from './titledTable.ts';
import { dayOf } from './dayOf.ts';

/** What the figures mean, a sentence or two an entry. */
export const SHELF_NOTES = [
  'An impression is a card of which half stood in the viewport for a second; each item of a shelf is told of once as seen and once as clicked. CTR is clicks an impression. Carts and purchases are those of items whose card was used last in the same visit.',
  'Intervals of CTR by shelf, position, day and model are by Wilson and take impressions as independent; where few shoppers see many, they are too narrow. What stands in front is also what is thought to be better: a curve by position is not what the position does.',
  'Outcomes of a split are means over sessions, or ratios of sums over sessions by the delta method, with 95 % intervals by the normal distribution. More than one outcome is looked at, and the log may be looked at more than once: of many looks, one in twenty shows a difference where there is none.',
  'An interleaving is won by the variant of which a session clicked more cards. Its interval is by Wilson, over the sessions without a tie.',
  'Inverse propensity: each click counts 1 / propensity. It says what the cards of a variant would bring if each were shown for certain, as long as a click on a card does not depend on the others; in an interleaving, what both would bring alike counts half for each. A large weight or few effective impressions mean that it says little.',
];

/** What shelves have shown as a Markdown document: the figures in a sentence, a table for each side, what they mean. */
export function shelfMarkdown(figures: ShelfFigures): string {
  const tables = tablesOf(figures).map((table) => `## ${titledTable(asTexts(table), '\n\n')}\n`);
  return `# Shelves\n\n${shelfSummary(figures)}\n\n${tables.join('\n')}\n## What the figures mean\n\n${SHELF_NOTES.join('\n\n')}\n`;
}

/** A table whose cells are no Markdown: names of shelves and experiments are whatever pages have sent. */
function asTexts({ title, head, rows }: Table): Table {
  const text = (cell: string): string => cell.replaceAll(/[\\<|]/g, '\\$&');
  return { title: text(title), head, rows: rows.map((row) => row.map(text)) };
}

/** The same for a terminal. */
export function shelfText(figures: ShelfFigures): string {
  return [shelfSummary(figures), ...tablesOf(figures).map((table) => titledTable(table, '\n'))].join('\n\n');
}

/** All in a sentence. */
export function shelfSummary({ from, until, all, shelves }: ShelfFigures): string {
  const many = (n: number, one: string, more = `${one}s`): string => `${count(n)} ${n === 1 ? one : more}`;
  return (
    `${dayOf(from)} to ${dayOf(until)}: ${many(all.impressions, 'impression')} on ${many(shelves.length, 'shelf', 'shelves')} in ` +
    `${many(all.sessions, 'session')}, ${many(all.clicks, 'click')} (${percent(all.rate.mean)}), ` +
    `${many(all.carts, 'cart')} and ${many(all.purchases, 'purchase')} of them.`
  );
}

function tablesOf(figures: ShelfFigures): Table[] {
  return shelfSections(figures).flatMap(({ tables }) => tables);
}
