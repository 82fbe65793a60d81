import type { Cost } from '../lab/trainWindow.ts';
import { type RetrainingWindow, TARGETS, UPKEEP, type Upkeep, type Way } from '../lab/retrainingWindow.ts';
import { count, four, lead, type Table } from './tables.ts';
import { titledTable } from './titledTable.ts';

const UPKEEP_NOTES: Readonly<Record<Upkeep, string>> = {
  weekly: 'trained again before each week on everything before it',
  frozen: 'trained once and left; live counters move on, new items stand on the rung of their attributes',
  bare: 'trained once and left; counters stand still, new items stand on the global default token',
};

/** The experiment as a Markdown document with three plots, `window-length.svg`, `window-upkeep.svg` and `window-new.svg`. */
export function windowReport(found: RetrainingWindow): string {
  const [first, ...more] = windowProtocol(found);
  const plots = [
    '![Recall@20 by week, models trained on windows of different length](window-length.svg)',
    '![Recall@20 by week, retrained, frozen, and frozen without live attributes](window-upkeep.svg)',
    '![The same where the next item is new](window-new.svg)',
  ];
  const tables = windowTables(found).map((table) => titledTable(table, ':\n\n'));
  const notes = UPKEEP.map((way) => `- \`${way}\`: ${UPKEEP_NOTES[way]}`);
  return `# How often must it be retrained?\n\n${[first, plots.join('\n'), ...tables, notes.join('\n'), ...more].join('\n\n')}\n`;
}

/** The same for a terminal. */
export function windowText(found: RetrainingWindow): string {
  const tables = windowTables(found).map((table) => titledTable(table, '\n'));
  return [...windowProtocol(found), ...tables].join('\n\n');
}

/** What was judged, a paragraph an entry. */
function windowProtocol({ protocol, upkeep }: RetrainingWindow): string[] {
  const { judged, trained, weeks, cut, events, newItems, items, seeds, leftOut, intervals } = protocol;
  const judgedWeeks = upkeep.weekly.byWeek.length;
  return [
    `${count(judged)} events judged in the last ${judgedWeeks} of ${weeks} weeks; the ${trained} weeks before hold ${count(cut)} of ${count(events)} events. ` +
      `${count(newItems)} of ${count(items)} items come in the judged weeks. Seeds: ${seeds.join(', ')}.` +
      leftOut.map((length) => ` The log is too short for a window of ${length} weeks.`).join('') +
      (judgedWeeks === 1 ? ' In one judged week a frozen model is the retrained one.' : ''),
    `Intervals: ${intervals}. Rows are the events of the windows, seconds those of training, MB those of the artifacts with all items; each summed over the trainings of one seed.`,
  ];
}

function windowTables({ windows, upkeep }: RetrainingWindow): Table[] {
  const byLength = Object.fromEntries(
    Object.entries(windows).map(([length, way]) => [length === 'all' ? length : `${length} weeks`, way]),
  );
  return [
    qualityTable('Trained once, on windows of different length', 'window', byLength, 'all'),
    weekTable('Recall@20 by week, windows of different length (events)', 'window', byLength, 'all'),
    qualityTable('Frozen or trained again', 'model', upkeep, 'weekly'),
    weekTable('Recall@20 by week, frozen or trained again (events)', 'model', upkeep, 'all'),
    weekTable('The same where the next item is new (events)', 'model', upkeep, 'new'),
  ];
}

/** Quality beside cost, one way a row. */
function qualityTable(
  title: string,
  first: string,
  ways: Readonly<Record<string, Way>>,
  reference: string,
): Table {
  const figures = TARGETS.flatMap((of) => {
    const where = of === 'all' ? '' : ', new items';
    return [`Recall@20${where}`, `ahead of ${reference}`, `NDCG@20${where}`];
  });
  const cost = ({ trainings, rows, seconds, bytes }: Cost): string[] => [
    count(trainings),
    count(rows),
    seconds.toFixed(1),
    (bytes / 1e6).toFixed(1),
  ];
  return {
    title,
    head: [first, ...figures, 'trainings', 'rows', 'seconds', 'MB'],
    rows: Object.entries(ways).map(([name, way]) => [
      name,
      ...TARGETS.flatMap((of) => {
        const { n, ...quality } = way.quality[of];
        const ahead = way.ahead?.[of] ?? undefined;
        if (n === 0) return ['-', '', '-'];
        return [four(quality['recall@20']), lead(ahead?.['recall@20']), four(quality['ndcg@20'])];
      }),
      ...cost(way.cost),
    ]),
  };
}

/** Recall@20 week by week, one way a row. */
function weekTable(
  title: string,
  first: string,
  ways: Readonly<Record<string, Way>>,
  of: (typeof TARGETS)[number],
): Table {
  const [any] = Object.values(ways);
  return {
    title,
    head: [first, ...any!.byWeek.map((week, k) => `${k + 1} (${count(week[of].n)})`)],
    rows: Object.entries(ways).map(([name, { byWeek }]) => [
      name,
      ...byWeek.map((week) => (week[of].n === 0 ? '-' : four(week[of]['recall@20']))),
    ]),
  };
}
