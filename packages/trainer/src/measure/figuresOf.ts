import { type Database, rows } from '../read/Database.ts';
import { experimentOf } from './experimentOf.ts';
import { groupsOf } from './groupsOf.ts';
import type { Interleaving, ShelfFigures, Split } from './ShelfFigures.ts';

/** Places that are told apart; what stands further back is one group. */
const POSITIONS = 20;
/** More days than this are told by the week. */
const MOST_DAYS = 62;
const DAY = 86_400;

/**
 * What an event log says of shelves, from the tables that `readShown` has made.
 *
 * @param catalogue items that the shop has, where somebody said
 */
export async function figuresOf(db: Database, catalogue: number | null): Promise<ShelfFigures> {
  const [ends] = await rows(db, 'SELECT min(time)::DOUBLE AS first, max(time)::DOUBLE AS last FROM shown');
  const [from, until] = [Number(ends!['first']), Number(ends!['last'])];
  const daysEach = (until - from) / DAY > MOST_DAYS ? 7 : 1;
  const day = `strftime(date_trunc('${daysEach === 7 ? 'week' : 'day'}', to_timestamp(time)), '%Y-%m-%d')`;
  const [all] = await groupsOf(db, `'all'`, 'name');
  const experiments: (Split | Interleaving)[] = [];
  const named = await rows(
    db,
    `SELECT DISTINCT experiment FROM shown
     WHERE experiment IS NOT NULL AND variant IS NOT NULL AND session IS NOT NULL AND kind = 'impression' AND propensity > 0 AND propensity <= 1
     ORDER BY experiment`,
  );
  for (const row of named) experiments.push(await experimentOf(db, String(row['experiment'])));
  return {
    from,
    until,
    all: all!,
    shelves: await groupsOf(db, 'shelf', 'impressions DESC, name'),
    positions: await groupsOf(
      db,
      `if(position > ${POSITIONS}, '${POSITIONS + 1}+', position::VARCHAR)`,
      'min(position) NULLS LAST',
    ),
    days: await groupsOf(db, day, 'name'),
    daysEach,
    models: await groupsOf(db, 'model', 'min(time), name'),
    experiments,
    coverage: { ...(await spreadOf(db)), of: catalogue },
    taken: await takenOf(db),
    checks: await checksOf(db),
  };
}

async function spreadOf(db: Database): Promise<{ seen: number; topTenth: number }> {
  const [spread] = await rows(
    db,
    `WITH counts AS (SELECT count(*) AS n, row_number() OVER (ORDER BY count(*) DESC) AS place FROM shown WHERE kind = 'impression' GROUP BY item)
     SELECT count(*)::DOUBLE AS seen, (sum(n) FILTER (place <= ceil((SELECT count(*) FROM counts) / 10.0)) / sum(n))::DOUBLE AS top FROM counts`,
  );
  return { seen: Number(spread!['seen']), topTenth: Number(spread!['top']) };
}

async function takenOf(db: Database): Promise<ShelfFigures['taken']> {
  const [taken] = await rows(
    db,
    `SELECT count(*) FILTER (kind = 'cart')::DOUBLE AS carts, count(*) FILTER (kind = 'purchase')::DOUBLE AS purchases FROM taken`,
  );
  return { carts: Number(taken!['carts']), purchases: Number(taken!['purchases']) };
}

async function checksOf(db: Database): Promise<ShelfFigures['checks']> {
  const [found] = await rows(
    db,
    `SELECT count(*) FILTER (session IS NULL AND kind IN ('impression', 'click'))::DOUBLE AS without_session,
            count(*) FILTER (kind = 'click' AND session IS NOT NULL AND (session, shelf, item) NOT IN
              (SELECT (session, shelf, item) FROM shown WHERE kind = 'impression' AND session IS NOT NULL))::DOUBLE AS unseen,
            count(*) FILTER (experiment IS NOT NULL AND kind IN ('impression', 'click')
              AND (variant IS NULL OR propensity IS NULL OR propensity <= 0 OR propensity > 1))::DOUBLE AS incomplete,
            (SELECT coalesce(max(n), 0)::DOUBLE FROM
              (SELECT count(*) AS n FROM shown WHERE kind = 'impression' AND session IS NOT NULL GROUP BY session)) AS most
     FROM shown`,
  );
  return {
    withoutSession: Number(found!['without_session']),
    clicksUnseen: Number(found!['unseen']),
    incomplete: Number(found!['incomplete']),
    mostOfSession: Number(found!['most']),
  };
}
