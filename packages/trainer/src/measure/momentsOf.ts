import { type Database, rows } from '../read/Database.ts';
import type { Moments } from './ratio.ts';

const SUMS = {
  units: () => 'count(*)',
  x: (x) => `sum(${x})`,
  y: (_, y) => `sum(${y})`,
  xx: (x) => `sum(${x} * ${x})`,
  yy: (_, y) => `sum(${y} * ${y})`,
  xy: (x, y) => `sum(${x} * ${y})`,
} as const satisfies Record<keyof Moments, (x: string, y: string) => string>;

/**
 * Moments of pairs of figures over the rows of a table, by variant.
 *
 * @param from SQL of a table of units with a column `variant`
 * @param pairs SQL of x and y over its columns
 * @returns for each pair the moments by variant
 */
export async function momentsOf(
  db: Database,
  from: string,
  pairs: readonly (readonly [x: string, y: string])[],
): Promise<Map<string, Moments>[]> {
  const sums = pairs.flatMap(([x, y], p) =>
    Object.entries(SUMS).map(
      ([name, sql]) => `${sql(`(${x})::DOUBLE`, `(${y})::DOUBLE`)}::DOUBLE AS ${name}${p}`,
    ),
  );
  const found = await rows(
    db,
    `SELECT variant, ${sums.join(', ')} FROM ${from} GROUP BY variant ORDER BY variant`,
  );
  return pairs.map(
    (_, p) =>
      new Map(
        found.map((row) => [
          String(row['variant']),
          Object.fromEntries(
            Object.keys(SUMS).map((name) => [name, Number(row[`${name}${p}`])]),
          ) as unknown as Moments,
        ]),
      ),
  );
}
