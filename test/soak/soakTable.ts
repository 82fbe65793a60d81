import { markdownTable } from '../../packages/trainer/src/report/markdownTable.ts';
import type { Soak } from './Soak.ts';

/** All that a soak found as one table, a line a row, and below it what did not hold. */
export function soakTable(soak: Soak): string {
  const rows = Object.entries(soak).flatMap(([part, run]) => run.rows.map((row) => ({ part, row })));
  const table = markdownTable(
    ['part', 'held', 'seconds', 'what', 'found'],
    rows.map(({ part, row }) => [
      part,
      row.broken.length === 0 ? 'yes' : 'NO',
      row.seconds.toFixed(0),
      row.subject,
      Object.entries(row.figures)
        .map(([name, value]) => `${name} ${figure(value)}`)
        .join(', '),
    ]),
  );
  const broken = rows.flatMap(({ part, row }) =>
    row.broken.map((what) => `${part}, ${row.subject}: ${what}`),
  );
  return [table, ...broken].join('\n');
}

/** A figure as it is shown: whole, or with two digits behind the point. */
export function figure(value: number): string {
  return value.toLocaleString('en', { maximumFractionDigits: Number.isInteger(value) ? 0 : 2 });
}
