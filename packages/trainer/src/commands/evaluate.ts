import { access, constants, mkdir, rename, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { evaluate, type Evaluation, type MethodName } from '../evaluate/evaluate.ts';
import { InputError } from '../read/InputError.ts';
import { markdownReport, terminalReport } from '../report/markdownReport.ts';
import { progressLine } from './progressLine.ts';
import { readNamedShop, type ShopOptions, trainOptions } from './shopOptions.ts';
import { checkReplaceable, writeFolder } from './writeFolder.ts';

/** Fewer events than this leave nothing to train on, to tune on and to judge. */
const LEAST_EVENTS = 50;

/** The files of a report. */
const REPORTS = new Set(['report.html', 'report.md']);

export interface EvaluateOptions extends ShopOptions {
  methods?: MethodName[];
  json?: string;
  report?: string;
}

/** `evershelf eval`: the model beside its baselines on the last fifth of a log. */
export async function evaluateShop(options: EvaluateOptions): Promise<void> {
  if (options.json !== undefined) await checkWritable(options.json);
  if (options.report !== undefined) await checkReplaceable(options.report, (name) => REPORTS.has(name));
  const { log, items, schema } = await readNamedShop(options);
  if (log.count < LEAST_EVENTS) {
    throw new InputError(
      `found ${log.count} events, wanted at least ${LEAST_EVENTS} to train, tune and judge on`,
    );
  }
  const line = progressLine();
  let evaluation: Evaluation;
  try {
    evaluation = await evaluate(
      log,
      items,
      schema,
      trainOptions(options),
      line.progress,
      options.methods,
      options.threads,
    );
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
      ['report.html', htmlReport(evaluation)],
      ['report.md', `# Evaluation\n\n${markdownReport(evaluation)}`],
    ]);
    await writeFolder(options.report, files);
    console.error(`written to ${join(options.report, 'report.html')}`);
  }
}

/** Says before the work, not after it, that a file cannot be written. */
async function checkWritable(path: string): Promise<void> {
  try {
    await mkdir(dirname(path), { recursive: true });
    if ((await stat(path).catch(() => undefined))?.isDirectory() === true) throw new Error('it is a folder');
    await access(dirname(path), constants.W_OK);
  } catch (error) {
    throw new InputError(
      `${path}: cannot be written (${(error as Error).message}), wanted a path for a file`,
    );
  }
}
