import { allEnded } from './allEnded.ts';

/** The pages that are to be fetched, and the revision at which each is wanted. */
export interface PageQueue {
  readonly wanted: Map<number, number>;
  /** Has pages fetched before all others, until the queue is drained. */
  hasten(pages: Iterable<number>): void;
  /**
   * Fetches what is wanted; what is wanted anew meanwhile may be left. Whoever calls it meanwhile waits for the same.
   *
   * @throws what bringing a page threw, once all others were tried
   */
  drain(): Promise<void>;
}

/** Requests at a time: few enough to leave the page its own. */
const AT_ONCE = 4;

/** @param bring fetches a page, and takes it from those that are wanted where it is the one that was */
export function pageQueue(bring: (page: number) => Promise<void>): PageQueue {
  const wanted = new Map<number, number>();
  const urgent: number[] = [];
  let draining: Promise<void> | undefined;

  /** What cannot be had now does not hold up the others the next time. */
  const last = (page: number) => (error: unknown) => {
    const revision = wanted.get(page);
    if (wanted.delete(page)) wanted.set(page, revision!);
    throw error;
  };

  const bringAll = async (): Promise<void> => {
    const running = new Set<number>();
    const next = (): number | undefined => {
      const free = (page: number): boolean => wanted.has(page) && !running.has(page);
      const page = urgent.find(free) ?? [...wanted.keys()].find(free);
      if (page !== undefined) running.add(page);
      return page;
    };
    const worker = async (): Promise<void> => {
      for (let page = next(); page !== undefined; page = next()) await bring(page).catch(last(page));
    };
    await allEnded(Array.from({ length: AT_ONCE }, worker));
  };

  return {
    wanted,
    hasten: (pages) => void urgent.push(...pages),
    drain() {
      draining ??= bringAll().finally(() => {
        draining = undefined;
        urgent.length = 0;
      });
      return draining;
    },
  };
}
