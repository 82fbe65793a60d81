import { pageOf } from '@evershelf/model';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { DeviceStore } from '../src/device/DeviceStore.ts';
import { indexedDbStore } from '../src/device/indexedDbStore.ts';
import type { Shelf } from '../src/index.ts';
import { makeRoom } from '../src/metadata/makeRoom.ts';
import { openNetwork } from '../src/metadata/network.ts';
import { openTestShop } from './testShop.ts';
import { ids, learnt, testShelves } from './testShelves.ts';

const at = testShelves();

describe('what a page shows', () => {
  it('can be asked for again when its attributes are confirmed, though none of them changed', async () => {
    const shelf = await at.open({ refresh: 0 });
    let shown = (await shelf.recommend()).items;
    shelf.on('improved', async () => {
      shown = (await shelf.recommend()).items;
    });
    await vi.waitFor(() => expect(shown.map(({ freshness }) => freshness)).toEqual(Array(8).fill('fresh')), {
      timeout: 5000,
    });
  });
});

describe('with the network gone', () => {
  it('a page goes on, and says of each item that it is offline', async () => {
    const shelf = await at.open();
    await learnt(shelf);
    let told = 0;
    shelf.on('network', () => told++);
    shelf.offline(true);
    const { items } = await shelf.recommend({ candidates: [{ id: 'new', category: ['Food'] }], k: 1000 });
    expect(items.every(({ freshness }) => freshness === 'offline')).toBe(true);
    expect(items.find(({ item }) => item.id === 'new')).toMatchObject({ token: 'unknown_food' });
    expect(shelf.status()).toMatchObject({ offline: true });
    shelf.offline(false);
    await vi.waitFor(async () => expect((await shelf.recommend()).items[0]!.freshness).toBe('fresh'));
    expect(told).toBe(2);
  });

  it('a request that was dropped on the way offline does not take the page off again', async () => {
    let late: (() => void) | undefined;
    const shelf = await at.open({
      fetch: async (input, init) => {
        if (late === undefined) return await fetch(input, init);
        return await new Promise((_, reject) => {
          late = () => reject(new DOMException('dropped', 'AbortError'));
        });
      },
    });
    await learnt(shelf);
    const told: boolean[] = [];
    shelf.on('network', () => told.push(shelf.status().offline));
    const before = shelf.status().network.requests;
    late = () => undefined;
    await vi.waitFor(() => expect(shelf.status().network.requests).toBeGreaterThan(before));
    const drop = late;
    shelf.offline(true);
    shelf.offline(false);
    drop();
    await new Promise((resolve) => setTimeout(resolve, 30));
    expect(told).toEqual([true, false]);
  });

  it('a service that dies is noticed, and noticed again when it is back', async () => {
    let dead = false;
    const shelf = await at.open({
      fetch: async (input, init) => {
        if (dead) throw new TypeError('network is down');
        return await fetch(input, init);
      },
    });
    await learnt(shelf);
    dead = true;
    await vi.waitFor(() => expect(shelf.status().offline).toBe(true));
    expect((await shelf.recommend()).items[0]!.freshness).toBe('offline');
    expect(shelf.status().lastError).toContain('found no answer (network is down)');
    dead = false;
    await vi.waitFor(() => expect(shelf.status().offline).toBe(false));
  });

  it('a returning visit has model, pages and attributes from the device', async () => {
    await at.shop.put([
      { ...at.shop.items[0]!, title: 'Renamed' },
      { id: 'new', category: ['Food'], brand: 'Brand 2' },
    ]);
    const first = await at.open();
    await learnt(first);
    const shelf = await first.recommend({ k: 1000 });
    first.close();

    const second = await at.open({
      fetch: async () => {
        throw new TypeError('no network');
      },
    });
    expect(second.status().cache).toMatchObject({ model: true, persistent: true });
    expect(second.status().cache.pages).toBeGreaterThan(0);
    const again = await second.recommend({ k: 1000 });
    expect(ids(again)).toEqual(ids(shelf));
    expect(second.item(at.shop.items[0]!.id)!.title).toBe('Renamed');
    await vi.waitFor(async () => expect((await second.recommend()).items[0]!.freshness).toBe('offline'));
  });
});

describe('what the device has of the service', () => {
  /** Leaves what a visit has learnt on the device, and changes it there. */
  const visited = async (
    change: (device: DeviceStore, key: (name: unknown) => string) => Promise<unknown>,
  ) => {
    const first = await at.open();
    await learnt(first);
    await vi.waitFor(() => expect(first.status().revision).toBeGreaterThan(0));
    first.close();
    await change(indexedDbStore('evershelf-catalogue'), (name) => `${at.shop.kv} ${name}`);
  };
  const id = (): string => at.shop.items[0]!.id;
  /** A visit without a network, or one whose requests for pages are counted. */
  const visit = async (online: boolean): Promise<{ shelf: Shelf; pages: string[] }> => {
    const pages: string[] = [];
    const shelf = await at.open({
      refresh: 0,
      fetch: async (input, init) => {
        if (!online) throw new TypeError('no network');
        if (String(input).includes('/v1/pages/')) pages.push(String(input));
        return await fetch(input, init);
      },
    });
    if (online) await learnt(shelf);
    return { shelf, pages };
  };

  it('is completed where a page was lost', async () => {
    await visited((device, key) => device.write([[key(pageOf(id(), 256)), undefined]]));
    const { pages } = await visit(true);
    expect(pages).toHaveLength(1);
    expect(pages[0]).toContain(`/v1/pages/${pageOf(id(), 256)}?`);
  });

  it('is completed where another tab stored an older page', async () => {
    await at.shop.put([{ ...at.shop.items[0]!, title: 'Renamed' }]);
    await visited((device, key) =>
      device.write([
        [
          key(pageOf(id(), 256)),
          { page: pageOf(id(), 256), revision: 1, items: [{ item: at.shop.items[0]!, revision: 1 }] },
        ],
      ]),
    );
    const { shelf, pages } = await visit(true);
    expect(pages).toHaveLength(1);
    expect(shelf.item(id())!.title).toBe('Renamed');
  });

  it('is learnt anew where an older version stored it', async () => {
    await visited((device, key) =>
      device.update(key('position'), (position) => ({ ...(position as object), revisions: undefined })),
    );
    const { shelf } = await visit(true);
    expect(shelf.status().cache.pages).toBe(0);
  });

  it('says that a page is empty, though the model has items of it', async () => {
    await at.shop.remove([id()]);
    await visited(async () => {});
    const { shelf } = await visit(false);
    expect(ids(await shelf.recommend({ k: 1000 }))).not.toContain(id());
  });

  it('still shows what the model has of items that were thrown away to make room', async () => {
    await visited((device) =>
      makeRoom(
        device,
        Array.from({ length: 256 }, (_, page) => `${at.shop.kv} ${page}`),
        [],
      ),
    );
    const offline = await visit(false);
    expect(ids(await offline.shelf.recommend({ k: 1000 }))).toHaveLength(at.shop.items.length);
    offline.shelf.close();
    expect((await visit(true)).pages.length).toBeGreaterThan(0);
  });
});

describe('the metadata service', () => {
  it('is asked for changed pages alone on a returning visit', async () => {
    const first = await at.open();
    await learnt(first);
    const all = first.status().network.requests;
    first.close();
    await at.shop.put([{ ...at.shop.items[0]!, price: 99 }]);
    const second = await at.open({ refresh: 0 });
    await learnt(second);
    expect(second.item(at.shop.items[0]!.id)!.price).toBe(99);
    // The model's manifest, what changed, the page that did, and the counters.
    expect(second.status().network.requests).toBeLessThanOrEqual(4);
    expect(all).toBeGreaterThan(20);
  });

  it('may start over: a shop that was made anew is learnt anew', async () => {
    const first = await at.open();
    await learnt(first);
    first.close();
    const other = await openTestShop();
    // Behind the same address as before, as after a lost disk.
    const shelf = await at.open({
      fetch: (input, init) => fetch(String(input).replace(at.shop.kv, other.kv), init),
    });
    await other.put([{ id: 'other', category: ['Food'] }]);
    await vi.waitFor(() => expect(shelf.item('other')).toBeDefined(), { timeout: 5000 });
    await learnt(shelf);
    shelf.close();
    await other.close();
  });

  it('that answers nonsense changes nothing', async () => {
    const shelf = await at.open({
      fetch: async (input, init) =>
        String(input).includes('/v1/') ? new Response('<html>') : await fetch(input, init),
    });
    await vi.waitFor(() => expect(shelf.status().lastError).toContain('no JSON'));
    expect((await shelf.recommend()).items[0]!.freshness).toBe('stale');
  });
});

describe('a fetch of the page', () => {
  it('whose parts are empty, without end, is asked for no more than could be something', async () => {
    let reads = 0;
    const read = async () => {
      if (++reads > 1000) throw new Error('asked without end');
      return { value: new Uint8Array() };
    };
    const answer = { ok: true, status: 200, body: { getReader: () => ({ read, cancel: async () => {} }) } };
    const network = openNetwork(
      async () => answer as unknown as Response,
      () => {},
      new AbortController().signal,
    );
    expect(await network.get('https://shop.example/edges', {}, 1000)).toHaveLength(0);
    expect(reads).toBeLessThan(20);
  });
});

describe('a file on a slow line', () => {
  /** A network whose answer's body is written by the test, and waits in steps of its clock. */
  function slowLine() {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    let body!: ReadableStreamDefaultController<Uint8Array>;
    const network = openNetwork(
      async (_, init) => {
        const stream = new ReadableStream<Uint8Array>({ start: (controller) => void (body = controller) });
        init!.signal!.addEventListener('abort', () => body.error(init!.signal!.reason));
        return new Response(stream);
      },
      () => {},
      new AbortController().signal,
    );
    const wait = (seconds: number) => vi.advanceTimersByTimeAsync(1000 * seconds);
    return {
      network,
      wait,
      send: (byte: number) => body.enqueue(Uint8Array.of(byte)),
      end: () => body.close(),
    };
  }
  afterEach(() => void vi.useRealTimers());

  it('is waited for as long as something of it comes', async () => {
    const { network, wait, send, end } = slowLine();
    const file = network.get('https://shop.example/edges', {}, 1000, true);
    for (let byte = 0; byte < 5; byte++) {
      await wait(14);
      send(byte);
    }
    await wait(14);
    end();
    expect([...(await file)]).toEqual([0, 1, 2, 3, 4]);
  });

  it('is given up after 15 s of silence', async () => {
    const { network, wait, send } = slowLine();
    const file = network.get('https://shop.example/edges', {}, 1000, true);
    const failed = expect(file).rejects.toThrow(
      'https://shop.example/edges: found no answer (silence), wanted one',
    );
    await wait(14);
    send(0);
    await wait(16);
    await failed;
    expect(network.offline()).toBe(true);
  });
});
