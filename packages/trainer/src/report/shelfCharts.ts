import type { Interval } from '../evaluate/bootstrap.ts';
import type { Group, Interleaving, Split } from '../measure/ShelfFigures.ts';
import { OTHER, OWN } from './draw.ts';
import { intervalRows } from './intervalRows.ts';
import { lineChart } from './lineChart.ts';

/** Characters of a name beside a row. */
const NAME_LENGTH = 16;

const RATE = 'clicks an impression, %';

/** A chart with what it shows. */
type Chart = readonly [caption: string, svg: string];

/** CTR by shelf or model. */
export function rateChart(of: string, groups: readonly Group[]): Chart {
  return [`CTR by ${of}, 95 % intervals`, rates(groups)];
}

/** CTR over positions or days. */
export function curveChart(axis: string, groups: readonly Group[]): Chart {
  return [`CTR by ${axis}, 95 % intervals`, curve(groups, axis)];
}

/** Impressions over days. */
export function impressionsChart(axis: string, groups: readonly Group[]): Chart {
  const values = groups.map(({ impressions }) => impressions);
  return [
    `Impressions by ${axis}`,
    lineChart(
      groups.map(({ name }) => name),
      axis,
      [{ name: 'impressions', values, colour: OWN, isOwn: true }],
    ),
  ];
}

/** What the variants of an experiment brought, and what they are ahead by. */
export function experimentCharts(experiment: Split | Interleaving): Chart[] {
  if (experiment.kind === 'interleave') {
    const [first] = experiment.variants;
    const row = { name: first!.variant, ...inPercent(experiment.share), colour: OWN };
    return [
      [`Sessions that ${first!.variant} won, 50 % where neither is better`, rows([row], 'sessions won, %')],
    ];
  }
  const { arms } = experiment;
  const byVariant = arms.flatMap(({ variant, outcomes: { rate } }, k) =>
    rate === null ? [] : [{ name: variant, ...inPercent(rate), colour: k === 0 ? OTHER : OWN }],
  );
  const ahead = arms.slice(1).flatMap(({ variant, ahead }) => {
    const clicks = ahead!.clicks;
    return clicks === null ? [] : [{ name: variant, ...clicks, colour: OWN }];
  });
  return [
    ['CTR by variant, 95 % intervals by session', rows(byVariant, RATE)],
    [`Ahead of ${arms[0]!.variant}, 0 where there is no difference`, rows(ahead, 'clicks a session')],
  ];
}

function rates(groups: readonly Group[]): string {
  return rows(
    groups.map(({ name, rate }) => ({ name, ...inPercent(rate), colour: OWN })),
    RATE,
  );
}

function rows(of: Parameters<typeof intervalRows>[0], unit: string): string {
  const named = of.map((row) => ({
    ...row,
    name: row.name.length > NAME_LENGTH ? `${row.name.slice(0, NAME_LENGTH - 1)}…` : row.name,
  }));
  return intervalRows(named, unit);
}

/** CTR over places in a row, with the bounds of its intervals. */
function curve(groups: readonly Group[], axis: string): string {
  const of = (bound: keyof Interval): number[] => groups.map(({ rate }) => inPercent(rate)[bound]);
  return lineChart(
    groups.map(({ name }) => name),
    axis,
    [
      { name: 'CTR, %', values: of('mean'), colour: OWN, isOwn: true },
      { name: '95 %', values: of('high'), colour: OTHER, isOwn: false },
      { name: '95 %', values: of('low'), colour: OTHER, isOwn: false },
    ],
  );
}

function inPercent({ mean, low, high }: Interval): Interval {
  return { mean: 100 * mean, low: 100 * low, high: 100 * high };
}
