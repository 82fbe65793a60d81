import { join } from 'node:path';
import { InputError } from '../read/InputError.ts';
import type { Shop } from '../readShop.ts';
import type { Progress } from '../train/trainModel.ts';
import { withWorkers, type Workers } from '../workers/Workers.ts';
import { checkWritable } from './checkWritable.ts';
import { progressLine } from './progressLine.ts';
import { readNamedShop } from './readNamedShop.ts';
import type { ShopOptions } from './shopOptions.ts';
import { threadsWithin } from './threadsWithin.ts';
import { writeAside } from './writeAside.ts';
import { checkReplaceable, writeFolder } from './writeFolder.ts';

/** Fewer events than this leave nothing to train on, to tune on and to judge. */
const LEAST_EVENTS = 50;

export interface ReportedOptions extends ShopOptions {
  json?: string;
  report?: string;
}

/** A long job on a shop, and how its result is told. */
export interface Reported<T> {
  run(workers: Workers, shop: Shop, progress: Progress): Promise<T>;
  /** For a terminal. */
  text(result: T): string;
  /** The files of a report, the first of which is opened first; called only where a report is wanted. */
  files(result: T): Promise<ReadonlyMap<string, string>>;
  /** True for the name of a file that a report may have. */
  isOurs(name: string): boolean;
}

/** Runs a job on the shop that the options name: prints it, and writes it as JSON and as a report where wanted. */
export async function reported<T>(
  options: ReportedOptions,
  { run, text, files, isOurs }: Reported<T>,
): Promise<void> {
  if (options.json !== undefined) await checkWritable(options.json);
  if (options.report !== undefined) await checkReplaceable(options.report, isOurs);
  const shop = await readNamedShop(options);
  if (shop.log.count < LEAST_EVENTS) {
    throw new InputError(
      `found ${shop.log.count} events, wanted at least ${LEAST_EVENTS} to train, tune and judge on`,
    );
  }
  const threads = threadsWithin(shop, options);
  const line = progressLine();
  let result: T;
  try {
    result = await withWorkers(threads, (workers) => run(workers, shop, line.progress));
    line.end(true);
  } catch (error) {
    line.end(false);
    throw error;
  }
  console.log(text(result));
  if (options.json !== undefined) await writeAside(options.json, `${JSON.stringify(result, null, 1)}\n`);
  if (options.report !== undefined) {
    const written = await files(result);
    await writeFolder(options.report, written);
    console.error(`written to ${join(options.report, [...written.keys()][0]!)}`);
  }
}
