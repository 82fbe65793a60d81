import type { EngineName } from './EngineBench.ts';
import type { Stand } from './openStand.ts';

/** What is measured, and how long it may take. */
export interface Wish {
  readonly engines: readonly EngineName[];
  readonly contexts: number;
  /** Most answers that are measured of an engine. */
  readonly rounds: number;
  /** Milliseconds that each engine has, the first answer included; one answer is measured whatever it takes. */
  readonly share: number;
  /** Milliseconds of an answer, as smaller shops let it be expected; 0 where nothing is known. */
  expected(engine: EngineName): number;
  refused(engine: EngineName, reason: string): void;
  say(what: string): void;
}

/** Milliseconds of an answer that nobody waits for. */
const LONGEST = 15_000;
/** Share of our items that have to be among another's: sums in another order swap neighbours at the end of the list. */
const LEAST_RECALL = 0.98;

/**
 * Milliseconds of the answers of all engines. In each round each answers once, those that have time left, so that what
 * disturbs one disturbs all; and the bytes that an answer has to touch are read once.
 */
export async function measureContexts(
  stand: Stand,
  { engines: asked, contexts, rounds, share, expected, refused, say }: Wish,
): Promise<{ engines: Map<EngineName, number[]>; streams: number[] }> {
  const engines = new Map<EngineName, number[]>();
  const spent = new Map<EngineName, number>();
  const streams: number[] = [];

  for (const engine of asked) {
    try {
      if (expected(engine) > LONGEST) throw new Error(`an answer would take ${seconds(expected(engine))}`);
      const chosen = await stand.ask('settle', engine, contexts);
      if (chosen !== '') say(`${engine} takes ${chosen}`);
      const { milliseconds, recall } = await stand.ask('check', engine, contexts);
      if (recall < LEAST_RECALL)
        throw new Error(`found ${recall.toFixed(3)} of our best items among its own, wanted ${LEAST_RECALL}`);
      if (milliseconds > LONGEST) throw new Error(`the first answer took ${seconds(milliseconds)}`);
      say(`${engine}: first answer in ${milliseconds.toFixed(1)} ms, recall ${recall.toFixed(3)}`);
      engines.set(engine, []);
      spent.set(engine, milliseconds);
    } catch (error) {
      refused(engine, (error as Error).message);
    }
  }

  for (let round = 1; round <= rounds; round++) {
    streams.push(await stand.stream());
    for (const [engine, milliseconds] of [...engines]) {
      const last = milliseconds.at(-1);
      if (last !== undefined && spent.get(engine)! + last > share) continue;
      try {
        const next = await stand.ask('ask', engine, contexts, round);
        milliseconds.push(next);
        spent.set(engine, spent.get(engine)! + next);
      } catch (error) {
        engines.delete(engine);
        refused(engine, (error as Error).message);
      }
    }
  }
  return { engines, streams };
}

function seconds(milliseconds: number): string {
  return `${(milliseconds / 1000).toFixed(0)} s, wanted ${LONGEST / 1000} s at most`;
}
