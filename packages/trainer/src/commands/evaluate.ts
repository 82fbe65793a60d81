import { rename, writeFile } from 'node:fs/promises';
import { evaluate, type Evaluation, type MethodName } from '../evaluate/evaluate.ts';
import { SLICES } from '../evaluate/judge.ts';
import type { Quality } from '../evaluate/Tally.ts';
import { InputError } from '../read/InputError.ts';
import { progressLine } from './progressLine.ts';
import { readNamedShop, type ShopOptions, trainOptions } from './shopOptions.ts';

/** Fewer events than this leave nothing to train on, to tune on and to judge. */
const LEAST_EVENTS = 50;

const MEASURES = ['recall@20', 'ndcg@20', 'mrr@20'] as const satisfies readonly (keyof Quality)[];

/** `evershelf eval`: the model beside its baselines on the last fifth of a log. */
export async function evaluateShop(
  options: ShopOptions & { json?: string; methods?: MethodName[] },
): Promise<void> {
  const { log, items, schema } = await readNamedShop(options);
  if (log.count < LEAST_EVENTS) {
    throw new InputError(
      `found ${log.count} events, wanted at least ${LEAST_EVENTS} to train, tune and judge on`,
    );
  }
  const line = progressLine();
  let evaluation: Evaluation;
  try {
    evaluation = await evaluate(log, items, schema, trainOptions(options), line.progress, options.methods);
    line.end(true);
  } catch (error) {
    line.end(false);
    throw error;
  }
  console.log(evaluationTable(evaluation));
  if (options.json !== undefined) {
    await writeFile(`${options.json}.new`, `${JSON.stringify(evaluation, null, 1)}\n`);
    await rename(`${options.json}.new`, options.json);
    console.error(`written to ${options.json}`);
  }
}

/** The evaluation as a Markdown table: a row for each method and slice. */
export function evaluationTable({ protocol, methods }: Evaluation): string {
  const rows = SLICES.flatMap((slice) =>
    Object.entries(methods).map(([name, method]) => [
      slice,
      name,
      method[slice].n.toLocaleString('en'),
      ...MEASURES.map((measure) => (method[slice].n === 0 ? '-' : method[slice][measure].toFixed(4))),
      slice === 'all' ? method.trainSeconds.toFixed(1) : '',
    ]),
  );
  const table = [['slice', 'method', 'n', 'Recall@20', 'NDCG@20', 'MRR@20', 'train s'], ...rows];
  const widths = table[0]!.map((_, column) => Math.max(...table.map((row) => row[column]!.length)));
  const lines = table.map(
    (row) =>
      `| ${row.map((cell, k) => (k < 2 ? cell.padEnd(widths[k]!) : cell.padStart(widths[k]!))).join(' | ')} |`,
  );
  lines.splice(
    1,
    0,
    `| ${widths.map((width, k) => (k < 2 ? '-'.repeat(width) : `${'-'.repeat(width - 1)}:`)).join(' | ')} |`,
  );
  const { judged, items, cut, events } = protocol;
  const head = `${judged.toLocaleString('en')} events judged among ${items.toLocaleString('en')} items, trained on the first ${cut.toLocaleString('en')} of ${events.toLocaleString('en')} events`;
  return `${head}\n\n${lines.join('\n')}`;
}
