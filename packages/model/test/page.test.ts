import { expect, it } from 'vitest';
import { decodeLive, encodeLive, liveDecay, pageOf } from '../src/index.ts';

it('deals items to all pages, for ever in the same way', () => {
  expect(['a', 'item 1', 'ünï'].map((id) => pageOf(id, 256))).toEqual(
    ['a', 'item 1', 'ünï'].map((id) => pageOf(id, 256)),
  );
  const counts = new Uint32Array(16);
  for (let i = 0; i < 16_000; i++) counts[pageOf(`item ${i}`, 16)]!++;
  for (const count of counts) expect(count).toBeGreaterThan(850);
});

it('keeps a count within 7 % in a live byte', () => {
  expect(encodeLive(0)).toBe(0);
  for (const count of [1, 12, 345, 67_890]) {
    expect(Math.abs(Math.expm1(decodeLive(encodeLive(count))) / count - 1)).toBeLessThan(0.07);
  }
  expect(encodeLive(1e300)).toBe(255);
});

it('halves a counter in its half-life', () => {
  expect(liveDecay(5 * 86_400, 5)).toBeCloseTo(0.5, 12);
  expect(liveDecay(-1, 5)).toBe(1);
});
