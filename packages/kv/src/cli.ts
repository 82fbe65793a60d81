#!/usr/bin/env node
import { join } from 'node:path';
import { Command, InvalidArgumentError, Option } from 'commander';
import { fileSink } from './events/fileSink.ts';
import { ServiceError } from './ServiceError.ts';
import { startService } from './startService.ts';
import { lmdbStore } from './stores/lmdbStore.ts';
import { memoryStore } from './stores/memoryStore.ts';

interface ServeOptions {
  port: number;
  host: string;
  data: string;
  memory?: boolean;
  token?: string;
}

const program = new Command('evershelf-serve')
  .description('Keeps what a shop knows about its items now, and collects what shoppers do.')
  .showHelpAfterError('(--help shows all options)')
  .option('--port <number>', 'port to listen on; 0 takes any free one', toPort, 8787)
  .option('--host <address>', 'address to listen on', '127.0.0.1')
  .option('--data <folder>', 'where items and events.jsonl are kept', './evershelf-data')
  .option('--memory', 'keep items in memory only, and log no events')
  .addOption(new Option('--token <text>', 'bearer token of those who may write items').env('EVERSHELF_TOKEN'))
  .action(serve);

try {
  await program.parseAsync();
} catch (error) {
  if (!(error instanceof ServiceError)) throw error;
  console.error(`evershelf-serve: ${error.message}`);
  process.exitCode = 1;
}

async function serve({ port, host, data, memory, token }: ServeOptions): Promise<void> {
  const parts = memory === true ? { store: memoryStore() } : await openFolder(data);
  const running = await startService({ ...parts, port, host, token });
  const close = (): void => {
    running.close().then(
      () => process.exit(0),
      (error: unknown) => {
        console.error('evershelf-serve:', error);
        process.exit(1);
      },
    );
  };
  process.once('SIGINT', close).once('SIGTERM', close);
  if (token === undefined || token === '')
    console.error(
      'evershelf-serve: found no token, writes are refused; set one with --token or EVERSHELF_TOKEN',
    );
  console.log(`listening on ${running.url}`);
}

async function openFolder(
  folder: string,
): Promise<Pick<Parameters<typeof startService>[0], 'store' | 'events'>> {
  const events = await fileSink(join(folder, 'events.jsonl'));
  return { store: await lmdbStore(join(folder, 'items.mdb')), events };
}

function toPort(text: string): number {
  const port = Number(text);
  if (!/^\d+$/.test(text) || port > 65_535) throw new InvalidArgumentError('Wanted 0 to 65535.');
  return port;
}
