import type { TableSize } from '../lab/tableSize.ts';
import { count, lead, type Table } from './tables.ts';
import { titledTable } from './titledTable.ts';

/** What small tables cost, as a Markdown document. */
export function tableSizeReport(found: TableSize): string {
  const [first, last] = protocolOf(found);
  return `# What does a small table cost?\n\n${[first, titledTable(tableOf(found), ':\n\n'), last].join('\n\n')}\n`;
}

/** The same for a terminal. */
export function tableSizeText(found: TableSize): string {
  return [...protocolOf(found), titledTable(tableOf(found), '\n')].join('\n\n');
}

function protocolOf({ protocol }: TableSize): [string, string] {
  const { judged, items, trained, cut, events, seed, intervals } = protocol;
  return [
    `${count(judged)} events judged among ${count(items)} items; trained on the first ${count(cut)} of ${count(events)} events, ` +
      `with ${count(trained)} items, seed ${seed}.`,
    `Bytes are those of both tables, before any compression. Intervals: ${intervals}.`,
  ];
}

function tableOf({ ways }: TableSize): Table {
  return {
    title: 'The whole score, by the rows of its tables',
    head: ['rows', 'numbers', 'items a row', 'MB', 'Recall@20', 'ahead', 'NDCG@20', 'ahead'],
    rows: ways.map(({ rows, numbers, itemsPerRow, bytes, quality, lead: ahead }, way) => [
      count(rows),
      numbers,
      itemsPerRow.toFixed(2),
      (bytes / 1e6).toFixed(2),
      quality['recall@20'].toFixed(4),
      way === 0 ? '' : lead(ahead['recall@20']),
      quality['ndcg@20'].toFixed(4),
      way === 0 ? '' : lead(ahead['ndcg@20']),
    ]),
  };
}
