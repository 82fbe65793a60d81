import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { TRAIN_DEFAULTS, type TrainOptions } from '../../../packages/trainer/src/train/options.ts';
import { markdownReport } from '../../../packages/trainer/src/report/markdownReport.ts';
import type { Evaluation } from '../../../packages/trainer/src/evaluate/evaluate.ts';
import { tableOf } from '../../tableOf.ts';

const DATA = ['online-retail', 'completejourney', 'steam', 'sessions', 'movielens'] as const;

const evaluationOf = (data: string): Evaluation =>
  JSON.parse(readFileSync(`docs/evaluation/${data}.json`, 'utf8')) as Evaluation;

describe('docs/evaluation', () => {
  it.each(DATA)('has the table of %s as it was measured', (data) => {
    expect(readFileSync(`docs/evaluation/${data}.md`, 'utf8')).toBe(markdownReport(evaluationOf(data)));
  });

  it('gives an overview of all', () => {
    const rows = DATA.flatMap((data) =>
      Object.entries(evaluationOf(data).methods).map(([name, { all, coldOnly }]) => {
        const figures = [all['recall@20'], all['ndcg@20'], all['mrr@20'], coldOnly['recall@20']];
        return [`[${data}](${data}.md)`, name, ...figures.map((figure) => figure.toFixed(4))];
      }),
    );
    expect(tableOf('docs/evaluation/README.md', 'data')).toEqual(rows);
  });

  it.each(DATA)('measured %s with the edges that a training takes by itself', (data) => {
    const { edges } = evaluationOf(data).methods['evershelf']!.options as Partial<TrainOptions>;
    expect(edges).toBe(TRAIN_DEFAULTS.edges);
  });
});
