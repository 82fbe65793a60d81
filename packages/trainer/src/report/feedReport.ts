import { BESIDE, type FeedQuality, type FeedStart } from '../lab/feedStart.ts';
import { MEASURES } from '../evaluate/measures.ts';
import { count, type Table } from './tables.ts';
import { titledTable } from './titledTable.ts';
import { withInterval } from './withInterval.ts';

const NOTES = [
  '- `feed`: a model of the items alone; the service has counted events and pairs since the shop opened.',
  '- `trained on them`: a model that is trained on those days, with the same counts.',
  '- `random`: any order. `popularity`: what sold in the training part. `contentKnn`: attributes shared with the history, tuned on the last tenth of the training part. `trained`: trained on the whole training part, with counts and histories since the log begins.',
];

/** The experiment as a Markdown document with a plot, `feed-days.svg`. */
export function feedReport(found: FeedStart): string {
  const [first, ...more] = protocolOf(found);
  const tables = tablesOf(found).map((table) => titledTable(table, ':\n\n'));
  const plot = '![Recall@20 by the days that the shop is open](feed-days.svg)';
  return `# What is a shop worth that has its feed alone?\n\n${[first, plot, ...tables, NOTES.join('\n'), ...more].join('\n\n')}\n`;
}

/** The same for a terminal. */
export function feedText(found: FeedStart): string {
  return [...protocolOf(found), ...tablesOf(found).map((table) => titledTable(table, '\n'))].join('\n\n');
}

function protocolOf({ protocol }: FeedStart): string[] {
  const { judged, openings, items, cut, events, seed, intervals } = protocol;
  return [
    `${count(judged)} events of ${openings} days after the first ${count(cut)} of ${count(events)} events are judged among ${count(items)} items, seed ${seed}. ` +
      'The shop opens some days before each of them, and anew each time; what passes on the day is counted as it passes, and a history begins when the shop opens.',
    `Intervals: ${intervals}.`,
  ];
}

function tablesOf({ opened, beside }: FeedStart): Table[] {
  return [
    {
      title: 'A shop that opened some days ago',
      head: [
        'days open',
        'events before',
        'feed, Recall@20',
        'feed, NDCG@20',
        'trained on them, Recall@20',
        'NDCG@20',
      ],
      rows: opened.map(({ days, events, feed, trained }) => [
        `${days}`,
        count(events),
        ...cells(feed),
        ...(trained === null ? ['-', '-'] : cells(trained)),
      ]),
    },
    {
      title: 'Beside it',
      head: ['method', 'Recall@20', 'NDCG@20'],
      rows: BESIDE.flatMap((name) => (beside[name] === null ? [] : [[name, ...cells(beside[name])]])),
    },
  ];
}

function cells(quality: FeedQuality): string[] {
  return MEASURES.map((measure) => withInterval(quality[measure]));
}
