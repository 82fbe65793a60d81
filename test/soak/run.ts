import { readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { writeAside } from '../bench/engine/writeAside.ts';
import { refuse } from '../bench/options.ts';
import { PARTS, type PartName } from './parts.ts';
import { reliabilityPage } from './reliabilityPage.ts';
import { runPart } from './runPart.ts';
import type { PartRun, Soak } from './Soak.ts';
import { soakTable } from './soakTable.ts';

/** `pnpm soak`: what breaks only after a long time, or when it is ended in the middle. */

const NAMES = Object.keys(PARTS) as PartName[];
const HELP = `Lets the real parts go on for long, kills them, and floods them; prints one table of what held.

  --short         at most five minutes in all; without it hours
  --only <names>  any of ${NAMES.join(',')}; default: all
  --write         keep what was found in docs/reliability/soak.json, and write docs/reliability.md
  --help

${NAMES.map((name) => `  ${name.padEnd(9)} ${PARTS[name].help}`).join('\n')}
`;

const { values: options } = parseArgs({
  options: {
    short: { type: 'boolean', default: false },
    only: { type: 'string', default: NAMES.join(',') },
    write: { type: 'boolean', default: false },
    help: { type: 'boolean' },
  },
});
if (options.help) {
  console.log(HELP);
  process.exit();
}
const names = options.only.split(',');
/** What `--short` may take in all, in seconds. */
const MOST = 300;
/** What is left of it to end what was started, and to print. */
const LAST = 10;
const unknown = names.find((name) => !(NAMES as string[]).includes(name));
if (unknown !== undefined) refuse('only', unknown, `any of ${NAMES.join(',')}`);

const ending = new AbortController();
const end = (signal: NodeJS.Signals): void => {
  // The next one ends the process at once.
  process.off('SIGINT', end).off('SIGTERM', end);
  console.error(`${signal}: ending what was started`);
  ending.abort(new Error(`found ${signal}, left what was under way`));
};
process.on('SIGINT', end).on('SIGTERM', end);

const length = options.short ? 'short' : 'long';
if (options.short)
  setTimeout(
    () => ending.abort(new Error(`found ${MOST - LAST} s gone, wanted ${MOST} at most`)),
    (MOST - LAST) * 1000,
  ).unref();
const found: Record<string, PartRun> = {};
for (const name of NAMES.filter((each) => names.includes(each))) {
  if (ending.signal.aborted) {
    console.error(`${name}: left out`);
    continue;
  }
  if (options.short && PARTS[name].isLong) {
    console.error(`${name}: left out, its short version is in the tests`);
    continue;
  }
  const began = performance.now();
  const tell = (line: string): void =>
    console.error(`${((performance.now() - began) / 1000).toFixed(0).padStart(5)} s  ${name}: ${line}`);
  try {
    const part = await PARTS[name].load();
    found[name] = await runPart(part, { length, tell, signal: ending.signal });
  } catch (error) {
    if (!ending.signal.aborted) console.error(error);
    process.exitCode = 1;
    tell(`did not come to its end: ${error instanceof Error ? error.message : String(error)}`);
  }
}
console.log(soakTable(found));
const broken = Object.values(found).flatMap(({ rows }) => rows.flatMap((row) => row.broken));
if (broken.length > 0) process.exitCode = 1;
if (options.write) {
  const file = 'docs/reliability/soak.json';
  const kept = JSON.parse(await readFile(file, 'utf8')) as Soak;
  await writeAside(file, `${JSON.stringify({ ...kept, ...found }, null, 1)}\n`);
  await writeAside('docs/reliability.md', reliabilityPage());
}
process.exit();
