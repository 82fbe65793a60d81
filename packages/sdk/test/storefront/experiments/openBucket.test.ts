import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Consent } from '../../../src/types.ts';
import { openBucket } from '../../../src/storefront/experiments/openBucket.ts';

let stored: Map<string, string>;
let consent: Consent;
let isPending: boolean;
let change: () => void;

beforeEach(() => {
  stored = new Map();
  isPending = false;
  vi.stubGlobal('localStorage', {
    getItem: (key: string) => stored.get(key) ?? null,
    setItem: (key: string, value: string) => void stored.set(key, value),
    removeItem: (key: string) => void stored.delete(key),
  });
});
afterEach(() => vi.unstubAllGlobals());

const open = (first: Consent) => {
  consent = first;
  return openBucket({
    consent: () => consent,
    pending: () => isPending,
    on(_, listener) {
      change = listener;
      return () => {};
    },
  });
};

describe('the bucket of a shopper', () => {
  it('is the same on the next page with consent to keep it, and each page has one of its own', () => {
    const [first, next] = [open('profile').bucket(), open('profile').bucket()];
    expect(next.shopper).toBe(first.shopper);
    expect(next.page).not.toBe(first.page);
    expect([...stored]).toEqual([['evershelf-bucket', first.shopper]]);
  });

  it('is drawn anew by each page without, and stored nowhere', () => {
    expect(open('cache').bucket().shopper).not.toBe(open('cache').bucket().shopper);
    expect([...stored]).toEqual([]);
  });

  it('goes when consent does, and stays for this page', () => {
    const { bucket } = open('profile');
    const { shopper } = bucket();
    consent = 'none';
    change();
    expect([...stored]).toEqual([]);
    expect(bucket().shopper).toBe(shopper);
  });

  it('is kept once consent comes, and neither read nor deleted while the answer is on its way', () => {
    stored.set('evershelf-bucket', 'of an earlier visit');
    isPending = true;
    const { bucket } = open('none');
    expect(stored.size).toBe(1);
    isPending = false;
    consent = 'profile';
    change();
    expect(bucket().shopper).toBe('of an earlier visit');
  });
});
