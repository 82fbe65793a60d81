import { AMONG, type Ladder, type ScoreName, SCORES, STAGES, type Stage } from '../lab/ladder.ts';
import { count, lead, type Table } from './tables.ts';
import { titledTable } from './titledTable.ts';
import { withInterval } from './withInterval.ts';

/** What is known of every new item at a stage. */
const STAGE_NOTES: Readonly<Record<Stage, string>> = {
  root: 'nothing: the global default token',
  category: 'its category path: the unknown tokens and rows of its levels',
  attributes: 'its category and all its attributes',
  live: 'the same, and its live counters',
};

/** What ranks the items. */
const SCORE_NOTES: Readonly<Record<ScoreName, string>> = {
  content: '`deep` and `match` alone, weighted as in the mixed head, so that nothing but the ladder tells',
  whole: 'the mixed head with all signals; until `live` no event of a new item is counted',
};

/** The ladder as a Markdown document with two plots, `ladder-new.svg` and `ladder-all.svg`. */
export function ladderReport(ladder: Ladder): string {
  const [first, ...more] = ladderProtocol(ladder);
  const plots = [
    '![Recall@20 among the new items, by what is known of them](ladder-new.svg)',
    '![Recall@20 among all items, by what is known of the new ones](ladder-all.svg)',
  ];
  const tables = ladderTables(ladder).map((table) => titledTable(table, ':\n\n'));
  const notes = Object.entries({ ...SCORE_NOTES, ...STAGE_NOTES }).map(
    ([name, note]) => `- \`${name}\`: ${note}`,
  );
  return `# Is the ladder worth it?\n\n${[first, plots.join('\n'), ...tables, ...more, notes.join('\n')].join('\n\n')}\n`;
}

/** The same for a terminal. */
export function ladderText(ladder: Ladder): string {
  const tables = ladderTables(ladder).map((table) => titledTable(table, '\n'));
  return [...ladderProtocol(ladder), ...tables].join('\n\n');
}

/** What was judged, a paragraph an entry. */
function ladderProtocol({ protocol, scores }: Ladder): string[] {
  const { judged, items, cut, events, newItems, seeds } = protocol;
  const { attributes, category, root } = newItems;
  const left = STAGES.filter((stage) => !(stage in scores.whole.stages));
  return [
    `${count(judged)} events whose item is new, trained on the first ${count(cut)} of ${count(events)} events, seeds ${seeds.join(', ')}. ` +
      `Of ${count(items)} items ${count(attributes + category + root)} are new: ` +
      `of ${count(attributes)} training knows attributes, of ${count(category)} the category alone, of ${count(root)} nothing.` +
      (left.length === 0
        ? ''
        : ` No new item has a known ${left.join(' or ')}, so that rung would equal the one before it and is left out.`),
    `Intervals: ${protocol.intervals}.`,
  ];
}

function ladderTables({ scores }: Ladder): Table[] {
  const rows = SCORES.flatMap((score) =>
    Object.entries(scores[score].stages).map(([stage, recall]) => {
      const step = scores[score].steps.find(({ to }) => to === stage);
      return [score, stage, ...AMONG.flatMap((among) => [withInterval(recall[among]), lead(step?.[among])])];
    }),
  );
  const head = AMONG.flatMap((among) => [`among ${among} items`, 'ahead of the rung before']);
  return [{ title: 'Recall@20', head: ['score', 'known of new items', ...head], rows }];
}
