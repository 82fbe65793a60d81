import { rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { evaluate, type Evaluation, type MethodName } from '../evaluate/evaluate.ts';
import { InputError } from '../read/InputError.ts';
import { markdownReport, terminalReport } from '../report/markdownReport.ts';
import { progressLine } from './progressLine.ts';
import { readNamedShop, type ShopOptions, trainOptions } from './shopOptions.ts';
import { checkReplaceable, writeFolder } from './writeFolder.ts';

/** Fewer events than this leave nothing to train on, to tune on and to judge. */
const LEAST_EVENTS = 50;

/** By which an earlier report is known. */
const REPORT = 'report.html';

export interface EvaluateOptions extends ShopOptions {
  methods?: MethodName[];
  json?: string;
  report?: string;
}

/** `evershelf eval`: the model beside its baselines on the last fifth of a log. */
export async function evaluateShop(options: EvaluateOptions): Promise<void> {
  if (options.report !== undefined) await checkReplaceable(options.report, REPORT);
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
  console.log(terminalReport(evaluation));
  if (options.json !== undefined) {
    await writeFile(`${options.json}.new`, `${JSON.stringify(evaluation, null, 1)}\n`);
    await rename(`${options.json}.new`, options.json);
    console.error(`written to ${options.json}`);
  }
  if (options.report !== undefined) {
    // Drawing needs a chart library that nothing else does.
    const { htmlReport } = await import('../report/htmlReport.ts');
    const files = new Map([
      [REPORT, htmlReport(evaluation)],
      ['report.md', `# Evaluation\n\n${markdownReport(evaluation)}`],
    ]);
    await writeFolder(options.report, REPORT, files);
    console.error(`written to ${join(options.report, REPORT)}`);
  }
}
