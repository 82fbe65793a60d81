import { evershelf, type Shelf } from '../../src/index.ts';
import type { EngineName } from '../../src/types.ts';

let shelf: Shelf;
let handed = 0;
const clicks: number[] = [];

/** What a page asks of a shelf; each once. */
const CALLS = {
  first: () => shelf.recommend(),
  single: () => shelf.recommend(),
  context: () => shelf.recommend({ context: `item ${handed++} ü`, k: 20 }),
  candidate: () =>
    shelf.recommend({ candidates: [{ id: `new ${handed++}`, category: ['Food'], brand: 'Brand 1' }] }),
  many: () => shelf.recommendAll(Array.from({ length: 48 }, (_, i) => ({ context: `item ${i} ü` }))),
  // Conditions that were never asked for, and five brands, which is too few for the cap: the shop is gone through more than once.
  rules: () =>
    shelf.recommend({
      k: 12,
      rules: {
        where: { price: { from: 10 + handed++ }, category: { in: [['Food']] } },
        boosts: [{ where: { brand: { in: [`Brand ${handed % 5}`] } }, by: 0.5 }],
        caps: [{ by: 'brand', most: 2 }],
        diversity: 0.2,
      },
    }),
  status: async () => shelf.status(),
} as const;

export type CallName = keyof typeof CALLS;

const pause = (milliseconds: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, milliseconds));

/** What mainThread.test.ts calls in the browser. */
const offered = {
  async open(model: string, engine: EngineName | 'auto'): Promise<void> {
    shelf = await evershelf({ model, engine, consent: 'none' });
    shelf.track(Array.from({ length: 20 }, (_, i) => ({ item: `item ${7 * i} ü`, kind: 'purchase' })));
    document.querySelector('button')!.addEventListener('click', () => {
      const began = performance.now();
      void CALLS.single();
      clicks.push(performance.now() - began);
    });
  },

  /** Calls some times, between marks of the trace. */
  async call(name: CallName, times: number): Promise<void> {
    for (let round = 0; round < times; round++) {
      await pause(20);
      performance.mark(`begin ${name}`);
      await CALLS[name]();
      performance.mark(`end ${name}`);
    }
    await pause(20);
  },

  /** Waits until the shelf answers from all that the model learned. */
  async learned(): Promise<void> {
    while (!(await shelf.recommend()).complete) await pause(20);
  },

  /** Milliseconds that each click's handler took. */
  clicks: async () => clicks,
};

export type Offered = typeof offered;

Object.assign(globalThis, { offered });
