import { describe, expect, it } from 'vitest';
import { codingOf } from '../../src/http/codingOf.ts';
import { CHEAPEST, SMALLEST } from '../../src/http/representation.ts';

describe('codingOf', () => {
  it.each([
    [undefined, 'identity'],
    ['', 'identity'],
    ['gzip', 'gzip'],
    ['gzip, deflate, br, zstd', 'br'],
    ['GZIP;q=0.5', 'gzip'],
    ['br;q=0, gzip', 'gzip'],
    ['br;q=0.0 , gzip ; q=0', 'identity'],
    ['deflate', 'identity'],
    ['*', 'identity'],
    ['br;q=0.1, gzip', 'gzip'],
    ['gzip;q=0.5, identity', 'identity'],
    ['identity, br, gzip', 'br'],
    ['br;q=much', 'br'],
  ])('of %j is %s', (accepted, coding) => {
    expect(codingOf(accepted, SMALLEST, 10_000)).toBe(coding);
  });

  it('is the first of those wanted that the client takes', () => {
    expect(codingOf('br, gzip', CHEAPEST, 10_000)).toBe('gzip');
    expect(codingOf('br', CHEAPEST, 10_000)).toBe('br');
  });

  it('leaves alone what fits one packet', () => {
    expect(codingOf('br', SMALLEST, 1023)).toBe('identity');
    expect(codingOf('br', SMALLEST, 1024)).toBe('br');
  });
});
