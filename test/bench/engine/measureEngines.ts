import { availableParallelism } from 'node:os';
import type { BenchPage } from './BenchPage.ts';
import {
  type Bound,
  type Cannot,
  type EngineBench,
  type EngineName,
  type Place,
  type Row,
} from './EngineBench.ts';
import type { Extent } from './engineOptions.ts';
import { measureContexts } from './measureContexts.ts';
import { openStand } from './openStand.ts';
import { quantile } from './quantile.ts';
import { ratiosOf } from './ratiosOf.ts';

/** Minutes for all answers: the time of an engine is its share of what is left. */
const MINUTES = 7;

/** What the engines run in. */
export interface Runtime {
  readonly name: Place['runtime'];
  /** Those that run there. */
  readonly engines: readonly EngineName[];
  /** Opens an empty page. */
  open(): Promise<BenchPage>;
}

/** Measures engines on shops of each size, from the smallest on: what is slow there is not waited for in the larger ones. */
export async function measureEngines(
  { name: runtime, engines: all, open }: Runtime,
  { items, contexts, engines: wanted, rounds }: Extent,
  say: (what: string) => void,
): Promise<EngineBench> {
  const engines = all.filter((engine) => wanted.includes(engine));
  const rows: Row[] = [];
  const cannot: Cannot[] = [];
  const bounds: Bound[] = [];
  let adapter = '';
  const end = performance.now() + MINUTES * 60_000;
  let left = items.length * contexts.length;

  for (const size of items.toSorted((a, b) => a - b)) {
    const refuse = (engine: EngineName, count: number, reason: string): void => {
      say(`${engine} cannot: ${reason}`);
      cannot.push({ engine, items: size, contexts: count, reason });
    };
    /** Those that failed at nothing smaller so far, with as many contexts or fewer. */
    const able = (count: number): EngineName[] =>
      engines.filter((engine) => {
        const less = cannot.find((each) => each.engine === engine && each.contexts <= count);
        if (less === undefined) return true;
        if (less.items !== size || less.contexts !== count)
          refuse(engine, count, `not asked: it failed at ${less.items} items, contexts: ${less.contexts}`);
        return false;
      });
    const counts = contexts.toSorted((a, b) => a - b);
    say(`opens the engines on ${size.toLocaleString('en')} items`);
    const stand = await openStand(open, size, able(counts[0]!), (engine, reason) =>
      refuse(engine, counts[0]!, reason),
    );
    ({ adapter } = stand);
    const streams: number[] = [];
    for (const count of counts) {
      say(`${size.toLocaleString('en')} items, contexts: ${count}`);
      const measured = await measureContexts(stand, {
        engines: count === counts[0] ? [...stand.bytes.keys()] : able(count),
        contexts: count,
        rounds,
        share: Math.max(0, end - performance.now()) / left-- / engines.length,
        expected: (engine) =>
          expectedMs(
            rows.filter((row) => row.engine === engine && row.contexts === count),
            size,
          ),
        refused: (engine, reason) => refuse(engine, count, reason),
        say,
      });
      streams.push(...measured.streams);
      for (const [engine, milliseconds] of measured.engines) {
        rows.push({
          engine,
          items: size,
          contexts: count,
          p50Ms: quantile(milliseconds, 0.5),
          p95Ms: quantile(milliseconds, 0.95),
          bytes: stand.bytes.get(engine)!,
          rounds: milliseconds.length,
        });
      }
    }
    bounds.push({ items: size, bytes: stand.touched, p50Ms: quantile(streams, 0.5) });
    await stand.close();
  }
  const place = { runtime, cores: availableParallelism(), adapter };
  return { place, rows, cannot, bounds, ratios: ratiosOf(rows, bounds) };
}

/** Milliseconds at so many items, on the line through the two largest shops so far; an answer of the only one at least. */
function expectedMs(rows: readonly Row[], items: number): number {
  const [last, before] = rows.toReversed();
  if (last === undefined) return 0;
  const slope = before === undefined ? 0 : (last.p50Ms - before.p50Ms) / (last.items - before.items);
  return last.p50Ms + Math.max(0, slope) * (items - last.items);
}
