import { fuzz } from './fuzz.ts';
import type { FuzzRun } from './FuzzRun.ts';
import type { TargetName } from './targets.ts';

/** Of the inputs of all targets the share that a target has, against the others; those that read little read more of them. */
const SHARES: Partial<Record<TargetName, number>> = {
  artifact: 0.4,
  requests: 0.6,
  markup: 0.5,
  rules: 0.5,
  feedTable: 0.6,
};

export interface FuzzAllOptions {
  /** Of all targets together, at least. */
  readonly inputs: number;
  readonly seed: number;
  /** How many targets run at once. */
  readonly threads: number;
  tell(line: string): void;
  readonly signal?: AbortSignal;
}

/** Fuzzes some targets, each with its share of the inputs. */
export async function fuzzAll(
  names: readonly TargetName[],
  { inputs, seed, threads, tell, signal }: FuzzAllOptions,
): Promise<Map<TargetName, FuzzRun>> {
  const shareOf = (name: TargetName): number => SHARES[name] ?? 1;
  const whole = names.reduce((sum, name) => sum + shareOf(name), 0);
  const runs = new Map<TargetName, FuzzRun>();
  const queue = [...names];
  const work = async (): Promise<void> => {
    for (let name = queue.shift(); name !== undefined; name = queue.shift()) {
      const own = name;
      const most = Math.ceil((inputs * shareOf(own)) / whole);
      let said = 0;
      const run = await fuzz(own, {
        inputs: most,
        seed,
        ...(signal === undefined ? {} : { signal }),
        tell(done) {
          if (performance.now() - said < 10_000) return;
          said = performance.now();
          tell(`${own}: ${done.toLocaleString('en')} of ${most.toLocaleString('en')} inputs`);
        },
      });
      tell(`${own}: ${run.inputs.toLocaleString('en')} inputs, ${run.failures.length} failures`);
      runs.set(own, run);
    }
  };
  await Promise.all(Array.from({ length: threads }, work));
  return new Map(names.map((name) => [name, runs.get(name)!]));
}
