import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { visits } from '../src/metadata/visits.ts';

let kept: Map<string, string>;

beforeEach(() => {
  kept = new Map();
  vi.stubGlobal('sessionStorage', {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, text: string) => kept.set(key, text),
    removeItem: (key: string) => kept.delete(key),
  });
});
afterEach(() => vi.unstubAllGlobals());

describe('a visit', () => {
  it('goes on over the pages of a tab', () => {
    const name = visits(true).at(1000);
    expect(name).toMatch(/^[0-9a-f]{12}$/);
    expect(visits(true).at(1060)).toBe(name);
  });

  it('ends after half an hour without an event', () => {
    const { at } = visits(true);
    const name = at(1000);
    expect(at(1000 + 1799)).toBe(name);
    expect(at(1000 + 1799 + 1799)).toBe(name);
    const next = at(1000 + 1799 + 1799 + 1800);
    expect(next).not.toBe(name);
    expect(visits(true).at(1000 + 1799 + 1799 + 1801)).toBe(next);
  });

  it('ends with the page where nothing may be kept, and what was kept is forgotten', () => {
    const name = visits(true).at(1000);
    const { at } = visits(false);
    expect(kept.size).toBe(0);
    const own = at(1001);
    expect(own).not.toBe(name);
    expect(at(1002)).toBe(own);
    expect(visits(false).at(1003)).not.toBe(own);
    expect(kept.size).toBe(0);
  });

  it('is the same for two shelves of a page', () => {
    const [one, other] = [visits(true).at, visits(true).at];
    const name = one(1000);
    expect(other(1001)).toBe(name);
  });

  it('ends with the page where the browser refuses', () => {
    vi.stubGlobal('sessionStorage', undefined);
    const { at } = visits(true);
    const name = at(1000);
    expect(at(1001)).toBe(name);
    expect(visits(true).at(1002)).not.toBe(name);
  });

  it('begins anew where what was kept cannot be read', () => {
    kept.set('evershelf-visit', 'nonsense');
    expect(visits(true).at(1000)).toMatch(/^[0-9a-f]{12}$/);
  });
});
