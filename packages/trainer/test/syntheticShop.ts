import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { seededRandom } from '../src/train/random.ts';

/** A shop made up from a seed: shoppers who stay within their own two of eight departments. */
export interface SyntheticShop {
  readonly events: { time: number; shopper: string; session: string; item: string }[];
  readonly items: { id: string; title: string; category: string; brand: string; price: number }[];
}

const DEPARTMENTS = 8;
const DAY = 86_400;

export function syntheticShop({
  shoppers = 120,
  visits = 8,
  perDepartment = 25,
  seed = 7,
} = {}): SyntheticShop {
  const random = seededRandom(seed);
  const pick = (n: number): number => Math.floor(random() * n);
  const items = Array.from({ length: DEPARTMENTS * perDepartment }, (_, i) => ({
    id: `00${i}`,
    title: `Thing number ${i}`,
    category: `Department ${i % DEPARTMENTS} > Shelf ${i % (2 * DEPARTMENTS)}`,
    brand: `Brand ${i % 6}`,
    price: 1 + (i % 40) / 2,
  }));
  const events: SyntheticShop['events'] = [];
  for (let shopper = 0; shopper < shoppers; shopper++) {
    const own = [pick(DEPARTMENTS), pick(DEPARTMENTS)];
    for (let visit = 0; visit < visits; visit++) {
      const start = 1_700_000_000 + visit * 7 * DAY + pick(7 * DAY);
      for (let k = 0; k < 4; k++) {
        const item = own[pick(2)]! + DEPARTMENTS * pick(perDepartment);
        events.push({
          time: start + 60 * k,
          shopper: `s${shopper}`,
          session: `s${shopper}v${visit}`,
          item: items[item]!.id,
        });
      }
    }
  }
  events.sort((a, b) => a.time - b.time);
  return { events, items };
}

/**
 * The same shop, where a quarter of each department comes in only after the first four fifths of the events. Two
 * departments share an aisle, which is the category; the brand tells them apart.
 */
export function shopWithArrivals({ shoppers = 250 } = {}): SyntheticShop {
  const { events, items } = syntheticShop({ shoppers });
  const opening = events[Math.floor(0.87 * events.length)]!.time;
  const isLate = new Set(items.filter((_, i) => Math.floor(i / DEPARTMENTS) % 4 === 0).map(({ id }) => id));
  return {
    items: items.map((item, i) => ({
      ...item,
      category: `Aisle ${i % (DEPARTMENTS / 2)}`,
      brand: `Brand ${i % DEPARTMENTS}`,
    })),
    events: events.filter(({ time, item }) => time >= opening || !isLate.has(item)),
  };
}

/** Rows as CSV. */
export function toCsv(rows: readonly object[]): string {
  const names = Object.keys(rows[0]!);
  return (
    [names.join(','), ...rows.map((row) => names.map((name) => `${row[name as never]}`).join(','))].join(
      '\n',
    ) + '\n'
  );
}

/** Writes files to a new folder; returns a function that gives their paths. */
export async function folderWith(
  files: Record<string, string | Uint8Array>,
): Promise<(name: string) => string> {
  const folder = await mkdtemp(join(tmpdir(), 'evershelf-'));
  for (const [name, content] of Object.entries(files)) await writeFile(join(folder, name), content);
  return (name) => join(folder, name);
}

/** The synthetic shop as CSV files. */
export function shopFolder(shop = syntheticShop()): Promise<(name: string) => string> {
  return folderWith({ 'events.csv': toCsv(shop.events), 'items.csv': toCsv(shop.items) });
}
