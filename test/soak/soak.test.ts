import { describe, expect, it } from 'vitest';
import { PARTS, type PartName } from './parts.ts';
import { runPart } from './runPart.ts';
import type { PartRun } from './Soak.ts';
import { soakTable } from './soakTable.ts';

// Each part for some seconds, on little: that what `pnpm soak` runs for long does run, and finds nothing broken here.
describe('a soak', { timeout: 120_000 }, () => {
  it.each((Object.keys(PARTS) as PartName[]).filter((name) => !PARTS[name].isLong))(
    'has a part %s that holds',
    async (name) => {
      const part = await PARTS[name].load();
      const run = await runPart(part, { length: 'smoke', tell() {}, signal: new AbortController().signal });
      expect(run.rows.length).toBeGreaterThan(0);
      expect(run.rows.flatMap(({ broken }) => broken)).toEqual([]);
      for (const { figures } of run.rows) expect(Object.values(figures).every(Number.isFinite)).toBe(true);
    },
  );

  it('ends what a part has started, the latest first, and says why, where it is told to end', async () => {
    const ending = new AbortController();
    const ended: string[] = [];
    const run = runPart(
      async ({ onEnd }) => {
        onEnd(() => ended.push('store'));
        onEnd(() => ended.push('service'));
        ending.abort(new Error('told to end'));
        return await new Promise(() => {});
      },
      { length: 'smoke', tell() {}, signal: ending.signal },
    );
    await expect(run).rejects.toThrow('told to end');
    expect(ended).toEqual(['service', 'store']);
  });

  it('shows a line for each row, and below them what did not hold', () => {
    const row = {
      subject: 'lmdb',
      seconds: 1,
      figures: { kills: 2000, lost: 1 },
      broken: ['event 7 is not there'],
    };
    const run: PartRun = {
      length: 'short',
      date: '2026-01-01',
      cores: 2,
      node: '20',
      seconds: 1,
      rows: [row],
    };
    const lines = soakTable({ kills: run }).split('\n');
    expect(lines.at(-2)).toMatch(/kills \| +NO \| .* lmdb \| +kills 2,000, lost 1 \|/);
    expect(lines.at(-1)).toBe('kills, lmdb: event 7 is not there');
  });
});
