import type { EngineName } from './EngineBench.ts';
import type { BenchPage } from './BenchPage.ts';
import type { Offered } from './page/offered.ts';

/** Engines on one shop, in one page. */
export interface Stand {
  /** The engines that are open, and the bytes of the model of each. */
  readonly bytes: ReadonlyMap<EngineName, number>;
  /** Bytes that one answer has to touch. */
  readonly touched: number;
  /** The GPU as the runtime calls it. */
  readonly adapter: string;
  /**
   * Calls what the page offers. Where the page is gone after it, the engine that was asked is out, and all others are opened in
   * a browser anew.
   *
   * @throws {Error} its message is the reason, with what the console says of it
   */
  ask<Name extends 'settle' | 'check' | 'ask'>(
    name: Name,
    ...args: Parameters<Offered[Name]>
  ): Promise<Awaited<ReturnType<Offered[Name]>>>;
  /** Milliseconds of reading what one answer has to touch. */
  stream(): Promise<number>;
  close(): Promise<void>;
}

/** Seconds for a shop to be made, or an engine to open or to be chosen, and for an answer. */
const OPENING = 120;
const ANSWER = 30;

/** @param refused called with an engine that did not open */
export async function openStand(
  open: () => Promise<BenchPage>,
  items: number,
  engines: readonly EngineName[],
  refused: (engine: EngineName, reason: string) => void,
): Promise<Stand> {
  const bytes = new Map<EngineName, number>();
  const out = new Set<EngineName>();
  let page = await open();
  const reasonOf = (error: unknown): string =>
    [(error as Error).message.replace('page.evaluate: ', ''), page.complaint()]
      .map((text) => text.split('\n')[0]!)
      .filter(Boolean)
      .join('; ');

  const openAll = async (): Promise<number> => {
    bytes.clear();
    const touched = await page.call('openShop', OPENING, items);
    for (const engine of engines) {
      if (out.has(engine)) continue;
      try {
        bytes.set(engine, await page.call('open', OPENING, engine));
      } catch (error) {
        out.add(engine);
        refused(engine, reasonOf(error));
        if (!page.isAlive()) return reopen();
      }
    }
    return touched;
  };
  const reopen = async (): Promise<number> => {
    await page.close();
    page = await open();
    return openAll();
  };

  const touched = await openAll();
  return {
    bytes,
    touched,
    adapter: await page.call('adapter', ANSWER),
    ask: (name, ...args) =>
      page.call(name, name === 'settle' ? OPENING : ANSWER, ...args).catch(async (error: Error) => {
        const reason = reasonOf(error);
        if (!page.isAlive()) {
          out.add(args[0]);
          await reopen();
        }
        throw new Error(reason, { cause: error });
      }),
    stream: () => page.call('stream', ANSWER),
    close: () => page.close(),
  };
}
