import type { Beside, FeedQuality, FeedStart } from '../lab/feedStart.ts';
import { LINES, OTHER, OWN, standalone } from './draw.ts';
import { lineChart } from './lineChart.ts';

/** Recall@20 by the days that a shop is open, as a file by its name. */
export function feedChart({ opened, beside }: FeedStart): [string, string] {
  const places = opened.map(({ days }) => `${days}`);
  const recall = (quality: FeedQuality | null): number | null => quality?.['recall@20'].mean ?? null;
  const flat = (name: Beside, colour: string) => ({
    name,
    colour,
    isOwn: false,
    values: places.map(() => recall(beside[name])),
  });
  const lines = [
    { name: 'feed', colour: OWN, isOwn: true, values: opened.map(({ feed }) => recall(feed)) },
    {
      name: 'trained on them',
      colour: LINES[1]!,
      isOwn: false,
      values: opened.map(({ trained }) => recall(trained)),
    },
    flat('trained', LINES[4]!),
    flat('contentKnn', LINES[2]!),
    flat('popularity', OTHER),
  ].filter(({ values }) => values.some((value) => value !== null));
  return [
    'feed-days.svg',
    standalone(lineChart(places, 'days open', lines), 'Recall@20 by the days that the shop is open'),
  ];
}
