#!/usr/bin/env node
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { Command, InvalidArgumentError, Option } from 'commander';
import type { Logger } from 'pino';
import { checkTokens } from './access/checkTokens.ts';
import type { Tokens } from './access/Tokens.ts';
import { type TokensFile, tokensFile } from './access/tokensFile.ts';
import { eventFolder } from './events/eventFolder.ts';
import { type Limits, limitsOf } from './limitsOf.ts';
import { LOG_LEVELS, type LogLevel, openLog } from './openLog.ts';
import { openStore } from './openStore.ts';
import { type Said, saidOf } from './saidOf.ts';
import { ServiceError } from './ServiceError.ts';
import { startService } from './startService.ts';

interface ServeOptions {
  port: number;
  host: string;
  data: string;
  store?: string;
  memory?: boolean;
  pages: number;
  token?: string;
  tokens?: string;
  privateReads?: boolean;
  origins?: string[];
  limits: Partial<Limits>;
  clientHeader?: string;
  drain: number;
  logLevel: LogLevel;
}

// Little outlives a request: to collect the rest takes half a millisecond, and helpers that wait for a busy core make it several.
setFlagsFromString('--no-parallel-scavenge');

/** A service that has not ended so long after it stopped listening, in milliseconds, is waiting for what does not come. */
const LAST = 15_000;

/** What a variable says where its switch is not set. */
const NO = /^(|0|false|no|off)$/i;

const program = new Command('evershelf-serve')
  .description('Keeps what a shop knows about its items now, and collects what shoppers do.')
  .showHelpAfterError('(--help shows all options)')
  .addOption(option('--port <number>', 'port to listen on; 0 takes any free one', 8787).argParser(toPort))
  .addOption(option('--host <address>', 'address to listen on', '127.0.0.1'))
  .addOption(option('--data <folder>', 'where items and events are kept', './evershelf-data'))
  .addOption(
    option(
      '--store <where>',
      'where items are kept instead: redis://HOST:PORT, redis-cluster://HOST:PORT,HOST:PORT, dynamodb://TABLE, lmdb:FOLDER, module:FILE',
    ),
  )
  .addOption(option('--memory', 'keep items in memory only, and log no events').conflicts('store'))
  .addOption(
    option(
      '--pages <number>',
      'pages that a new store deals its items to, a power of two: fewer are fewer requests, and larger ones',
      256,
    ).argParser(toPages),
  )
  .addOption(
    option('--token <text>', 'bearer token of those who may write items, or sha256: and its SHA-256'),
  )
  .addOption(
    option(
      '--tokens <file>',
      'more tokens, {"write": [...], "read": [...]} in a file that is read anew when it changes, and at SIGHUP',
    ),
  )
  .addOption(option('--private-reads', 'want a token of those who read, too'))
  .addOption(
    option(
      '--origins <list>',
      'origins whose pages may read answers and send events, https://shop.example,https://...; default: any',
    ).argParser((text) => text.split(',')),
  )
  .addOption(
    option(
      '--limits <list>',
      'other limits than the usual ones, callsPerMinute=60000,streams=100; docs/service.md has them all',
    )
      .argParser(toLimits)
      .default({}, 'those of docs/service.md'),
  )
  .addOption(
    option(
      '--client-header <name>',
      "header in which a proxy in front names a client's network address; default: the connection's",
    ).argParser(toHeader),
  )
  .addOption(
    option(
      '--drain <seconds>',
      'how long it goes on once it is told to end, so that who asks /readyz sends no more',
      0,
    ).argParser(toSeconds),
  )
  .addOption(option('--log-level <level>', 'what is logged', 'info').choices(LOG_LEVELS))
  .action(serve);

try {
  await program.parseAsync();
} catch (error) {
  // What its operator has to know names what the operator named; of what was not foreseen, no more is told than in the log.
  const { message } = error instanceof ServiceError ? error : saidOf(error);
  console.error(`evershelf-serve: ${message}`);
  process.exitCode = 1;
}

async function serve({
  port,
  host,
  data,
  store,
  memory,
  pages,
  token = '',
  tokens: file,
  privateReads,
  origins,
  limits,
  clientHeader,
  drain,
  logLevel,
}: ServeOptions): Promise<void> {
  const log = await openLog(logLevel);
  const given = checkTokens({ write: token === '' ? [] : [token] });
  if (typeof given === 'string') throw new ServiceError(`--token: ${given}`);
  const kept = file === undefined ? undefined : await openTokens(file, log);
  const said = (error: unknown): { error: Said } => ({
    error: saidOf(error, secretsOf(given, kept?.tokens())),
  });
  // Node would write where the error was thrown, in which file.
  process.on('uncaughtException', (error) => {
    log.fatal(said(error), 'crashed');
    process.exit(1);
  });
  const running = await startService({
    ...(memory === true ? { store: openStore('memory') } : await openFolder(data, store)),
    port,
    host,
    token,
    tokens: kept?.tokens,
    privateReads: privateReads === true,
    origins,
    limits,
    pages,
    clientHeader,
    drainSeconds: drain,
    report: (error) => log.error(said(error), 'failed'),
    answered: ({ method, route, status, seconds, bytes }) =>
      log.info({ method, route, status, ms: Math.round(seconds * 1e5) / 100, bytes }, 'answered'),
  });
  // Libraries write what fails with its stack, LMDB each page that it cannot write.
  for (const method of ['error', 'warn', 'info', 'log'] as const)
    console[method] = (...written: readonly unknown[]) => {
      const error = written.find((each) => each instanceof Error) ?? written.map(String).join(' ');
      log[method === 'error' || method === 'warn' ? method : 'debug'](said(error), 'a library says');
    };
  const end = (signal: NodeJS.Signals): void => {
    // The next one ends the process at once, as it does where nobody listens.
    process.off('SIGINT', end).off('SIGTERM', end);
    log.info({ signal }, 'ending');
    const leave = (code: number, error?: unknown): void => {
      if (error !== undefined) log.fatal(said(error), 'could not end');
      process.exit(code);
    };
    setTimeout(
      () => leave(1, new Error('found work that does not end, wanted it done, left it')),
      drain * 1000 + LAST,
    ).unref();
    running.close().then(
      () => leave(0),
      (error: unknown) => leave(1, error),
    );
  };
  process.on('SIGINT', end).on('SIGTERM', end);
  if (kept !== undefined) process.on('SIGHUP', () => void kept.reload());
  if (token === '' && (kept?.tokens().write.length ?? 0) === 0)
    log.warn('found no token, writes are refused; set one with --token or EVERSHELF_TOKEN, or with --tokens');
  log.info({ url: running.url }, 'listening');
}

/** Tokens out of a file; the log says when they change, and which not. */
function openTokens(file: string, log: Logger): Promise<TokensFile> {
  return tokensFile(file, {
    changed: ({ write, read }) => log.info({ write: write.length, read: read.length }, 'tokens changed'),
    kept: (why) => log.error(`${why}; the tokens from before stay valid`),
  });
}

function secretsOf(...all: readonly (Tokens | undefined)[]): string[] {
  return all.flatMap((tokens) => [...(tokens?.write ?? []), ...(tokens?.read ?? [])]);
}

/** Events are kept in a folder, and items too unless they have a store of their own. */
async function openFolder(
  folder: string,
  store = `lmdb:${folder}`,
): Promise<Pick<Parameters<typeof startService>[0], 'store' | 'events'>> {
  const events = await eventFolder(join(folder, 'events'));
  return { store: openStore(store), events };
}

/** An option that may also be given as an environment variable: `--log-level` is EVERSHELF_LOG_LEVEL. */
function option(flags: string, description: string, value?: string | number): Option {
  const made = new Option(flags, description).default(value);
  const variable = `EVERSHELF_${made.long!.slice(2).replaceAll('-', '_').toUpperCase()}`;
  // Commander takes a switch for set where its variable is, whatever it says.
  const unset = made.isBoolean() ? NO : /^$/;
  if (unset.test(process.env[variable] ?? '')) delete process.env[variable];
  return made.env(variable);
}

function toPort(text: string): number {
  const port = Number(text);
  if (!/^\d+$/.test(text) || port > 65_535) throw new InvalidArgumentError('Wanted 0 to 65535.');
  return port;
}

function toPages(text: string): number {
  const pages = Number(text);
  if (!Number.isInteger(Math.log2(pages)) || pages < 1 || pages > 65_536)
    throw new InvalidArgumentError('Wanted a power of two, 1 to 65536.');
  return pages;
}

function toHeader(text: string): string {
  if (!/^[\w-]+$/.test(text)) throw new InvalidArgumentError('Wanted the name of a header.');
  return text;
}

function toLimits(text: string): Partial<Limits> {
  const limits = limitsOf(text);
  if (typeof limits === 'string') throw new InvalidArgumentError(limits);
  return limits;
}

function toSeconds(text: string): number {
  const seconds = Number(text);
  if (!/^\d+$/.test(text) || seconds > 600) throw new InvalidArgumentError('Wanted 0 to 600.');
  return seconds;
}
