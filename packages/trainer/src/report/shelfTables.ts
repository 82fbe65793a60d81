import type { Interval } from '../evaluate/bootstrap.ts';
import type { Group, Interleaving, Outcome, ShelfFigures, Split, Weighed } from '../measure/ShelfFigures.ts';
import { count, plus, type Table } from './tables.ts';

/** Rows of a table of groups, and of a chart that names them. */
const MOST_ROWS = 30;
const MOST_NAMED = 12;
/** Shares of sessions are believed unless they are as improbable as this. */
const MISMATCH = 0.001;

const OUTCOME_NAMES: Readonly<Record<Outcome, string>> = {
  clicks: 'clicks a session',
  rate: 'clicks an impression',
  carts: 'carts a session, from the shelf',
  purchases: 'purchases a session, from the shelf',
  buyers: 'sessions that bought anything',
};

/** `3.21 %`. */
export function percent(share: number): string {
  return `${(100 * share).toFixed(2)} %`;
}

/** A side of what shelves have shown: its tables, and of which figures its charts are. */
export interface Section {
  readonly title: string;
  readonly tables: readonly Table[];
  readonly charts:
    | { readonly of: 'rate' | 'curve' | 'days'; readonly by: string; readonly groups: readonly Group[] }
    | { readonly of: 'experiment'; readonly experiment: Split | Interleaving }
    | { readonly of: 'nothing' };
}

/** All sides of what shelves have shown, in the order of a report. */
export function shelfSections(figures: ShelfFigures): Section[] {
  const { shelves, positions, days, daysEach, models, experiments } = figures;
  const each = daysEach === 1 ? 'day' : 'week';
  const by = (
    title: string,
    of: 'rate' | 'curve' | 'days',
    name: string,
    groups: readonly Group[],
    kept: Kept,
  ): Section => ({
    title,
    tables: [groupTable(title, name, groups, kept)],
    charts: { of, by: name, groups: of === 'rate' ? ends[kept](groups, MOST_NAMED) : groups },
  });
  return [
    by('By shelf', 'rate', 'shelf', shelves, 'first'),
    by('By position', 'curve', 'position', positions, 'first'),
    by(daysEach === 1 ? 'By day (UTC)' : 'By week (of Monday, UTC)', 'days', each, days, 'last'),
    by('By model', 'rate', 'model', models, 'last'),
    ...experiments.map((experiment): Section => ({
      title: `Experiment ${experiment.name} on ${experiment.shelves.join(', ')}`,
      tables: experiment.kind === 'split' ? splitTables(experiment) : interleavingTables(experiment),
      charts: { of: 'experiment', experiment },
    })),
    { title: 'Coverage and what was taken', tables: [coverageTable(figures)], charts: { of: 'nothing' } },
    { title: 'Is the log sound?', tables: [checksTable(figures)], charts: { of: 'nothing' } },
  ];
}

/** Which groups are shown where they are too many: of what comes by its time the last. */
type Kept = 'first' | 'last';
const ends: Readonly<Record<Kept, (groups: readonly Group[], most: number) => readonly Group[]>> = {
  first: (groups, most) => groups.slice(0, most),
  last: (groups, most) => groups.slice(-most),
};

function groupTable(title: string, first: string, groups: readonly Group[], kept: Kept): Table {
  const shown = ends[kept](groups, MOST_ROWS);
  return {
    title:
      shown.length < groups.length ? `${title}, the ${kept} ${MOST_ROWS} of ${count(groups.length)}` : title,
    head: [first, 'impressions', 'clicks', 'CTR', '95 %', 'carts', 'purchases', 'sessions'],
    rows: shown.map(({ name, impressions, clicks, rate, carts, purchases, sessions }) => [
      name,
      count(impressions),
      count(clicks),
      percent(rate.mean),
      `${percent(rate.low)} to ${percent(rate.high)}`,
      count(carts),
      count(purchases),
      count(sessions),
    ]),
  };
}

function splitTables({ name, arms, weighed, mixed, ratio }: Split): Table[] {
  const [first] = arms;
  const outcomes = Object.keys(OUTCOME_NAMES) as Outcome[];
  const valueOf = (outcome: Outcome, interval: Interval | null): string => {
    if (interval === null) return '-';
    return isShare(outcome) ? percent(interval.mean) : interval.mean.toFixed(4);
  };
  return [
    {
      title: `Experiment ${name}: sessions by variant`,
      head: ['variant', 'sessions', 'share', 'wanted', 'impressions'],
      rows: [
        ...arms.map(({ variant, sessions, impressions }, k) => [
          variant,
          count(sessions),
          percent(sessions / arms.reduce((sum, arm) => sum + arm.sessions, 0)),
          ratio.wanted === null ? '-' : percent(ratio.wanted[k]!),
          count(impressions),
        ]),
        ...(mixed > 0 ? [['more than one, left out', count(mixed), '', '', '']] : []),
      ],
    },
    {
      title: `Experiment ${name}: outcomes`,
      head: [
        'outcome',
        ...arms.map(({ variant }) => variant),
        ...arms.slice(1).map(({ variant }) => `${variant} ahead of ${first!.variant}`),
      ],
      rows: outcomes.map((outcome) => [
        OUTCOME_NAMES[outcome],
        ...arms.map((arm) => valueOf(outcome, arm.outcomes[outcome])),
        ...arms.slice(1).map((arm) => signed(outcome, arm.ahead![outcome])),
      ]),
    },
    ...weighedTable(name, weighed),
  ];
}

function interleavingTables({
  name,
  variants,
  sessions,
  ties,
  share,
  p,
  ahead,
  weighed,
}: Interleaving): Table[] {
  const [first, second] = variants;
  return [
    {
      title: `Experiment ${name}: interleaved`,
      head: ['variant', 'impressions', 'clicks', 'CTR', 'sessions won'],
      rows: [
        ...variants.map(({ variant, impressions, clicks, wins }) => [
          variant,
          count(impressions),
          count(clicks),
          percent(clicks / Math.max(1, impressions)),
          count(wins),
        ]),
        ['neither', '', '', '', count(ties)],
      ],
    },
    {
      title: `Experiment ${name}: who is preferred`,
      head: ['figure', 'value', '95 %'],
      rows: [
        [
          `sessions that ${first!.variant} won, of those without a tie`,
          percent(share.mean),
          `${percent(share.low)} to ${percent(share.high)}`,
        ],
        ['probability of that where neither is better (sign test)', probability(p), ''],
        [
          `clicks a session that ${first!.variant} is ahead of ${second!.variant} by`,
          ahead === null ? '-' : plus(ahead.mean),
          ahead === null ? '' : `${plus(ahead.low)} to ${plus(ahead.high)}`,
        ],
        ['sessions', count(sessions), ''],
      ],
    },
    ...weighedTable(name, weighed),
  ];
}

function weighedTable(name: string, weighed: readonly Weighed[]): Table[] {
  if (weighed.length === 0) return [];
  return [
    {
      title: `Experiment ${name}: by inverse propensity`,
      head: [
        'variant',
        'clicks a session (IPS)',
        '95 %',
        'clicks an impression (SNIPS)',
        '95 %',
        'largest weight',
        'effective impressions',
      ],
      rows: weighed.map(({ variant, ips, snips, largestWeight, effective }) => [
        variant,
        ips === null ? '-' : ips.mean.toFixed(4),
        ips === null ? '' : `${ips.low.toFixed(4)} to ${ips.high.toFixed(4)}`,
        snips === null ? '-' : percent(snips.mean),
        snips === null ? '' : `${percent(snips.low)} to ${percent(snips.high)}`,
        largestWeight.toFixed(1),
        count(Math.round(effective)),
      ]),
    },
  ];
}

function coverageTable({ coverage, all, taken }: ShelfFigures): Table {
  const { seen, of, topTenth } = coverage;
  const share = (part: number, whole: number): string => (whole === 0 ? '-' : percent(part / whole));
  return {
    title: 'Coverage and what was taken',
    head: ['figure', 'value', 'share'],
    rows: [
      ['items seen on a shelf', count(seen), of === null ? '-' : `${share(seen, of)} of ${count(of)}`],
      ['impressions of the tenth of them that was seen most', '', percent(topTenth)],
      ['carts from a shelf', count(all.carts), `${share(all.carts, taken.carts)} of ${count(taken.carts)}`],
      [
        'purchases from a shelf',
        count(all.purchases),
        `${share(all.purchases, taken.purchases)} of ${count(taken.purchases)}`,
      ],
    ],
  };
}

function checksTable({ checks, experiments, all }: ShelfFigures): Table {
  const { withoutSession, clicksUnseen, incomplete, mostOfSession } = checks;
  const good = (isGood: boolean, else_: string): string => (isGood ? 'good' : else_);
  const splits = experiments.filter((experiment) => experiment.kind === 'split');
  return {
    title: 'Is the log sound?',
    head: ['check', 'found', 'verdict'],
    rows: [
      [
        'impressions and clicks without a session',
        count(withoutSession),
        good(withoutSession === 0, 'left out of experiments'),
      ],
      [
        'clicks on what the session was not shown',
        count(clicksUnseen),
        good(clicksUnseen <= all.clicks / 100, 'more than one of a hundred: impressions are lost'),
      ],
      [
        'of an experiment, without a variant or a propensity in (0, 1]',
        count(incomplete),
        good(incomplete === 0, 'left out of experiments'),
      ],
      [
        'most impressions of one session',
        count(mostOfSession),
        good(mostOfSession <= 1000, 'more than 1,000: a robot?'),
      ],
      ...splits.map(ratioCheck),
    ],
  };
}

function ratioCheck({ name, arms, ratio: { test } }: Split): string[] {
  const check = `sessions by variant of ${name}`;
  if (test !== null)
    return [
      `${check}, chi-square against the shares of the propensities`,
      `${test.statistic.toFixed(2)}, p ${probability(test.p)}`,
      test.p >= MISMATCH ? 'good' : 'SAMPLE RATIO MISMATCH: believe no outcome of it',
    ];
  const [only, other] = arms;
  return [
    check,
    '-',
    other === undefined
      ? `${only!.variant} alone was seen: there is nothing to compare it with`
      : 'unknown: the propensities do not say the shares',
  ];
}

function isShare(outcome: Outcome): boolean {
  return outcome === 'rate' || outcome === 'buyers';
}

/** What is ahead, with its interval; shares in points of a hundred. */
function signed(outcome: Outcome, interval: Interval | null): string {
  if (interval === null) return '-';
  const sign = (value: number): string =>
    isShare(outcome) ? `${value < 0 ? '' : '+'}${(100 * value).toFixed(2)}` : plus(value);
  return `${sign(interval.mean)} [${sign(interval.low)}, ${sign(interval.high)}]${isShare(outcome) ? ' points' : ''}`;
}

function probability(p: number): string {
  return p < 0.0001 ? 'below 0.0001' : p.toFixed(4);
}
