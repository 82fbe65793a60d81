#!/usr/bin/env node
import { ArtifactError } from '@evershelf/model';
import { Command, Option } from 'commander';
import { evaluateShop } from './commands/evaluate.ts';
import { inspect } from './commands/inspect.ts';
import { publish } from './commands/publish.ts';
import { mapOption, withShopOptions } from './commands/shopOptions.ts';
import { train } from './commands/train.ts';
import { METHODS } from './evaluate/evaluate.ts';
import { InputError } from './read/InputError.ts';

const program = new Command('evershelf')
  .description("Trains, judges and publishes recommenders that run in the shopper's browser.")
  .showHelpAfterError('(--help shows all options)');

withShopOptions(program.command('train'))
  .description('train a model on events and items, and write it as an artifact of static files')
  .requiredOption(
    '--out <folder>',
    'where the artifact goes; an older one is replaced when the new one is complete',
  )
  .action(train);

withShopOptions(program.command('eval'))
  .description('judge the model beside tuned baselines on the last fifth of the events')
  .addOption(new Option('--methods <names...>', 'what is judged; default: everything').choices([...METHODS]))
  .option('--json <file>', 'write all figures as JSON')
  .option('--report <folder>', 'write report.md and report.html, with plots')
  .action(evaluateShop);

program
  .command('inspect')
  .description(
    'say what an artifact holds: sizes, rows in use, collisions, signal weights, training window, report',
  )
  .argument('<folder>', 'an artifact')
  .action(inspect);

program
  .command('publish')
  .description('fill a metadata service with items, or write the same answers as a static folder')
  .option('--artifact <folder>', 'publish the catalogue and the live counters of an artifact')
  .option('--items <files...>', 'publish items from files; they replace those of the artifact')
  .addOption(mapOption())
  .requiredOption('--to <url or folder>', 'address of the service, or a folder')
  .addOption(new Option('--token <text>', 'bearer token of the service').env('EVERSHELF_TOKEN'))
  .action(publish);

try {
  await program.parseAsync();
} catch (error) {
  if (!(error instanceof InputError || error instanceof ArtifactError)) throw error;
  console.error(`evershelf: ${error.message}`);
  process.exitCode = 1;
}
