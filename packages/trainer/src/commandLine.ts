import { ID_PROPERTIES } from '@evershelf/model/markup';
import { Command, Option } from 'commander';
import { withLabOptions, withReportOptions } from './commands/labOptions.ts';
import { instant, listed, mapOption, whole, withShopOptions } from './commands/shopOptions.ts';
import { METHODS } from './evaluate/methods.ts';

/** All commands and their options. What a command needs is loaded when it is called: databases and charts would delay every help. */
export function commandLine(): Command {
  const program = new Command('evershelf')
    .description("Trains, judges and publishes recommenders that run in the shopper's browser.")
    .showHelpAfterError('(--help shows all options)')
    .exitOverride();

  withShopOptions(program.command('train'), false)
    .description(
      'train a model on events and items, or make one of items alone, and write it as an artifact of static files',
    )
    .requiredOption(
      '--out <folder>',
      'where the artifact goes; an older one is replaced when the new one is complete',
    )
    .action(async (options) => (await import('./commands/train.ts')).train(options));

  withShopOptions(program.command('eval'))
    .description('judge the model beside tuned baselines on the last fifth of the events')
    .addOption(
      new Option('--methods <names...>', 'what is judged; default: everything').choices([...METHODS]),
    )
    .option('--json <file>', 'write all figures as JSON')
    .option('--report <folder>', 'write report.md and report.html, with plots')
    .action(async (options) => (await import('./commands/evaluate.ts')).evaluateShop(options));

  program
    .command('init')
    .description(
      "say what a shop's pages have that the script tag reads, what is missing, and write the snippet",
    )
    .argument(
      '[page]',
      'an address (four pages of its host at most are read), an HTML file, or a folder of them',
    )
    .option('--script <address>', 'address of evershelf.js', '/evershelf.js')
    .option('--model <address>', 'address of the artifact', '/model/')
    .option('--kv <address>', 'address of the metadata service, where there is one')
    .option('--build <folder>', 'folder of the built evershelf.js, for its integrity')
    .addOption(
      new Option('--id <property>', "property of a product's markup that is the shop's id").choices([
        ...ID_PROPERTIES,
      ]),
    )
    .option('--out <file>', 'write the snippet there, not to stdout; an older one is replaced')
    .option('--json', 'print what was seen, what to do and the snippet as JSON')
    .action(async (page, options) => (await import('./commands/init.ts')).init(page, options));

  const lab = program
    .command('lab')
    .description("experiments on a shop's own log, to be run again by whoever doubts them");

  withLabOptions(lab.command('ladder'), 5)
    .description('what each rung of the ladder is worth on the items that come after training')
    .action(async (options) => (await import('./commands/labLadder.ts')).labLadder(options));

  withLabOptions(lab.command('ablation'), 3)
    .description('what each signal adds: heads fitted without it beside those with all of them')
    .action(async (options) => (await import('./commands/labAblation.ts')).labAblation(options));

  withReportOptions(lab.command('table'))
    .description('what tables of fewer rows, and rows of int8, cost')
    .action(async (options) => (await import('./commands/labTable.ts')).labTable(options));

  withReportOptions(lab.command('feed'))
    .description('what a shop is worth that opens with its items alone, and how that grows with its events')
    .option(
      '--days <number>',
      'days that are judged, the shop opening before each of them',
      whole(1, 1000),
      12,
    )
    .option('--no-train', 'leave out the models that are trained, which take most of the time')
    .action(async (options) => (await import('./commands/labFeed.ts')).labFeed(options));

  withLabOptions(lab.command('window'), 1)
    .description('how much time a model has to be trained on, and how long it lasts without training')
    .addOption(
      new Option('--windows <weeks...>', 'weeks that models are trained on, beside everything')
        .argParser(listed(whole(1, 1000)))
        .default([4, 8, 13, 26]),
    )
    .option(
      '--weeks <number>',
      'weeks at the end that are judged, half of the log at most',
      whole(1, 100),
      12,
    )
    .option('--judged <number>', 'events that are judged of each week, at most', whole(1, 1e6), 2000)
    .action(async (options) => (await import('./commands/labWindow.ts')).labWindow(options));

  program
    .command('report')
    .description('what shelves have shown and what came of it, out of an event log: a page with plots')
    .requiredOption(
      '--events <files...>',
      'event log, as the service writes it: a folder, files or quoted patterns',
    )
    .addOption(mapOption())
    .option('--out <file>', 'the page; Markdown where it ends in .md', 'report.html')
    .option('--json <file>', 'write all figures as JSON')
    .option('--from <date>', 'events from this day or instant on, ISO 8601, in UTC', instant('first'))
    .option('--to <date>', 'events up to this day, all of it, or before this instant', instant('last'))
    .option('--shelf <names...>', 'these shelves alone')
    .option('--artifact <folder>', 'the model of the shop, to say how much of its catalogue was seen')
    .action(async (options) => (await import('./commands/report.ts')).report(options));

  program
    .command('inspect')
    .description(
      'say what an artifact holds: sizes, rows in use, collisions, signal weights, training window, report',
    )
    .argument('<folder>', 'an artifact')
    .action(async (folder) => (await import('./commands/inspect.ts')).inspect(folder));

  program
    .command('publish')
    .description('fill a metadata service with items, or write the same answers as a static folder')
    .option('--artifact <folder>', 'publish the catalogue and the live counters of an artifact')
    .option('--items <files...>', 'publish items from files; they replace those of the artifact')
    .option(
      '--feed <files or urls...>',
      'the whole shop as Merchant Center feeds (RSS, Atom, tabs; gzip too): what changed is sent, what left them is deleted',
    )
    .option('--force', 'publish a feed also where more than half of the shop left it')
    .addOption(mapOption())
    .requiredOption('--to <url or folder>', 'address of the service, or a folder')
    .addOption(new Option('--token <text>', 'bearer token of the service').env('EVERSHELF_TOKEN'))
    .action(async (options) => (await import('./commands/publish.ts')).publish(options));

  program
    .command('serve')
    .description(
      'run the metadata service, which keeps what a shop knows now; it is the package @evershelf/kv',
    )
    .argument('[options...]', 'those of evershelf-serve; serve --help shows them')
    .helpOption(false)
    .allowUnknownOption()
    .action(async (args) => (await import('./commands/serve.ts')).serve(args));
  return program;
}
