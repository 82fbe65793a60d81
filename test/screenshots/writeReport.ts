import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { report } from '../../packages/trainer/src/commands/report.ts';
import { type SimulatedShop, simulateShoppers } from '../workspace/simulateShoppers.ts';

const FROM = Date.UTC(2026, 9, 5) / 1000;
const FOUR_WEEKS = 28 * 86_400;

/** Items, each of which is clicked less than the one before it. */
const ITEMS = Array.from({ length: 24 }, (_, k) => `item-${k + 1}`);
const appeal = Object.fromEntries(ITEMS.map((id, k) => [id, 0.14 / (1 + k / 4)]));

const SHELVES: readonly Omit<SimulatedShop, 'appeal'>[] = [
  {
    experiment: {
      name: 'intents',
      placement: 'home',
      kind: 'interleave',
      variants: { control: {}, new: { intent: 'discover' } },
    },
    rankings: { control: ITEMS.slice(3, 15), new: ITEMS.slice(0, 12) },
    k: 8,
    sessions: 2600,
    seed: 1,
    from: FROM,
    every: FOUR_WEEKS / 2600,
  },
  {
    experiment: {
      name: 'cheaper',
      placement: 'product',
      kind: 'split',
      variants: { control: {}, new: { rules: { where: { price: { to: 20 } } } } },
      shares: { control: 0.7, new: 0.3 },
    },
    rankings: { control: ITEMS.slice(6, 14), new: ITEMS.slice(10, 18) },
    k: 6,
    sessions: 4200,
    seed: 2,
    from: FROM,
    every: FOUR_WEEKS / 4200,
  },
];

/** Writes what `evershelf report` makes of the log of made-up shoppers into a folder; gives its path. */
export async function writeReport(folder: string): Promise<string> {
  const events = await Promise.all(
    SHELVES.map(async (shelf, k) => {
      const log = join(folder, `${k}.jsonl`);
      await writeFile(log, simulateShoppers({ ...shelf, appeal }));
      return log;
    }),
  );
  const out = join(folder, 'report.html');
  await report({ events, map: {}, out });
  return out;
}
