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

/** How right each method is, over all judged events and by slice. */
function accuracyOf(evaluation: Evaluation): Table[] {
  return [
    overview(evaluation),
    slices(evaluation, 'recall@20', 'Recall@20'),
    slices(evaluation, 'ndcg@20', 'NDCG@20'),
    slices(evaluation, 'mrr@20', 'MRR@20'),
  ];
}

/** The tables of an evaluation, in the order of a report. */
export function tablesOf(evaluation: Evaluation): Table[] {
  return [...accuracyOf(evaluation), beyondAccuracy(evaluation), historyTable(evaluation)];
}

/** An evaluation as a Markdown document: the protocol in words, then a table for each side of it. */
export function markdownReport(evaluation: Evaluation): string {
  const [first, ...more] = protocolText(evaluation);
  const notes = SLICES.map((slice) => `- \`${slice}\`: ${SLICE_NOTES[slice]}`);
  const tables = tablesOf(evaluation).map((table) => `## ${titledTable(table, '\n\n')}\n`);
  return `${first}\n\n${tables.join('\n')}\n## Protocol\n\n${more.join('\n')}\n\n${notes.join('\n')}\n`;
}

/** The same in short, for a terminal: how right each method is. */
export function terminalReport(evaluation: Evaluation): string {
  const [first] = protocolText(evaluation);
  return [first, ...accuracyOf(evaluation).map((table) => titledTable(table, '\n'))].join('\n\n');
}
