import { describe, expect, it } from 'vitest';
import { readShop, TRAIN_DEFAULTS } from '../src/index.ts';
import { tableSize } from '../src/lab/tableSize.ts';
import { tableSizeReport, tableSizeText } from '../src/report/tableSizeReport.ts';
import { onTwo } from './onTwo.ts';
import { shopFolder, shopWithArrivals } from './syntheticShop.ts';

describe('the size of the tables', { timeout: 120_000 }, () => {
  it('is judged with rows as they were trained and as int8, on the same events', async () => {
    const path = await shopFolder(shopWithArrivals({ shoppers: 70 }));
    const { log, items, schema } = await readShop({
      events: [path('events.csv')],
      items: [path('items.csv')],
      map: {},
    });
    const options = { ...TRAIN_DEFAULTS, epochs: 1, dim: 16, rows: 256, headEvents: 100 };
    const found = await onTwo(tableSize, log, items, schema, options, () => {});
    expect(found.ways.map(({ rows, numbers }) => `${rows} ${numbers}`)).toEqual(
      [2048, 256, 128, 64].flatMap((rows) => [`${rows} float32`, `${rows} int8`]),
    );
    const { trained, judged } = found.protocol;
    expect(judged).toBeGreaterThan(100);
    for (const { rows, numbers, itemsPerRow, bytes, quality, lead } of found.ways) {
      expect(itemsPerRow).toBe(trained / rows);
      expect(bytes).toBe(2 * rows * (numbers === 'int8' ? 20 : 64));
      expect(lead['recall@20'].mean).toBeCloseTo(
        quality['recall@20'] - found.ways[0]!.quality['recall@20'],
        9,
      );
    }
    // Rounding moves scores a little, and hardly any rank.
    found.ways.forEach(({ numbers, quality }, way) => {
      if (numbers === 'int8')
        expect(Math.abs(quality['ndcg@20'] - found.ways[way - 1]!.quality['ndcg@20'])).toBeLessThan(0.02);
    });
    expect(tableSizeReport(found)).toContain('| 2,048 | float32 |');
    expect(tableSizeText(found)).toContain('items a row');
  });
});
