import type { Evaluation } from '../evaluate/evaluate.ts';
import { SLICES } from '../evaluate/judge.ts';
import {
  beyondAccuracy,
  historyTable,
  overview,
  protocolText,
  SLICE_NOTES,
  slices,
  type Table,
} from './tables.ts';
import { titledTable } from './titledTable.ts';

/** The tables of an evaluation, in the order of a report. */
export function tablesOf(evaluation: Evaluation): Table[] {
  return [
    overview(evaluation),
    slices(evaluation, 'recall@20', 'Recall@20'),
    slices(evaluation, 'ndcg@20', 'NDCG@20'),
    beyondAccuracy(evaluation),
    historyTable(evaluation),
  ];
}

/** An evaluation as a Markdown document: the protocol in words, then a table for each side of it. */
export function markdownReport(evaluation: Evaluation): string {
  const [first, ...more] = protocolText(evaluation);
  const notes = SLICES.map((slice) => `- \`${slice}\`: ${SLICE_NOTES[slice]}`);
  const tables = tablesOf(evaluation).map((table) => `## ${titledTable(table, '\n\n')}\n`);
  return `${first}\n\n${tables.join('\n')}\n## Protocol\n\n${more.join('\n')}\n\n${notes.join('\n')}\n`;
}

/** The same in short, for a terminal: the overview and Recall@20 by slice. */
export function terminalReport(evaluation: Evaluation): string {
  const [first] = protocolText(evaluation);
  const short = [overview(evaluation), slices(evaluation, 'recall@20', 'Recall@20')];
  const tables = short.map((table) => titledTable(table, '\n'));
  return [first, ...tables].join('\n\n');
}
