import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { visitMemory } from '../../../src/storefront/measure/visitMemory.ts';

const KEY = 'evershelf-shelves';
let stored: Map<string, string>;
let now: number;

beforeEach(() => {
  now = 1_760_000_000;
  stored = new Map();
  vi.stubGlobal('sessionStorage', {
    getItem: (key: string) => stored.get(key) ?? null,
    setItem: (key: string, value: string) => void stored.set(key, value),
    removeItem: (key: string) => void stored.delete(key),
  });
});
afterEach(() => vi.unstubAllGlobals());

const open = (keeps: () => boolean | undefined = () => true) => visitMemory(keeps, () => now);

describe('what a visit remembers of shelves', () => {
  it('is how often an item was seen since it was used, and by which card', () => {
    const memory = open();
    memory.see('a');
    memory.see('a');
    memory.see('b');
    expect(memory.seen()).toEqual(
      new Map([
        ['a', 2],
        ['b', 1],
      ]),
    );
    memory.use('a', { shelf: 'home', position: 1 });
    memory.use('a', { shelf: 'cart', position: 2 });
    expect(memory.seen()).toEqual(new Map([['b', 1]]));
    expect(memory.usedBy('a')).toEqual({ shelf: 'cart', position: 2 });
    expect(memory.usedBy('b')).toBeUndefined();
  });

  it('is forgotten after half an hour without anything', () => {
    const memory = open();
    memory.use('a', { shelf: 'home' });
    now += 1799;
    expect(memory.usedBy('a')).toBeDefined();
    now += 1800;
    expect(memory.usedBy('a')).toBeUndefined();
    memory.see('b');
    now += 1800;
    expect(memory.seen().size).toBe(0);
  });

  it('is told as of a moment: what is seen later is not in it', () => {
    const memory = open();
    memory.see('a');
    const seen = memory.seen();
    memory.see('a');
    expect(seen).toEqual(new Map([['a', 1]]));
  });

  it('goes on with the next page where it may be kept, and not in the next visit', () => {
    const memory = open();
    memory.see('a');
    memory.use('b', { shelf: 'home' });
    memory.save();
    now += 60;
    const next = open();
    expect(next.seen()).toEqual(new Map([['a', 1]]));
    expect(next.usedBy('b')).toEqual({ shelf: 'home' });
    now += 7200;
    expect(open().usedBy('b')).toBeUndefined();
  });

  it('is stored nowhere without consent, and what was stored goes', () => {
    stored.set(KEY, 'of an earlier page');
    let keeps: boolean | undefined;
    const memory = open(() => keeps);
    expect(stored.has(KEY)).toBe(true);
    keeps = false;
    memory.settle(false);
    memory.use('a', { shelf: 'home' });
    memory.save();
    expect([...stored]).toEqual([]);
    expect(memory.usedBy('a')).toBeDefined();
    memory.settle(true);
    expect(memory.usedBy('a')).toBeUndefined();
  });

  it.each(['no JSON', 'null', '{"time":1760000000,"seen":7,"used":{}}', '[]'])(
    'begins anew where %s is stored',
    (text) => {
      stored.set(KEY, text);
      const memory = open();
      expect(memory.seen().size).toBe(0);
      memory.see('a');
      memory.save();
      expect(open().seen()).toEqual(new Map([['a', 1]]));
    },
  );

  it('holds the latest 500 items that were seen, and 100 that were used', () => {
    const memory = open();
    for (let k = 0; k < 600; k++) memory.see(`${k}`);
    expect(memory.seen().size).toBe(500);
    expect(memory.seen().has('99')).toBe(false);
    for (let k = 0; k < 150; k++) memory.use(`${k}`, { shelf: 'home' });
    expect(memory.usedBy('49')).toBeUndefined();
    expect(memory.usedBy('50')).toBeDefined();
    memory.save();
    expect([...stored.values()].join('').length).toBeLessThan(20_000);

    // A page that has seen others by the time that it may read what was kept.
    let keeps: boolean | undefined;
    const late = open(() => keeps);
    for (let k = 0; k < 300; k++) late.see(`late ${k}`);
    keeps = true;
    late.settle(false);
    expect(late.seen().size).toBe(500);
    expect(late.seen().has('late 299')).toBe(true);
  });
});
