import { AMONG, type Ladder, SCORES } from '../lab/ladder.ts';
import { OTHER, OWN, standalone } from './draw.ts';
import { intervalRows } from './intervalRows.ts';

/** Recall@20 by stage, among the new and among all items, as files by their names. */
export function ladderCharts({ scores }: Ladder): [string, string][] {
  return AMONG.map((among) => {
    const rows = SCORES.flatMap((score) =>
      Object.entries(scores[score].stages).map(([stage, recall]) => {
        const { mean, low, high } = recall[among];
        const colour = score === 'content' ? OTHER : OWN;
        return { name: `${score}, ${stage}`, colour, mean, low: low ?? mean, high: high ?? mean };
      }),
    );
    const unit = `Recall@20 among ${among} items`;
    return [`ladder-${among}.svg`, standalone(intervalRows(rows, unit), unit)];
  });
}
