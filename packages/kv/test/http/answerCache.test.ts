import { setImmediate } from 'node:timers/promises';
import { describe, expect, it, vi } from 'vitest';
import { answerCache, OVERHEAD } from '../../src/http/answerCache.ts';
import { representation, SMALLEST } from '../../src/http/representation.ts';

const answer = (): ReturnType<typeof representation> => representation('{}', SMALLEST);

describe('answerCache', () => {
  it('makes an answer once for as long as it is of the same', async () => {
    const kept = answerCache();
    const make = vi.fn(async () => answer());
    const [first, again] = await Promise.all([kept('x', 1, make), kept('x', 1, make)]);
    expect(again).toBe(first);
    expect(await kept('x', 2, make)).not.toBe(first);
    expect(make).toHaveBeenCalledTimes(2);
  });

  it('compresses an answer once', async () => {
    const long = await answerCache()('x', 1, async () => representation('x'.repeat(2000), SMALLEST));
    expect(long.bytes('br')).toBe(long.bytes('br'));
  });

  it('forgets what nobody has asked for longest', async () => {
    const kept = answerCache(2 * (OVERHEAD + 1 + answer().size));
    const make = vi.fn(async () => answer());
    for (const name of ['a', 'b', 'a', 'c']) {
      await kept(name, 1, make);
      await setImmediate();
    }
    expect(make).toHaveBeenCalledTimes(3);
    await kept('a', 1, make);
    expect(make).toHaveBeenCalledTimes(3);
    await kept('b', 1, make);
    expect(make).toHaveBeenCalledTimes(4);
  });

  it('counts names among what it keeps: an address can be longer than its answer', async () => {
    const kept = answerCache(30_000);
    const make = vi.fn(async () => answer());
    for (const name of ['a', 'b', 'a']) {
      await kept(name.repeat(20_000), 1, make);
      await setImmediate();
    }
    expect(make).toHaveBeenCalledTimes(3);
  });
});
