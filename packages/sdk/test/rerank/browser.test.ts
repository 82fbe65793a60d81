import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openPage, type OpenedPage } from '../openPage.ts';
import { serveModel } from '../serveModel.ts';
import type { EngineName } from '../../src/index.ts';
import type { Asked, Offered } from './page.ts';

let large: Awaited<ReturnType<typeof serveModel>>;
let small: Awaited<ReturnType<typeof serveModel>>;
let opened: OpenedPage<Offered>;

beforeAll(async () => {
  [large, small] = [await serveModel(5000), await serveModel(60)];
  opened = await openPage<Offered>('rerank/page.html');
}, 90_000);

afterAll(async () => {
  await opened?.close();
  large?.close();
  small?.close();
});

const ask = (
  asked: Asked,
  engine: EngineName = 'webgpu',
  backend: 'webgpu' | 'cpu' = 'webgpu',
  { url } = large,
): ReturnType<Offered['recommend']> =>
  opened.offered((on, ...args) => on.recommend(...args), url, backend, engine, asked);

const ids = ({ items }: Awaited<ReturnType<typeof ask>>): string[] => items.map(({ id }) => id);

describe("a model of the page's tfjs, on the page's own device", { timeout: 60_000 }, () => {
  it('has the last word about the best items', async () => {
    const plain = await ask({ k: 200, top: 200, model: 'none' });
    const turned = await ask({ k: 20, top: 200, model: 'reversed' });
    expect(turned.engine).toBe('webgpu');
    expect(ids(turned)).toEqual(ids(plain).toReversed().slice(0, 20));
    turned.items.forEach(({ score }, place) => expect(score).toBe(-plain.items[199 - place]!.score));
  });

  it("sees the items' vectors and the shopper's: their product is the signal 'deep'", async () => {
    const { items, deep } = await ask({ k: 50, top: 200, model: 'deep' });
    items.forEach(({ score }, place) => expect(score).toBeCloseTo(deep[place]!, 3));
    expect(deep).toEqual(deep.toSorted((a, b) => b - a));
  });

  it('gives back nothing but the k items and scores, in one piece', async () => {
    for (const k of [1, 20, 100]) {
      const { bytesRead } = await ask({ k, top: 200, model: 'network' });
      expect(bytesRead).toEqual([4 * (2 * k + 1)]);
    }
  });

  it('leaves nothing behind', async () => {
    const { grown } = await ask({ k: 20, top: 200, model: 'network' });
    expect(grown).toEqual({ tensors: 0, bytes: 0 });
  });

  it('answers as with the CPU engine, and with tfjs on the CPU', async () => {
    const asked = { k: 20, top: 300, model: 'network' } as const;
    const wanted = await ask(asked, 'cpu', 'cpu');
    expect(wanted).toMatchObject({ engine: 'cpu', bytesRead: [] });
    for (const [engine, backend] of [
      ['webgpu', 'webgpu'],
      ['cpu', 'webgpu'],
      ['webgpu', 'cpu'],
    ] as const) {
      const found = await ask(asked, engine, backend);
      expect(found.engine).toBe(engine);
      expect(ids(found)).toEqual(ids(wanted));
      found.items.forEach(({ score }, place) => expect(score).toBeCloseTo(wanted.items[place]!.score, 2));
    }
  });

  it('sees all of a small shop, and no item that must not come back', async () => {
    const exclude = ['item 5 ü', 'item 6 ü'];
    const plain = await ask({ k: 60, top: 60, model: 'none', exclude }, 'cpu', 'cpu', small);
    const turned = await ask({ k: 60, top: 200, model: 'reversed', exclude }, 'webgpu', 'webgpu', small);
    expect(ids(turned)).toEqual(ids(plain).toReversed());
    expect(turned.items).toHaveLength(58);
  });

  it('has candidates where more items are alike than the device has room for', async () => {
    const items = 20_000;
    const byId = Array.from({ length: items }, (_, i) => String(items - i)).toSorted();
    expect(await opened.offered((on, count) => on.equal(count), items)).toEqual(byId.slice(0, 8));
  });

  it('fails alone: the GPU goes on', async () => {
    const { failure, engine } = await opened.offered((on, url) => on.afterFailure(url), large.url);
    expect(failure).toEqual({
      name: 'RerankError',
      message: "rerank: the page's model failed: found 12800 scores, wanted 200",
    });
    expect(engine).toBe('webgpu');
  });

  it('orders by id what it scores alike', async () => {
    const plain = await ask({ k: 8, top: 8, model: 'none' });
    expect(ids(await ask({ k: 8, top: 8, model: 'equal' }))).toEqual(ids(plain).toSorted());
  });
});

describe("the page's device", { timeout: 60_000 }, () => {
  it('is the one that the engine works on, and lives on when the shelf is closed', async () => {
    const { adapter, computed, lost, tensors, bytes } = await opened.offered(
      (on, url) => on.afterClose(url),
      large.url,
    );
    expect(JSON.stringify(adapter)).toMatch(/swiftshader/i);
    expect(bytes.open).toBeGreaterThan(65_536 * 64);
    expect({ computed, lost, tensors, closed: bytes.closed }).toEqual({
      ...{ computed: [3, 3, 3, 3], lost: false, tensors: 0, closed: 0 },
    });
  });
});
