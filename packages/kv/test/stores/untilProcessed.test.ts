import { describe, expect, it } from 'vitest';
import { untilProcessed } from '../../src/stores/dynamodb/untilProcessed.ts';

describe('untilProcessed', { timeout: 60_000 }, () => {
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
});
