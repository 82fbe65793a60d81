import type { FeedStart } from '../lab/feedStart.ts';
import { LINES, OTHER, OWN, standalone } from './draw.ts';
import { lineChart } from './lineChart.ts';

/** Recall@20 by the days that a shop is open, as a file by its name. */
export function feedChart({ opened, beside }: FeedStart): [string, string] {
  const places = opened.map(({ days }) => `${days}`);
  const flat = (value: number): number[] => places.map(() => value);
  const lines = [
    { name: 'feed', colour: OWN, isOwn: true, values: opened.map(({ feed }) => feed['recall@20'].mean) },
    {
      name: 'trained on them',
      colour: LINES[1]!,
      isOwn: false,
      values: opened.map(({ trained }) => trained?.['recall@20'].mean ?? null),
    },
    { name: 'trained', colour: LINES[4]!, isOwn: false, values: flat(beside.trained['recall@20'].mean) },
    {
      name: 'contentKnn',
      colour: LINES[2]!,
      isOwn: false,
      values: flat(beside.contentKnn['recall@20'].mean),
    },
    { name: 'popularity', colour: OTHER, isOwn: false, values: flat(beside.popularity['recall@20'].mean) },
  ];
  return [
    'feed-days.svg',
    standalone(lineChart(places, 'days open', lines), 'Recall@20 by the days that the shop is open'),
  ];
}
