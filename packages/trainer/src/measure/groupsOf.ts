import { type Database, rows } from '../read/Database.ts';
import type { Group } from './ShelfFigures.ts';
import { wilson } from './wilson.ts';

const COUNTS = `count(*) FILTER (kind = 'impression')::DOUBLE AS impressions, count(*) FILTER (kind = 'click')::DOUBLE AS clicks,
  count(*) FILTER (kind = 'cart')::DOUBLE AS carts, count(*) FILTER (kind = 'purchase')::DOUBLE AS purchases,
  count(DISTINCT session)::DOUBLE AS sessions`;

/**
 * What shelves have shown by a name.
 *
 * @param name SQL of the name, over the table `shown`
 * @param order SQL that the groups are ordered by
 */
export async function groupsOf(db: Database, name: string, order: string): Promise<Group[]> {
  const found = await rows(
    db,
    `SELECT CAST(${name} AS VARCHAR) AS name, ${COUNTS} FROM shown GROUP BY ${name} ORDER BY ${order}`,
  );
  return found.map((row): Group => {
    const count = (column: string): number => Number(row[column]);
    const [impressions, clicks] = [count('impressions'), count('clicks')];
    return {
      name: String(row['name'] ?? '(none)'),
      impressions,
      clicks,
      carts: count('carts'),
      purchases: count('purchases'),
      sessions: count('sessions'),
      // A click whose impression was lost is one all the same.
      rate: wilson(Math.min(clicks, impressions), impressions),
    };
  });
}
