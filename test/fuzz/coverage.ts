/** Counters of a file, as istanbul-lib-instrument keeps them: of functions, and of the ways of each branch. */
interface FileCounters {
  f: ArrayLike<number>;
  readonly b: Record<string, ArrayLike<number>>;
}

/** What of the instrumented code was reached. */
export interface Coverage {
  /** The ways through the code that were gone since the last call, as numbers; how often one was gone counts in powers of two. */
  take(): number[];
  /** How many functions and ways of branches there are, and how many of them were gone in all. */
  reached(): { readonly ways: number; readonly gone: number };
}

/** Counts are told apart up to this many powers of two. */
const POWERS = 8;

/** Reads the counters of all code that was loaded through `instrument.mjs`. */
export function openCoverage(): Coverage {
  const known: Uint32Array[] = [];
  const names = new Set<string>();
  const gone = new Set<number>();
  /** Code that is loaded late comes behind what was there. Its counters become parts of one array, which is looked through in no time. */
  const look = (): void => {
    const files = (globalThis as { __coverage__?: Record<string, FileCounters> }).__coverage__ ?? {};
    for (const name in files) {
      if (names.has(name)) continue;
      names.add(name);
      const file = files[name]!;
      const parts = [file.f, ...Object.values(file.b)].map((part) => Object.values(part));
      const all = Uint32Array.from(parts.flat());
      let at = 0;
      const views = parts.map(({ length }) => all.subarray(at, (at += length)));
      file.f = views[0]!;
      Object.keys(file.b).forEach((key, k) => (file.b[key] = views[k + 1]!));
      known.push(all);
    }
  };
  return {
    take() {
      look();
      const taken: number[] = [];
      let base = 0;
      for (const counters of known) {
        for (let k = 0; k < counters.length; k++) {
          const count = counters[k]!;
          if (count === 0) continue;
          taken.push((base + k) * POWERS + Math.min(POWERS - 1, 31 - Math.clz32(count)));
          gone.add(base + k);
          counters[k] = 0;
        }
        base += counters.length;
      }
      return taken;
    },
    reached: () => ({ ways: known.reduce((sum, { length }) => sum + length, 0), gone: gone.size }),
  };
}
