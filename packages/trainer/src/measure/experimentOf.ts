import { type Database, rows, literal } from '../read/Database.ts';
import { chiSquare } from './chiSquare.ts';
import { momentsOf } from './momentsOf.ts';
import { aheadOf, intervalOf, type Moments, ratioOf } from './ratio.ts';
import {
  type Arm,
  type Interleaving,
  type Outcome,
  OUTCOMES,
  type Split,
  type Weighed,
} from './ShelfFigures.ts';
import { signTest } from './signTest.ts';
import { wilson } from './wilson.ts';

/** A card of every variant; what is lost by rounding aside. */
const CERTAIN = 1 - 1e-9;
/** How far shares may be from 1 together to be those of the experiment. */
const ROUNDING = 0.01;

/** What is counted of a session, as x and y of its ratio. */
const RATIOS: Readonly<Record<Outcome, readonly [x: string, y: string]>> = {
  clicks: ['clicks', '1'],
  rate: ['clicks', 'impressions'],
  carts: ['carts', '1'],
  purchases: ['purchases', '1'],
  buyers: ['bought', '1'],
};

/**
 * What an experiment has shown, from the table `shown`. Units are the sessions that saw something of it. It is an interleaving where
 * most sessions that saw two cards or more saw some of either variant, else a split.
 */
export async function experimentOf(db: Database, name: string): Promise<Split | Interleaving> {
  await db.run(`
    CREATE OR REPLACE TEMP TABLE cards AS
    SELECT * FROM shown
    WHERE experiment = ${literal(name)} AND session IS NOT NULL AND variant IS NOT NULL
      AND propensity > 0 AND propensity <= 1;
    CREATE OR REPLACE TEMP TABLE exposed AS
    SELECT session, min(time) AS since, count(*) AS impressions, count(DISTINCT variant) AS variants, min(variant) AS variant
    FROM cards WHERE kind = 'impression' GROUP BY session`);
  const shelves = await rows(db, 'SELECT DISTINCT shelf FROM cards ORDER BY shelf');
  const variants = await rows(
    db,
    `SELECT DISTINCT variant FROM cards WHERE kind = 'impression' ORDER BY variant`,
  );
  const called = variants.map((row) => String(row['variant']));
  // What the shop calls its control is what others are compared with.
  called.sort((a, b) => Number(b === 'control') - Number(a === 'control'));
  const [many] = await rows(
    db,
    'SELECT count(*)::DOUBLE AS n, count(*) FILTER (variants > 1)::DOUBLE AS both FROM exposed WHERE impressions > 1',
  );
  const isInterleaved = called.length === 2 && Number(many!['both']) > Number(many!['n']) / 2;
  const of = { name, shelves: shelves.map((row) => String(row['shelf'])) };
  return isInterleaved ? await interleaving(db, of, called.toReversed()) : await split(db, of, called);
}

async function split(
  db: Database,
  of: Pick<Split, 'name' | 'shelves'>,
  called: readonly string[],
): Promise<Split> {
  const [mixed] = await rows(db, 'SELECT count(*) FILTER (variants > 1)::DOUBLE AS n FROM exposed');
  await db.run(`
    CREATE OR REPLACE TEMP TABLE units AS
    SELECT e.session, e.variant, e.impressions,
           count(*) FILTER (c.kind = 'click') AS clicks, count(*) FILTER (c.kind = 'cart') AS carts,
           count(*) FILTER (c.kind = 'purchase') AS purchases,
           exists(SELECT 1 FROM taken t WHERE t.kind = 'purchase' AND t.session = e.session AND t.time >= e.since)::INTEGER AS bought
    FROM exposed e JOIN cards c USING (session) WHERE e.variants = 1 GROUP BY ALL`);
  const moments = await momentsOf(
    db,
    'units',
    OUTCOMES.map((outcome) => RATIOS[outcome]),
  );
  const ratios = new Map<Outcome, Map<string, Moments>>(OUTCOMES.map((outcome, k) => [outcome, moments[k]!]));
  const byOutcome = <T>(give: (outcome: Outcome) => T): Record<Outcome, T> =>
    Object.fromEntries(OUTCOMES.map((outcome) => [outcome, give(outcome)])) as Record<Outcome, T>;
  const ratio = (outcome: Outcome, variant: string) => {
    const moments = ratios.get(outcome)!.get(variant);
    return moments === undefined ? undefined : ratioOf(moments);
  };
  const arms = called.map((variant, k): Arm => {
    const rate = ratios.get('rate')!.get(variant);
    return {
      variant,
      sessions: rate?.units ?? 0,
      impressions: rate?.y ?? 0,
      outcomes: byOutcome((outcome) => {
        const own = ratio(outcome, variant);
        return own === undefined ? null : intervalOf(own);
      }),
      ahead:
        k === 0
          ? null
          : byOutcome((outcome) => {
              const [own, first] = [ratio(outcome, variant), ratio(outcome, called[0]!)];
              return own === undefined || first === undefined ? null : aheadOf(own, first);
            }),
    };
  });
  const wanted = await sharesOf(db, called);
  return {
    kind: 'split',
    ...of,
    arms,
    // Of two variants, what is on the shelf for certain is on both shelves, and what is not is of the variant that is shown.
    weighed:
      called.length === 2
        ? await weighed(db, called, (v) => `(variant = ${literal(v)} OR propensity >= ${CERTAIN})`)
        : [],
    mixed: Number(mixed!['n']),
    ratio: {
      wanted,
      test:
        wanted === null || arms.length === 1
          ? null
          : chiSquare(
              arms.map(({ sessions }) => sessions),
              wanted,
            ),
    },
  };
}

/**
 * The share of each variant is the propensity of what it alone shows: the least of its cards. Of two variants one may have nothing of
 * its own, and has what the other leaves.
 *
 * @returns null where propensities do not say them
 */
async function sharesOf(db: Database, called: readonly string[]): Promise<number[] | null> {
  const found = await rows(
    db,
    'SELECT variant, min(propensity)::DOUBLE AS least FROM cards GROUP BY variant',
  );
  const least = new Map(found.map((row) => [String(row['variant']), Number(row['least'])]));
  const own = called.map((variant) => least.get(variant)!);
  if (called.length === 1) return own;
  const isOwn = own.map((share) => share < CERTAIN);
  const shares =
    called.length === 2 && isOwn[0] !== isOwn[1]
      ? own.map((share, k) => (isOwn[k] ? share : 1 - own[1 - k]!))
      : own;
  const sum = shares.reduce((sum, share) => sum + share, 0);
  return Math.abs(sum - 1) <= ROUNDING ? shares.map((share) => share / sum) : null;
}

async function interleaving(
  db: Database,
  of: Pick<Interleaving, 'name' | 'shelves'>,
  called: readonly string[],
): Promise<Interleaving> {
  const [a, b] = called.map((variant) => `variant = ${literal(variant)}`);
  await db.run(`
    CREATE OR REPLACE TEMP TABLE units AS
    SELECT session, '' AS variant, count(*) FILTER (kind = 'click' AND ${a}) AS a, count(*) FILTER (kind = 'click' AND ${b}) AS b,
           count(*) FILTER (kind = 'impression' AND ${a}) AS seen_a, count(*) FILTER (kind = 'impression' AND ${b}) AS seen_b
    FROM cards WHERE session IN (SELECT session FROM exposed) GROUP BY session`);
  const [sums] = await rows(
    db,
    `SELECT count(*)::DOUBLE AS sessions, sum(a)::DOUBLE AS a, sum(b)::DOUBLE AS b, sum(seen_a)::DOUBLE AS seen_a,
            sum(seen_b)::DOUBLE AS seen_b, count(*) FILTER (a > b)::DOUBLE AS wins_a, count(*) FILTER (b > a)::DOUBLE AS wins_b
     FROM units`,
  );
  const sum = (name: string): number => Number(sums![name]);
  const [margin] = await momentsOf(db, 'units', [['a - b', '1']]);
  const ahead = ratioOf(margin!.get('')!);
  return {
    kind: 'interleave',
    ...of,
    sessions: sum('sessions'),
    variants: called.map((variant, k) => {
      const side = k === 0 ? 'a' : 'b';
      return { variant, impressions: sum(`seen_${side}`), clicks: sum(side), wins: sum(`wins_${side}`) };
    }),
    ties: sum('sessions') - sum('wins_a') - sum('wins_b'),
    share: wilson(sum('wins_a'), sum('wins_a') + sum('wins_b')),
    p: signTest(sum('wins_a'), sum('wins_b')),
    ahead: ahead === undefined ? null : intervalOf(ahead),
    weighed: await weighed(db, called, (v) => `variant = ${literal(v)}`),
  };
}

/**
 * What the cards of a variant would bring if each were shown for certain, by inverse propensity: sums of r / propensity over all
 * sessions of the experiment (Horvitz and Thompson 1952), and the same over the sum of the weights (Swaminathan and Joachims, The
 * self-normalized estimator for counterfactual learning, NIPS 2015).
 */
async function weighed(
  db: Database,
  called: readonly string[],
  isOf: (variant: string) => string,
): Promise<Weighed[]> {
  const found: Weighed[] = [];
  for (const variant of called) {
    const own = isOf(variant);
    await db.run(`
      CREATE OR REPLACE TEMP TABLE weights AS
      SELECT session, '' AS variant,
             coalesce(sum(1 / propensity) FILTER (kind = 'click' AND ${own}), 0) AS clicked,
             coalesce(sum(1 / propensity) FILTER (kind = 'impression' AND ${own}), 0) AS seen
      FROM cards WHERE session IN (SELECT session FROM exposed) GROUP BY session`);
    const moments = await momentsOf(db, 'weights', [
      ['clicked', '1'],
      ['clicked', 'seen'],
    ]);
    const [ips, snips] = moments.map((by) => ratioOf(by.get('')!));
    const [size] = await rows(
      db,
      `SELECT max(1 / propensity)::DOUBLE AS largest, (sum(1 / propensity) ** 2 / sum((1 / propensity) ** 2))::DOUBLE AS effective
       FROM cards WHERE kind = 'impression' AND ${own}`,
    );
    found.push({
      variant,
      ips: ips === undefined ? null : intervalOf(ips),
      snips: snips === undefined ? null : intervalOf(snips),
      largestWeight: Number(size!['largest']),
      effective: Number(size!['effective']),
    });
  }
  return found;
}
