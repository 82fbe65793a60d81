import { describe, expect, it } from 'vitest';
import { readShop, TRAIN_DEFAULTS } from '../src/index.ts';
import { ablation } from '../src/lab/ablation.ts';
import { ablationCharts } from '../src/report/ablationCharts.ts';
import { ablationReport } from '../src/report/ablationReport.ts';
import { seededRandom } from '../src/train/random.ts';
import { onTwo } from './onTwo.ts';
import { shopFolder, shopWithArrivals } from './syntheticShop.ts';

const options = { ...TRAIN_DEFAULTS, epochs: 2, dim: 16, rows: 1024, headEvents: 100 };

describe('the ablation', { timeout: 120_000 }, () => {
  it('finds what a shop lives by: what sells today, where each day has other items', async () => {
    const random = seededRandom(5);
    const pick = (n: number): number => Math.floor(random() * n);
    const events = Array.from({ length: 50 }, (_, day) => {
      const today = [pick(200), pick(200), pick(200)];
      return Array.from({ length: 40 }, (_, k) => ({
        time: 1_700_000_000 + 86_400 * day + 600 * k,
        shopper: `s${pick(60)}`,
        session: `${day} ${k}`,
        item: `i${random() < 0.7 ? today[pick(3)] : pick(200)}`,
      }));
    }).flat();
    const ids = [...new Set(events.map(({ item }) => item))];
    const path = await shopFolder({
      events,
      items: ids.map((id, i) => ({ id, title: id, category: `c${i % 5}`, brand: 'b', price: 1 + (i % 9) })),
    });
    const { log, items, schema } = await readShop({
      events: [path('events.csv')],
      items: [path('items.csv')],
      map: {},
    });
    const stages: string[] = [];
    const found = await onTwo(ablation, log, items, schema, options, [1], (stage) => void stages.push(stage));
    const { whole, worth } = found;
    expect(whole.all!['recall@20'].mean).toBeGreaterThan(0.4);
    const { live, ...others } = worth;
    expect(live.all!['ndcg@20'].low).toBeGreaterThan(0.05);
    for (const { all } of Object.values(others))
      expect(all!['ndcg@20'].mean).toBeLessThan(live.all!['ndcg@20'].mean / 2);

    // The tables and the edges are made once, whatever is left out.
    expect(new Set(stages.filter((stage) => stage.endsWith('two-tower')))).toEqual(
      new Set(['seed 1, two-tower']),
    );
    expect(stages).toContain('seed 1, without personal, signals');

    const report = ablationReport(found);
    expect(report).toContain('| deep adds');
    for (const [name, svg] of ablationCharts(found)) {
      expect(report).toContain(`](${name})`);
      expect(svg).toMatch(/^<svg[^]*NDCG@20 that it adds/);
    }
  });

  it('says nothing of new items where none comes after training', async () => {
    const shop = shopWithArrivals({ shoppers: 40 });
    const first = new Set(shop.events.slice(0, 500).map(({ item }) => item));
    const path = await shopFolder({ ...shop, events: shop.events.filter(({ item }) => first.has(item)) });
    const { log, items, schema } = await readShop({
      events: [path('events.csv')],
      items: [path('items.csv')],
      map: {},
    });
    const found = await onTwo(ablation, log, items, schema, { ...options, epochs: 1 }, [1], () => {});
    expect(found.whole.new).toBeNull();
    expect(found.worth.deep.new).toBeNull();
    expect(ablationReport(found)).not.toContain('ablation-new.svg');
  });
});
