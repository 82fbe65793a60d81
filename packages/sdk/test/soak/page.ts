import { evershelf, type Shelf } from '../../src/index.ts';
import type { EngineName } from '../../src/types.ts';

let shelf: Shelf;

/** Buffers of the GPU that are neither destroyed nor lost with their device. */
const buffers = new Map<GPUBuffer, number>();
if (globalThis.GPUDevice !== undefined) {
  const { createBuffer } = GPUDevice.prototype;
  GPUDevice.prototype.createBuffer = function counted(descriptor) {
    const buffer = createBuffer.call(this, descriptor);
    buffers.set(buffer, descriptor.size);
    return buffer;
  };
  const { destroy } = GPUBuffer.prototype;
  GPUBuffer.prototype.destroy = function counted() {
    buffers.delete(this);
    return destroy.call(this);
  };
}

/** Items that somebody looks at who browses, and cards of each of the two shelves of a page. */
const LOOKED_AT = 100;
const CARDS = 8;

/** What the part `page` of `pnpm soak` calls in the browser. */
const offered = {
  async open(model: string, engine: EngineName): Promise<void> {
    shelf = await evershelf({ model, engine, consent: 'none' });
    shelf.track(Array.from({ length: 20 }, (_, i) => ({ item: `item ${i} ü`, kind: 'purchase' })));
    while (!(await shelf.recommend()).complete) await new Promise((resolve) => setTimeout(resolve, 20));
  },

  /** Asks so many times, each tenth time for some shelves at once. @returns the engines that answered */
  async ask(times: number): Promise<EngineName[]> {
    const engines = new Set<EngineName>();
    for (let call = 0; call < times; call++) {
      const asked = { k: 8, context: `item ${call % 60} ü`, deadline: 20_000 };
      const answers =
        call % 10 === 0 ? await shelf.recommendAll([asked, {}, asked]) : [await shelf.recommend(asked)];
      for (const { engine } of answers) engines.add(engine);
    }
    return [...engines];
  },

  /** Opens a shelf of a shop with a service, whose profile and pages the device keeps. */
  async visit(model: string, kv: string, engine: EngineName): Promise<void> {
    shelf = await evershelf({ model, kv, engine, consent: 'profile' });
    shelf.on('improved', () => {});
    while (!(await shelf.recommend()).complete) await new Promise((resolve) => setTimeout(resolve, 20));
  },

  /** Looks at so many products one after the other, each with two shelves whose cards are drawn anew. @returns shelves */
  async browse(products: number): Promise<number> {
    let shelves = 0;
    for (let step = 0; step < products; step++) {
      const context = `item ${(step * 37) % LOOKED_AT} ü`;
      const kind = step % 10 === 9 ? 'purchase' : step % 5 === 4 ? 'cart' : 'view';
      shelf.track([{ item: context, kind }]);
      const answers = await shelf.recommendAll([
        { k: CARDS, context },
        { k: CARDS, intent: 'discover' },
      ]);
      shelves += answers.length;
      const cards = answers.flatMap(({ items }) =>
        items.map(({ item }) => {
          const card = document.createElement('article');
          card.textContent = String(item.title ?? item.id);
          shelf.prefetchOn(card, item.id);
          card.addEventListener('click', () => void shelf.explain(item.id));
          return card;
        }),
      );
      document.body.replaceChildren(...cards);
      cards[step % cards.length]?.click();
      // As somebody looks at it: what is left for idle moments has them.
      await new Promise((resolve) => setTimeout(resolve, 4));
    }
    document.body.replaceChildren();
    return shelves;
  },

  async leave(): Promise<void> {
    shelf.close();
  },

  /** Bytes that the browser keeps for this page's origin. */
  stored: async (): Promise<number> => (await navigator.storage.estimate()).usage ?? 0,

  /** Buffers of the GPU, and their bytes. */
  buffers: async () => ({
    count: buffers.size,
    bytes: [...buffers.values()].reduce((sum, size) => sum + size, 0),
  }),
};

export type Offered = typeof offered;

Object.assign(globalThis, { offered });
