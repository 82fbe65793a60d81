import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { type Ablation, AMONG, type Part, PARTS } from '../../../packages/trainer/src/lab/ablation.ts';
import { type Ladder, SCORES, STAGES } from '../../../packages/trainer/src/lab/ladder.ts';
import { BESIDE, type FeedStart } from '../../../packages/trainer/src/lab/feedStart.ts';
import { type RetrainingWindow, UPKEEP } from '../../../packages/trainer/src/lab/retrainingWindow.ts';
import { ablationCharts } from '../../../packages/trainer/src/report/ablationCharts.ts';
import type { TableSize } from '../../../packages/trainer/src/lab/tableSize.ts';
import { tableSizeReport } from '../../../packages/trainer/src/report/tableSizeReport.ts';
import { ablationReport } from '../../../packages/trainer/src/report/ablationReport.ts';
import { feedChart } from '../../../packages/trainer/src/report/feedChart.ts';
import { feedReport } from '../../../packages/trainer/src/report/feedReport.ts';
import { ladderCharts } from '../../../packages/trainer/src/report/ladderCharts.ts';
import { ladderReport } from '../../../packages/trainer/src/report/ladderReport.ts';
import { markdownTable } from '../../../packages/trainer/src/report/markdownTable.ts';
import { windowCharts } from '../../../packages/trainer/src/report/windowCharts.ts';
import { windowReport } from '../../../packages/trainer/src/report/windowReport.ts';

/** The results of an experiment that are kept, by data set. */
function measured<T>(experiment: string): [string, T][] {
  const folder = `docs/experiments/${experiment}`;
  return readdirSync(folder)
    .filter((name) => name.endsWith('.json'))
    .map((name) => [name.slice(0, -5), JSON.parse(readFileSync(`${folder}/${name}`, 'utf8')) as T]);
}

/** What a report folder should hold, by its files. */
const filesOf = {
  ablation: (found: Ablation) => [['report.md', ablationReport(found)] as const, ...ablationCharts(found)],
  feed: (found: FeedStart) => [['report.md', feedReport(found)] as const, feedChart(found)],
  ladder: (found: Ladder) => [['report.md', ladderReport(found)] as const, ...ladderCharts(found)],
  table: (found: TableSize) => [['report.md', tableSizeReport(found)] as const],
  window: (found: RetrainingWindow) => [['report.md', windowReport(found)] as const, ...windowCharts(found)],
};

const ablations = measured<Ablation>('ablation');
const feeds = measured<FeedStart>('feed');
const ladders = measured<Ladder>('ladder');
const tables = measured<TableSize>('table');
const windows = measured<RetrainingWindow>('window');
const signed = (value: number): string => `${value < 0 ? '' : '+'}${value.toFixed(4)}`;
const four = (value: number | undefined): string => value?.toFixed(4) ?? '-';

describe('docs/experiments', () => {
  it.each([
    ...ablations.map(([data, found]) => ({
      experiment: 'ablation',
      data,
      files: filesOf.ablation(found),
    })),
    ...feeds.map(([data, found]) => ({ experiment: 'feed', data, files: filesOf.feed(found) })),
    ...ladders.map(([data, found]) => ({ experiment: 'ladder', data, files: filesOf.ladder(found) })),
    ...windows.map(([data, found]) => ({ experiment: 'window', data, files: filesOf.window(found) })),
    ...tables.map(([data, found]) => ({ experiment: 'table', data, files: filesOf.table(found) })),
  ])('has the $experiment of $data as it was measured', ({ experiment, data, files }) => {
    for (const [name, content] of files)
      expect(readFileSync(`docs/experiments/${experiment}/${data}/${name}`, 'utf8')).toBe(content);
  });

  it.each(AMONG)('gives an overview of what each signal adds, %s items', (among) => {
    const parts = Object.keys(PARTS) as Part[];
    const rows = ablations
      .filter(([, { whole }]) => whole[among] !== null)
      .map(([data, { whole, worth }]) => [
        `[${data}](ablation/${data}/report.md)`,
        four(whole[among]!['ndcg@20'].mean),
        ...parts.map((part) => signed(worth[part][among]!['ndcg@20'].mean)),
      ]);
    expect(readFileSync('docs/experiments/ablation.md', 'utf8')).toContain(
      markdownTable(['data', 'NDCG@20', ...parts], rows),
    );
  });

  it.each(['new', 'all'] as const)('gives an overview of the ladders, among %s items', (among) => {
    const rows = ladders.flatMap(([data, { scores }]) =>
      SCORES.map((score) => [
        `[${data}](ladder/${data}/report.md)`,
        score,
        ...STAGES.map((stage) => four(scores[score].stages[stage]?.[among].mean)),
      ]),
    );
    expect(readFileSync('docs/experiments/ladder.md', 'utf8')).toContain(
      markdownTable(['data', 'score', ...STAGES], rows),
    );
  });

  it('gives an overview of shops that open with their feed alone', () => {
    const recall = (quality: FeedStart['beside']['trained'] | null): string =>
      four(quality?.['recall@20'].mean);
    const rows = feeds.flatMap(([data, { opened }]) =>
      opened.map(({ days, events, feed, trained }) => [
        `[${data}](feed/${data}/report.md)`,
        `${days}`,
        events.toLocaleString('en'),
        recall(feed),
        recall(trained),
      ]),
    );
    const page = readFileSync('docs/experiments/feed.md', 'utf8');
    expect(page).toContain(
      markdownTable(['data', 'days open', 'events before', 'feed', 'trained on them'], rows),
    );
    const overview = markdownTable(
      ['data', ...feeds[0]![1].opened.map(({ days }) => `feed, day ${days}`), ...BESIDE],
      feeds.map(([data, { opened, beside }]) => [
        `[${data}](experiments/feed/${data}/report.md)`,
        ...opened.map(({ feed }) => recall(feed)),
        ...BESIDE.map((name) => recall(beside[name])),
      ]),
    );
    expect(readFileSync('docs/feed.md', 'utf8')).toContain(overview);
  });

  it('gives an overview of the tables', () => {
    const rows = tables.flatMap(([data, { ways }]) =>
      ways.map(({ rows: size, numbers, itemsPerRow, bytes, quality }) => [
        `[${data}](table/${data}/report.md)`,
        size.toLocaleString('en'),
        numbers,
        itemsPerRow.toFixed(2),
        (bytes / 1e6).toFixed(2),
        four(quality['recall@20']),
        four(quality['ndcg@20']),
      ]),
    );
    expect(readFileSync('docs/experiments/table.md', 'utf8')).toContain(
      markdownTable(['data', 'rows', 'numbers', 'items a row', 'MB', 'Recall@20', 'NDCG@20'], rows),
    );
  });

  it('says what one to two items a row cost at most', () => {
    const losses = tables.flatMap(([, { ways }]) =>
      ways
        .filter(({ numbers, itemsPerRow }) => numbers === 'int8' && itemsPerRow >= 1 && itemsPerRow < 2)
        .map(({ lead }) => -lead['recall@20'].mean / ways[0]!.quality['recall@20']),
    );
    expect(losses).toHaveLength(tables.length);
    const most = (100 * Math.max(...losses)).toFixed(1);
    expect(readFileSync('docs/experiments/table.md', 'utf8')).toContain(
      `cost at most ${most} % of Recall@20`,
    );
  });

  it('gives an overview of the windows', () => {
    const rows = windows.flatMap(([data, { windows: lengths, upkeep }]) => {
      const ways = [
        ...Object.entries(lengths).map(
          ([name, way]) => [name === 'all' ? name : `${name} weeks`, way] as const,
        ),
        ...UPKEEP.map((name) => [name, upkeep[name]] as const),
      ];
      return ways.map(([name, { quality, cost }]) => [
        `[${data}](window/${data}/report.md)`,
        name,
        four(quality.all['recall@20']),
        quality.new.n === 0 ? '-' : four(quality.new['recall@20']),
        cost.rows.toLocaleString('en'),
        cost.seconds.toFixed(1),
        (cost.bytes / 1e6).toFixed(1),
      ]);
    });
    expect(readFileSync('docs/experiments/window.md', 'utf8')).toContain(
      markdownTable(['data', 'model', 'Recall@20', 'new items', 'rows', 'seconds', 'MB'], rows),
    );
  });

  it.each(['ablation', 'feed', 'ladder', 'table', 'window'])(
    'quotes no figure in %s.md that no JSON holds',
    (experiment) => {
      const page = readFileSync(`docs/experiments/${experiment}.md`, 'utf8');
      const reports = readdirSync(`docs/experiments/${experiment}`, { withFileTypes: true })
        .filter((entry) => entry.isDirectory())
        .map(({ name }) => readFileSync(`docs/experiments/${experiment}/${name}/report.md`, 'utf8'))
        .join('\n');
      const quoted = page.match(/\b0\.\d{2,}\b/g) ?? [];
      expect(quoted.filter((figure) => !reports.includes(figure))).toEqual([]);
    },
  );
});
