import { expect, it } from 'vitest';
import { packLive, unpackLive } from '../src/index.ts';

const PAGES = [
  { revision: 1_760_000_000_123, bytes: Uint8Array.of(1, 2, 3, 4, 5, 6) },
  { revision: 0, bytes: new Uint8Array(0) },
  { revision: 7, bytes: Uint8Array.of(255, 0, 255) },
  { revision: 8, bytes: new Uint8Array(0) },
];

it('packs the live bytes of pages, and gives them back', () => {
  expect(unpackLive(packLive(PAGES), 4)).toEqual(PAGES);
});

it('reads them where they lie in another buffer', () => {
  const packed = packLive(PAGES);
  const inside = new Uint8Array(packed.length + 5);
  inside.set(packed, 3);
  expect(unpackLive(inside.subarray(3, 3 + packed.length), 4)).toEqual(PAGES);
});

it.each([
  ['cut short', packLive(PAGES).subarray(0, -1)],
  ['too long', Uint8Array.of(...packLive(PAGES), 0)],
  ['of other pages', packLive(PAGES.slice(0, 2))],
  ['empty', new Uint8Array(0)],
  ['of counts that overflow', new Uint8Array(48).fill(255)],
])('takes nothing that is %s', (_, packed) => {
  expect(unpackLive(packed, 4)).toBeUndefined();
});
