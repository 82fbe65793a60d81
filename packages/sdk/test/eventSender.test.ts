import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { eventSender } from '../src/metadata/eventSender.ts';
import type { Network } from '../src/metadata/network.ts';

let bodies: string[];
let isOff: boolean;
let may: boolean;

beforeEach(() => {
  bodies = [];
  isOff = false;
  may = true;
  vi.stubGlobal('document', Object.assign(new EventTarget(), { visibilityState: 'visible' }));
  vi.stubGlobal('navigator', { sendBeacon: (_: string, body: string) => bodies.push(body) > 0 });
});
afterEach(() => vi.unstubAllGlobals());

const open = () =>
  eventSender(
    '/v1/events',
    { off: () => isOff } as Network,
    (time) => `visit ${time}`,
    () => may,
  );
const events = (): { id: string; item: string; after?: object }[] =>
  bodies.flatMap((body) => (JSON.parse(body) as { events: { id: string; item: string }[] }).events);

describe('events of a page', () => {
  it('say what their session took before them, where it took anything', () => {
    const sender = open();
    const after = [{ item: 'a', age: 1 }];
    sender.add(
      [
        { item: 'b', kind: 'view' },
        { item: { id: 'c' }, kind: 'cart', quantity: 2 },
      ],
      [after, []],
      7,
    );
    sender.close();
    const [session, id] = ['visit 7', expect.any(String) as string];
    expect(events()).toEqual([
      { id, time: 7, item: 'b', kind: 'view', session, after },
      { id, time: 7, item: 'c', kind: 'cart', session, quantity: 2 },
    ]);
  });

  it('are kept back where they may not be sent, also those that waited', () => {
    const sender = open();
    sender.add([{ item: 'a', kind: 'view' }], [[]], 7);
    may = false;
    sender.add([{ item: 'b', kind: 'view' }], [[]], 7);
    sender.close();
    expect(bodies).toEqual([]);
  });

  it('say which shelf they come from, where they come from one', () => {
    const sender = open();
    const placed = { shelf: 'home', position: 3, model: 'm', propensity: 0.5, experiment: 'e', variant: 'a' };
    sender.add([{ item: 'b', kind: 'impression', ...placed }], [[]], 7);
    sender.close();
    expect(events()).toEqual([
      { id: expect.any(String), time: 7, item: 'b', kind: 'impression', session: 'visit 7', ...placed },
    ]);
  });

  it('have an id each, which the next page does not use again', () => {
    for (let page = 0; page < 2; page++) {
      const sender = open();
      sender.add(
        [
          { item: 'a', kind: 'view' },
          { item: 'a', kind: 'view' },
        ],
        [[], []],
        7,
      );
      sender.add([{ item: 'a', kind: 'view' }], [[]], 8);
      sender.close();
    }
    const ids = events().map(({ id }) => id);
    expect(new Set(ids).size).toBe(6);
    expect(Math.max(...ids.map((id) => id.length))).toBeLessThan(20);
  });

  it('are cut into batches that a beacon carries', () => {
    const sender = open();
    const after = Array.from({ length: 10 }, (_, age) => ({ item: 'ü'.repeat(256), age }));
    const basket = Array.from({ length: 50 }, (_, i) => ({ item: `${i}`, kind: 'purchase' }));
    sender.add(
      basket,
      basket.map(() => after),
      7,
    );
    sender.close();
    expect(events().map(({ item }) => item)).toEqual(basket.map(({ item }) => item));
    for (const body of bodies) expect(Buffer.byteLength(body)).toBeLessThanOrEqual(64 * 1024);
    expect(bodies).toHaveLength(5);
  });

  it('are sent before they are too many, as what shelves have shown may be', () => {
    const sender = open();
    sender.add([{ item: 'bought', kind: 'purchase' }], [[]], 7);
    for (let k = 0; k < 250; k++) sender.add([{ item: `${k}`, kind: 'impression' }], [[]], 7);
    expect(bodies).toHaveLength(2);
    sender.close();
    expect(events().map(({ item }) => item)).toEqual([
      'bought',
      ...Array.from({ length: 250 }, (_, k) => `${k}`),
    ]);
  });

  it('are sent later where the browser carries no more at once', () => {
    vi.useFakeTimers();
    let isFull = true;
    const sendBeacon = (_: string, body: string): boolean => !isFull && bodies.push(body) > 0;
    vi.stubGlobal('navigator', { sendBeacon });
    const sender = open();
    sender.add([{ item: 'a', kind: 'view' }], [[]], 7);
    vi.advanceTimersByTime(5000);
    expect(bodies).toEqual([]);
    isFull = false;
    sender.add([{ item: 'b', kind: 'view' }], [[]], 8);
    vi.advanceTimersByTime(5000);
    expect(events().map(({ item }) => item)).toEqual(['a', 'b']);
    sender.close();
    vi.useRealTimers();
  });

  it('are dropped where the network is gone', () => {
    const sender = open();
    sender.add([{ item: 'a', kind: 'view' }], [[]], 7);
    isOff = true;
    sender.close();
    expect(bodies).toEqual([]);
  });
});
