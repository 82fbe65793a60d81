import { type Command, Option } from 'commander';
import { MOST_SEEDS } from '../lab/overSeeds.ts';
import type { ReportedOptions } from './reported.ts';
import { whole, withShopOptions } from './shopOptions.ts';

/** The options of an experiment. */
export interface LabOptions extends ReportedOptions {
  seeds: number;
}

/**
 * Adds the options of `LabOptions` to a command.
 *
 * @param seeds as many unless told
 */
export function withLabOptions(command: Command, seeds: number): Command {
  return withReportOptions(command).addOption(
    new Option('--seeds <number>', 'trainings that everything is repeated with, from --seed on')
      .argParser(whole(1, MOST_SEEDS))
      .default(seeds),
  );
}

/** Adds the options of `ReportedOptions` to a command. */
export function withReportOptions(command: Command): Command {
  return withShopOptions(command)
    .option('--json <file>', 'write all figures as JSON')
    .option('--report <folder>', 'write report.md, with plots beside it');
}

/** The seeds of the trainings. */
export function seedsOf({ seed, seeds }: LabOptions): number[] {
  return Array.from({ length: seeds }, (_, k) => seed + k);
}
