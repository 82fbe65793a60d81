import { PLACED } from '@evershelf/model';
import type { ColumnMap } from '../read/columns.ts';
import { type Database, literal, rows } from '../read/Database.ts';
import { InputError } from '../read/InputError.ts';
import { parseEvents } from '../read/parseEvents.ts';
import { nothingLeft, type Problem } from '../read/Problems.ts';

export interface ReadShownOptions {
  readonly files: readonly string[];
  readonly map: ColumnMap;
  /** Unix seconds: events from this one on, and before that one. */
  readonly from?: number | undefined;
  readonly until?: number | undefined;
  /** Names of the shelves to read; default all. */
  readonly shelves?: readonly string[] | undefined;
}

/**
 * Reads what shelves have shown into two tables: `shown`, the impressions and clicks of shelves and the carts and purchases that came
 * of them, and `taken`, all carts and purchases.
 *
 * @throws {InputError} where there is no event, none of the time, or no impression
 */
export async function readShown(
  db: Database,
  { files, map, from = -Infinity, until = Infinity, shelves }: ReadShownOptions,
): Promise<readonly Problem[]> {
  const { file, problems } = await parseEvents(db, files, map, PLACED);
  const count = async (where: string): Promise<number> => {
    const [found] = await rows(db, `SELECT count(*)::DOUBLE AS n FROM parsed_events WHERE ${where}`);
    return Number(found!['n']);
  };
  const all = await count('true');
  if (all === 0)
    throw new InputError(
      nothingLeft(`${file}: found no row with an item and a time, wanted events`, problems),
    );
  const bounds = [
    ...(Number.isFinite(from) ? [`time >= ${from}`] : []),
    ...(Number.isFinite(until) ? [`time < ${until}`] : []),
  ];
  const within = bounds.length > 0 ? bounds.join(' AND ') : 'true';
  const left = await count(within);
  if (left === 0)
    throw new InputError(
      `${file}: found ${all.toLocaleString('en')} events and none of the time that --from and --to name, wanted some`,
    );
  const wanted = shelves === undefined ? 'true' : `shelf IN (${shelves.map(literal).join(', ')})`;
  const impressions = await count(`${within} AND kind = 'impression' AND shelf IS NOT NULL`);
  if (impressions === 0)
    throw new InputError(
      `${file}: found ${left.toLocaleString('en')} events and no impression of a shelf, wanted some. A storefront sends them where ` +
        'its events are switched on (data-events) and data-measure is not "false"; see docs/measuring.md',
    );
  await db.run(`
    CREATE TABLE shown AS
    SELECT time, session, item, kind, shelf, try_cast(position AS INTEGER) AS position, model,
           try_cast(propensity AS DOUBLE) AS propensity, experiment, variant
    FROM parsed_events
    WHERE ${within} AND shelf IS NOT NULL AND kind IN ('impression', 'click', 'cart', 'purchase') AND ${wanted};
    CREATE TABLE taken AS
    SELECT time, session, kind FROM parsed_events WHERE ${within} AND kind IN ('cart', 'purchase');
    DROP TABLE parsed_events`);
  const [seen] = await rows(db, `SELECT count(*)::DOUBLE AS n FROM shown WHERE kind = 'impression'`);
  if (Number(seen!['n']) === 0)
    throw new InputError(
      `--shelf: found no impression of ${shelves!.join(', ')} in ${file}, wanted the name of a shelf that was seen`,
    );
  return problems;
}
