import type { RetrainingWindow, Way } from '../lab/retrainingWindow.ts';
import { LINES, OTHER, OWN, standalone } from './draw.ts';
import { lineChart } from './lineChart.ts';

/** Recall@20 by week, as files by their names. */
export function windowCharts({ windows, upkeep }: RetrainingWindow): [string, string][] {
  const weeks = upkeep.weekly.byWeek.map((_, week) => `${week + 1}`);
  const chart = (
    file: string,
    label: string,
    ways: readonly (readonly [string, Way, string])[],
    of: 'all' | 'new',
  ): [string, string] => {
    const lines = ways.map(([name, { byWeek }, colour]) => ({
      name,
      colour,
      isOwn: colour === OWN,
      values: byWeek.map((week) => (week[of].n === 0 ? null : week[of]['recall@20'])),
    }));
    return [`window-${file}.svg`, standalone(lineChart(weeks, 'week after training', lines), label)];
  };
  const lengths = Object.entries(windows).map(
    ([length, way], k) =>
      [
        length === 'all' ? length : `${length} weeks`,
        way,
        length === 'all' ? OWN : LINES[k % LINES.length]!,
      ] as const,
  );
  const kept = [
    ['frozen', upkeep.frozen, OWN],
    ['weekly', upkeep.weekly, LINES[1]!],
    ['bare', upkeep.bare, OTHER],
  ] as const;
  return [
    chart('length', 'Recall@20 by week and length of the window', lengths.toReversed(), 'all'),
    chart('upkeep', 'Recall@20 by week, frozen or trained again', kept, 'all'),
    chart('new', 'Recall@20 by week where the next item is new', kept, 'new'),
  ];
}
