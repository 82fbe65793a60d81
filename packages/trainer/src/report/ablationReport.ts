import { MEASURES } from '../evaluate/measures.ts';
import { type Ablation, AMONG, type Part, PARTS } from '../lab/ablation.ts';
import { count, lead, type Table } from './tables.ts';
import { titledTable } from './titledTable.ts';
import { withInterval } from './withInterval.ts';

/** The ablation as a Markdown document with two plots, `ablation-all.svg` and `ablation-new.svg`. */
export function ablationReport(ablation: Ablation): string {
  const [first, ...more] = protocolOf(ablation);
  const plots = AMONG.filter((among) => ablation.whole[among] !== null).map(
    (among) => `![NDCG@20 that each part of the score adds, ${among} items](ablation-${among}.svg)`,
  );
  const tables = tablesOf(ablation).map((table) => titledTable(table, ':\n\n'));
  return `# What does each signal add?\n\n${[first, plots.join('\n'), ...tables, ...more].join('\n\n')}\n`;
}

/** The same for a terminal. */
export function ablationText(ablation: Ablation): string {
  return [...protocolOf(ablation), ...tablesOf(ablation).map((table) => titledTable(table, '\n'))].join(
    '\n\n',
  );
}

function protocolOf({ protocol }: Ablation): string[] {
  const { judged, items, cut, events, seeds, intervals } = protocol;
  return [
    `${count(judged.all)} events judged among ${count(items)} items, and ${count(judged.new)} of items that come after training ` +
      `among such alone; trained on the first ${count(cut)} of ${count(events)} events, seeds ${seeds.join(', ')}. ` +
      'Heads are fitted once with all signals and once without each part of them.',
    `Intervals: ${intervals}.`,
  ];
}

const TITLES = { all: 'All items', new: 'Items that come after training, among themselves' } as const;

function tablesOf({ whole, worth }: Ablation): Table[] {
  return AMONG.flatMap((among) => {
    const own = whole[among];
    if (own === null) return [];
    const parts = (Object.keys(PARTS) as Part[]).map((part) => [
      `${part} adds`,
      ...MEASURES.map((measure) => lead(worth[part][among]![measure])),
    ]);
    return [
      {
        title: TITLES[among],
        head: ['', 'Recall@20', 'NDCG@20'],
        rows: [['the whole score', ...MEASURES.map((measure) => withInterval(own[measure]))], ...parts],
      },
    ];
  });
}
