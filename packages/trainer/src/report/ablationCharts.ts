import { type Ablation, AMONG, type Part, PARTS } from '../lab/ablation.ts';
import { OWN, standalone } from './draw.ts';
import { intervalRows } from './intervalRows.ts';

/** NDCG@20 that each part of the score adds, over all and over new items, as files by their names. */
export function ablationCharts({ whole, worth }: Ablation): [string, string][] {
  return AMONG.filter((among) => whole[among] !== null).map((among) => {
    const rows = (Object.keys(PARTS) as Part[]).map((part) => ({
      name: part,
      colour: OWN,
      ...worth[part][among]!['ndcg@20'],
    }));
    const unit = `NDCG@20 that it adds, ${among} items`;
    return [`ablation-${among}.svg`, standalone(intervalRows(rows, unit), unit)];
  });
}
