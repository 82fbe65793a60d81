import { setTimeout as pause } from 'node:timers/promises';
import { describe, expect, it, vi } from 'vitest';
import { untilProcessed } from '../../src/stores/dynamodb/untilProcessed.ts';

vi.mock('node:timers/promises', () => ({ setTimeout: vi.fn(async () => {}) }));

describe('untilProcessed', () => {
  it('sends what is left until nothing is', async () => {
    const sent: number[][] = [];
    await untilProcessed('shop', [1, 2, 3], async (left) => {
      sent.push(left);
      return left.slice(1);
    });
    expect(sent).toEqual([[1, 2, 3], [2, 3], [3]]);
  });

  it('gives up a batch of which something is left after ten times', async () => {
    let sent = 0;
    const stuck = untilProcessed('shop', [1], async (left) => {
      sent++;
      return left;
    });
    await expect(stuck).rejects.toThrow(
      'DynamoDB table shop: found a batch still unprocessed after 10 attempts, wanted all of it done',
    );
    expect(sent).toBe(10);
  });

  it('pauses at random, up to twice as long each time, and never longer than 3 s', async () => {
    vi.spyOn(Math, 'random').mockReturnValue(1);
    vi.mocked(pause).mockClear();
    await untilProcessed('shop', [1], async (left) => left).catch(() => undefined);
    const pauses = vi.mocked(pause).mock.calls.map(([milliseconds]) => milliseconds);
    expect(pauses).toEqual([100, 200, 400, 800, 1600, 3000, 3000, 3000, 3000]);
  });
});
