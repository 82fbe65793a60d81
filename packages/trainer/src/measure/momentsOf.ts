import { type Database, rows } from '../read/Database.ts';
import type { Moments } from './ratio.ts';

/**
 * Moments of two figures over the rows of a query, by variant.
 *
 * @param from SQL of a table of units with a column `variant`
 * @param x SQL over its columns, as is y
 */
export async function momentsOf(
  db: Database,
  from: string,
  x: string,
  y: string,
): Promise<Map<string, Moments>> {
  const found = await rows(
    db,
    `SELECT variant, count(*)::DOUBLE AS units, sum(x)::DOUBLE AS x, sum(y)::DOUBLE AS y,
            sum(x * x)::DOUBLE AS xx, sum(y * y)::DOUBLE AS yy, sum(x * y)::DOUBLE AS xy
     FROM (SELECT variant, (${x})::DOUBLE AS x, (${y})::DOUBLE AS y FROM ${from}) GROUP BY variant ORDER BY variant`,
  );
  return new Map(
    found.map((row) => {
      const of = (name: keyof Moments): number => Number(row[name]);
      const moments = {
        units: of('units'),
        x: of('x'),
        y: of('y'),
        xx: of('xx'),
        yy: of('yy'),
        xy: of('xy'),
      };
      return [String(row['variant']), moments];
    }),
  );
}
