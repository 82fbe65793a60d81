import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs, promisify } from 'node:util';
import { withDatabase } from '../../packages/trainer/src/read/Database.ts';
import { PARTS, type Pipeline, type Speed, type TrainerBench, trainerReport } from './trainerReport.ts';

const HELP = `Measures the trainer: time and memory of reading, training and judging at parts of a log, and positions per
second of the two-tower beside implicit's ALS and BPR (in a Python environment under node_modules/.cache, where there is
Python).

  --events <file>    Parquet with a column 'timestamp'; default: the groceries in demo/data
  --items <file>
  --runs <number>    of each side beside its peers, and of each part; the medians count; default: 3
  --write            write docs/bench/trainer.md and trainer.json
  --help
`;

const at = (path: string): string => fileURLToPath(new URL(`../../${path}`, import.meta.url));
const { values: options } = parseArgs({
  options: {
    events: { type: 'string', default: at('demo/data/events.parquet') },
    items: { type: 'string', default: at('demo/data/items.parquet') },
    runs: { type: 'string', default: '3' },
    write: { type: 'boolean', default: false },
    help: { type: 'boolean' },
  },
});
if (options.help) {
  console.log(HELP);
  process.exit();
}

const run = promisify(execFile);
const runs = Number(options.runs);
if (!(Number.isInteger(runs) && runs >= 1)) {
  console.error(`--runs: found ${options.runs}, wanted a whole number >= 1`);
  process.exit(1);
}

const folder = await mkdtemp(join(tmpdir(), 'evershelf-bench-'));
try {
  const parts = await measureParts();
  const speeds = await measureSpeeds();
  const cores = `${availableParallelism()} shared cores, Node ${process.versions.node}`;
  const bench: TrainerBench = { cores, runs, parts, speeds };
  console.log(trainerReport(bench));
  if (options.write) {
    await mkdir(at('docs/bench'), { recursive: true });
    await writeFile(at('docs/bench/trainer.md'), trainerReport(bench));
    await writeFile(at('docs/bench/trainer.json'), `${JSON.stringify(bench, null, 1)}\n`);
  }
} finally {
  await rm(folder, { recursive: true });
}

/** The whole pipeline on the first part of the log, by parts; each in a process of its own. */
async function measureParts(): Promise<Pipeline[]> {
  const measured: Pipeline[] = [];
  for (const part of PARTS) {
    const file = join(folder, `events-${part}.parquet`);
    const source = `read_parquet('${options.events}')`;
    await withDatabase(undefined, (db) =>
      db.run(
        `COPY (SELECT * FROM ${source} ORDER BY timestamp LIMIT (SELECT count(*) // ${part} FROM ${source})) TO '${file}'`,
      ),
    );
    const all: Pipeline[] = [];
    for (let k = 0; k < runs; k++) {
      console.error(`1/${part} of the log, run ${k + 1} of ${runs}`);
      all.push(await script<Pipeline>('pipeline.ts', file, options.items));
    }
    measured.push(middle(all, ({ all: seconds }) => seconds));
  }
  return measured;
}

/** Seconds and positions of one side after the other, over and over; the median of each. */
async function measureSpeeds(): Promise<Record<string, Speed>> {
  const sides: Record<string, () => Promise<Speed>> = {
    'two-tower': () => script<Speed>('tower.ts', options.events, options.items, folder),
  };
  const python = await peers();
  if (python !== undefined) {
    for (const name of ['ALS', 'BPR']) {
      const peer = at('test/bench/peers.py');
      sides[`implicit ${name}`] = async () => {
        // More than one thread of OpenBLAS slows ALS down, as implicit itself warns.
        const env = { ...process.env, OPENBLAS_NUM_THREADS: '1' };
        return JSON.parse((await run(python, [peer, folder, name], { env })).stdout) as Speed;
      };
    }
  }
  const found = Object.keys(sides).map((name) => ({ name, all: [] as Speed[] }));
  for (let k = 0; k < runs; k++) {
    for (const { name, all } of found) {
      console.error(`${name}, run ${k + 1} of ${runs}`);
      all.push(await sides[name]!());
    }
  }
  return Object.fromEntries(found.map(({ name, all }) => [name, middle(all, ({ seconds }) => seconds)]));
}

/** The Python that has implicit; undefined, and said, where it cannot be had. */
async function peers(): Promise<string | undefined> {
  const environment = at('node_modules/.cache/bench-python');
  const python = join(environment, process.platform === 'win32' ? 'Scripts/python.exe' : 'bin/python');
  try {
    if (!existsSync(python)) await run('python3', ['-m', 'venv', environment]);
    await run(python, ['-m', 'pip', 'install', '--quiet', 'implicit==0.7.2']);
    return python;
  } catch (error) {
    console.error(`no peers: implicit could not be installed (${(error as Error).message.split('\n')[0]})`);
    return undefined;
  }
}

async function script<T>(name: string, ...args: string[]): Promise<T> {
  const { stdout } = await run(process.execPath, ['--import', 'tsx', at(`test/bench/${name}`), ...args]);
  return JSON.parse(stdout) as T;
}

/** The one in the middle by a number. */
function middle<T>(all: readonly T[], number: (each: T) => number): T {
  return all.toSorted((a, b) => number(a) - number(b))[Math.floor(all.length / 2)]!;
}
