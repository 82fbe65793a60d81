import { afterEach, expect, it, vi } from 'vitest';
import { progressLine } from '../src/commands/progressLine.ts';

afterEach(() => void vi.restoreAllMocks());

it('says a rate and what is left once there is a second to tell them from', () => {
  let now = 0;
  let written = '';
  vi.spyOn(performance, 'now').mockImplementation(() => now);
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => ((written += String(text)), true));
  const { progress, end } = progressLine();
  void progress('edges', 1, 100, 'parts');
  expect(written).toContain('edges: 1 %');
  expect(written).not.toContain('left');

  now = 2000;
  void progress('edges', 10, 100, 'parts');
  // The end of one stage shows the others anew.
  void progress('signals', 5, 5, 'samples');
  expect(written).toContain('edges: 10 % · 5 parts/s · 18 s left');
  end(true);
  expect(written).toContain('edges: 100 parts in 2.0 s');
});
