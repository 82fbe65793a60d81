import { mkdirSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { writeCorpus } from './corpus.ts';
import { fuzzAll } from './fuzzAll.ts';
import { TARGETS, type TargetName } from './targets.ts';

/** Fuzzes what reads from outside: `node --import tsx test/fuzz/run.ts --inputs 1000000`. */

const NAMES = Object.keys(TARGETS) as TargetName[];
const { values: options } = parseArgs({
  options: {
    inputs: { type: 'string', default: '1000000' },
    only: { type: 'string', default: NAMES.join(',') },
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
    threads: { type: 'string', default: '2' },
    'write-corpus': { type: 'boolean', default: false },
  },
});
const names = NAMES.filter((name) => options.only.split(',').includes(name));
console.log(`seed ${options.seed}`);
const runs = await fuzzAll(names, {
  inputs: Number(options.inputs),
  seed: Number(options.seed),
  threads: Number(options.threads),
  tell: (line) => console.error(line),
});
for (const [name, run] of runs) {
  const { inputs, seconds, ways, gone, slowest, failures, corpus } = run;
  console.log(
    `${name.padEnd(12)} ${inputs.toLocaleString('en').padStart(9)} inputs ${seconds.toFixed(0).padStart(5)} s  ${gone} of ${ways} ways, slowest ${slowest.toFixed(0)} ms, corpus ${corpus.length}, ${failures.length} failures`,
  );
  mkdirSync('test/.results/fuzz', { recursive: true });
  failures.forEach(({ message, input }, k) => {
    const file = `test/.results/fuzz/${name}-${k}`;
    writeFileSync(file, input);
    console.log(`${file}\n${message}\n`);
  });
  if (options['write-corpus'] && failures.length === 0) writeCorpus(name, corpus);
}
process.exitCode = [...runs.values()].some(({ failures }) => failures.length > 0) ? 1 : 0;
