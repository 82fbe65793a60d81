import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { KEPT_PAIRS, MAX_PAIRS, pairWeight } from '../../packages/model/src/index.ts';
import { coarseError, LARGEST } from '../../packages/sdk/src/engines/cpu/coarseSteps.ts';
import { type Ablation, AMONG, type Part, PARTS } from '../../packages/trainer/src/lab/ablation.ts';
import { type Ladder, SCORES, STAGES } from '../../packages/trainer/src/lab/ladder.ts';
import { BESIDE, type FeedStart } from '../../packages/trainer/src/lab/feedStart.ts';
import { type RetrainingWindow, UPKEEP } from '../../packages/trainer/src/lab/retrainingWindow.ts';
import { TRAIN_DEFAULTS, type TrainOptions } from '../../packages/trainer/src/train/options.ts';
import { ablationCharts } from '../../packages/trainer/src/report/ablationCharts.ts';
import type { TableSize } from '../../packages/trainer/src/lab/tableSize.ts';
import { tableSizeReport } from '../../packages/trainer/src/report/tableSizeReport.ts';
import { ablationReport } from '../../packages/trainer/src/report/ablationReport.ts';
import { feedChart } from '../../packages/trainer/src/report/feedChart.ts';
import { feedReport } from '../../packages/trainer/src/report/feedReport.ts';
import { ladderCharts } from '../../packages/trainer/src/report/ladderCharts.ts';
import { ladderReport } from '../../packages/trainer/src/report/ladderReport.ts';
import { markdownTable } from '../../packages/trainer/src/report/markdownTable.ts';
import { windowCharts } from '../../packages/trainer/src/report/windowCharts.ts';
import { windowReport } from '../../packages/trainer/src/report/windowReport.ts';
import { markdownReport } from '../../packages/trainer/src/report/markdownReport.ts';
import type { Evaluation } from '../../packages/trainer/src/evaluate/evaluate.ts';
import type { StoresBench } from '../../packages/kv/test/stores/measureStores.ts';
import type { EngineBench } from '../bench/engine/EngineBench.ts';
import { enginePlots } from '../bench/engine/enginePlots.ts';
import { enginePage } from '../bench/engine/engineReport.ts';
import { autoByBest } from '../bench/engine/ratiosOf.ts';
import { DAY, HEADERS, PLACES, PRICES } from '../bench/kv/dayOf.ts';
import { dayReport } from '../bench/kv/dayReport.ts';
import type { KvBench } from '../bench/kv/KvBench.ts';
import { kvReport } from '../bench/kv/kvReport.ts';
import type { LoadBench } from '../bench/load/LoadBench.ts';
import { loadReport } from '../bench/load/loadReport.ts';
import { costsTable, sizesTable } from '../bench/storesTables.ts';
import { type FeedBench, feedTable } from '../bench/feed/feedReport.ts';
import type { VitalsBench } from '../bench/vitals/VitalsBench.ts';
import { vitalsReport } from '../bench/vitals/vitalsReport.ts';
import { type TrainerBench, trainerReport } from '../bench/trainerReport.ts';
import { pictures } from '../screenshots/pictures.ts';
import { reliabilityPage } from '../soak/reliabilityPage.ts';
import { tableOf } from '../tableOf.ts';

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

describe('docs/reliability.md', () => {
  it('is what the files beside it say', () => {
    expect(readFileSync('docs/reliability.md', 'utf8')).toBe(reliabilityPage());
  });
});

describe('docs/feed.md', () => {
  it('shows publications as they were measured', () => {
    const bench = JSON.parse(readFileSync('docs/bench/feed.json', 'utf8')) as FeedBench;
    const megabytes = (bytes: number): string => `${Math.round(bytes / 2 ** 20)} MB`;
    expect(readFileSync('docs/feed.md', 'utf8')).toContain(feedTable(bench));
    expect(proseOf('docs/feed.md')).toContain(
      `A feed of ${bench.items.toLocaleString('en')} items and ${megabytes(bench.bytes)}, ${megabytes(bench.packed)} packed, on ${bench.cores}`,
    );
  });
});

describe('docs/design.md', () => {
  it('says how many pairs of an item are kept, served and read, and what they weigh', () => {
    const page = proseOf('docs/design.md');
    expect(page).toContain(`at most ${KEPT_PAIRS}, and its ${MAX_PAIRS} strongest are served and read`);
    const [, from, to] = /\(n\(from\) \+ 0\.5\)\^([\d.]+) \(n\(to\) \+ 0\.5\)\^([\d.]+)/.exec(page)!;
    expect(pairWeight(3, 7, 11)).toBeCloseTo(3 / (7.5 ** Number(from) * 11.5 ** Number(to)), 10);
  });

  it('names the scripts that a page may fetch, each of them and no other', () => {
    const limits = JSON.parse(readFileSync('packages/sdk/package.json', 'utf8')) as {
      'size-limit': { path: string | string[] }[];
    };
    const files = limits['size-limit'].flatMap(({ path }) => path);
    const named = tableOf('docs/design.md', 'file of `dist/script`').map(([file]) => file);
    expect(named.toSorted()).toEqual(
      files.map((file) => `\`${file.replaceAll(/^dist\/script\/|-\*\.js$/g, '')}\``).toSorted(),
    );
  });
});

/** A page without its line breaks. */
function proseOf(file: string): string {
  return readFileSync(file, 'utf8').replaceAll(/\s+/g, ' ');
}

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

describe('docs/screenshots', () => {
  it('shows each picture that is taken, and has no other', () => {
    const names = pictures.map(({ name }) => `${name}.webp`).toSorted();
    const shown = readFileSync('docs/screenshots/README.md', 'utf8').matchAll(/\]\((\S+\.webp)\)/g);
    expect(Array.from(shown, ([, name]) => name).toSorted()).toEqual(names);
    const there = readdirSync('docs/screenshots').filter((name) => name.endsWith('.webp'));
    expect(there.toSorted()).toEqual(names);
  });
});

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

describe('docs/bench', () => {
  it('has the page of the trainer as it was measured', () => {
    const bench = JSON.parse(readFileSync('docs/bench/trainer.json', 'utf8')) as TrainerBench;
    expect(readFileSync('docs/bench/trainer.md', 'utf8')).toBe(trainerReport(bench));
  });

  it('has the sizes and costs of stores as they were measured', () => {
    const bench = JSON.parse(readFileSync('docs/bench/stores.json', 'utf8')) as StoresBench;
    const page = readFileSync('docs/stores.md', 'utf8');
    for (const table of [sizesTable(bench), costsTable(bench)]) expect(page).toContain(table.trim());
    expect(page).toContain(`${bench.items.toLocaleString('en')} items of ${bench.itemBytes} bytes`);
  });

  it.each(['engine', 'engine-node'])('has the page of the engines as it was measured: %s', (page) => {
    const bench = JSON.parse(readFileSync(`docs/bench/${page}.json`, 'utf8')) as EngineBench;
    for (const [name, content] of [[`${page}.md`, enginePage(bench)] as const, ...enginePlots(bench)])
      expect(readFileSync(`docs/bench/${name}`, 'utf8')).toBe(content);
  });

  it('has the page of Web Vitals as they were measured, and nothing that a shelf has shifted', () => {
    const bench = JSON.parse(readFileSync('docs/bench/vitals.json', 'utf8')) as VitalsBench;
    expect(readFileSync('docs/bench/vitals.md', 'utf8')).toBe(vitalsReport(bench));
    expect(bench.rows.filter(({ cls }) => cls > 0)).toEqual([]);
  });

  it('has the page of a load as it was measured', () => {
    const bench = JSON.parse(readFileSync('docs/bench/load.json', 'utf8')) as LoadBench;
    expect(readFileSync('docs/bench/load.md', 'utf8')).toBe(loadReport(bench));
  });

  it('has the page of the metadata service as it was measured, and quotes it in metadata.md', () => {
    const bench = JSON.parse(readFileSync('docs/bench/kv.json', 'utf8')) as KvBench;
    expect(readFileSync('docs/bench/kv.md', 'utf8')).toBe(kvReport(bench));
    const fresh = (store: string) => bench.freshness.find((row) => row.store === store)!;
    const lookup = (server: string, store: string) =>
      bench.rows.find((row) => row.server === server && row.store === store && row.call === 'items')!;
    const size = (items: number) => bench.sizes.find((row) => row.items === items)!;
    const second = (row: { requestsPerSecond: number }): string =>
      Math.round(row.requestsPerSecond).toLocaleString('en');
    const whole = (value: number): string => value.toFixed(0);
    const stores = ['lmdb', 'redis', 'redis-cluster', 'dynamodb'].map(fresh);
    const page = proseOf('docs/metadata.md');
    for (const said of [
      `${stores.map(({ p50Ms }) => whole(p50Ms)).join(', ')} ms with LMDB, Redis, Redis Cluster and DynamoDB Local`,
      `of a hundred the slowest takes ${stores.map(({ p99Ms }) => whole(p99Ms)).join(', ')} ms`,
      `${second(lookup('evershelf', 'lmdb'))} lookups of 24 items a second on LMDB and ${second(lookup('evershelf', 'redis'))} on Redis`,
      `webdis answers ${second(lookup('webdis', 'redis'))} from the same Redis`,
      `A million items are put in ${whole(size(1e6).loadSeconds)} s on LMDB`,
      `99 of 100 lookups take at most ${size(1e6).readP99Ms.toFixed(1)} ms`,
      `starts on them in ${(size(1e6).startMs / 1000).toFixed(1)} s and holds ${whole(size(1e6).memoryMB)} MB`,
    ])
      expect(page).toContain(said);
    const slowest = [lookup('evershelf', 'lmdb'), lookup('evershelf', 'redis'), lookup('webdis', 'redis')];
    expect(page).toContain(
      `The slowest of a hundred takes ${slowest
        .slice(0, 2)
        .map(({ p99Ms }) => p99Ms.toFixed(1))
        .join(', ')} and ${slowest[2]!.p99Ms.toFixed(1)} ms`,
    );
    expect(readFileSync('docs/metadata.md', 'utf8')).toContain(dayReport(bench.answers!));
  });

  it('says in metadata.md what the sums of a day are made of', () => {
    const { shoppers, newDevices, pages, shelves, cards, minutes, items, puts } = DAY;
    const page = proseOf('docs/metadata.md');
    const count = (value: number): string => Math.round(value).toLocaleString('en');
    for (const said of [
      `for ${shoppers / 1e6} million shoppers who open ${pages} pages with ${shelves} shelves of ${cards} cards each, in ${minutes} minutes`,
      `a shop of ${count(items)} items, of which ${puts} are put that day`,
      `P (1 - (1 - 1/P)^${puts})`,
      `with Brotli, ${HEADERS} of headers an answer`,
      `answers ${count((shoppers * pages * shelves) / 86_400)} of them a second on average`,
      `once a revision and place of the CDN (${PLACES} are counted)`,
      `at any moment ${count((shoppers * minutes) / 1440)} of these shoppers look at a page`,
      `CloudFront $${PRICES.requests.toFixed(2)} a million HTTPS requests and $${PRICES.gigabyte} a gigabyte`,
      `DynamoDB $${PRICES.readUnits} a million read request units on demand, bunny.net $${PRICES.flatGigabyte} a gigabyte`,
      `stands for some ${Math.round(items / 256)} items in a shop of ${count(items)}`,
    ])
      expect(page).toContain(said);
    expect(newDevices).toBe(1 / 5);
    expect(page).toContain('a fifth of them with a device that was never there');
  });

  it('quotes in performance.md what the bench of the engines measured', () => {
    const { rows, ratios, bounds } = JSON.parse(
      readFileSync('docs/bench/engine.json', 'utf8'),
    ) as EngineBench;
    const row = (engine: string, items: number, contexts: number) =>
      rows.find((each) => each.engine === engine && each.items === items && each.contexts === contexts)!;
    const ms = (...which: Parameters<typeof row>): string => `${row(...which).p50Ms.toFixed(1)} ms`;
    const slower = Math.max(...rows.map((each) => (each.items > 1000 ? (autoByBest(each, rows) ?? 0) : 0)));
    const page = proseOf('docs/performance.md');
    for (const said of [
      `A million items, one shopper: ${ms('cpu', 1e6, 1)} on the CPU`,
      `reading the bytes alone takes ${bounds.find(({ items }) => items === 1e6)!.p50Ms.toFixed(2)} ms`,
      `${ratios.bandwidth!.toFixed(1)} times the bound`,
      `other systems do takes ${ms('gatherDot', 1e6, 1)}`,
      `vectors of its own making ${ms('onnxWasm', 1e6, 1)}, an exact vector search ${ms('hnswlib', 1e6, 1)}`,
      `A hundred thousand items: ${ms('cpu', 1e5, 1)}, the slowest twentieth ${row('cpu', 1e5, 1).p95Ms.toFixed(1)} ms`,
      `takes ${ms('tfjsWasm', 1e5, 1)} with WebAssembly`,
      `${ms('cpu', 1e5, 48)} for 100,000 items, where ONNX Runtime takes ${ms('onnxWasm', 1e5, 48)}`,
      `and ${ms('cpu', 1e6, 48)} for a million, where it takes ${ms('onnxWasm', 1e6, 48)}`,
      `with 10,000 items ${ms('cpu', 1e4, 48)} stand against its ${ms('onnxWasm', 1e4, 48)}`,
      `up to ${ratios.auto!.toFixed(2)} times slower than the best of our engines, with a thousand items`,
      `where an answer takes ${ms('cpu', 1000, 1)}; with more it is ${slower.toFixed(2)} times at most`,
      `the error is ${coarseError(4, 64, 0)} steps of ${LARGEST}`,
    ])
      expect(page).toContain(said);
  });

  it('has the way from an empty clone to the first shelf, part by part, in docs/design.md', () => {
    const { cores, seconds } = JSON.parse(readFileSync('docs/bench/emptyClone.json', 'utf8')) as {
      cores: number;
      seconds: Record<string, number>;
    };
    const parts = Object.entries(seconds).map(([part, end], k, all) => [
      part,
      (end - (all[k - 1]?.[1] ?? 0)).toFixed(1),
    ]);
    const inAll = ['**in all**', Object.values(seconds).at(-1)!.toFixed(1)];
    const design = readFileSync('docs/design.md', 'utf8');
    expect(design).toContain(markdownTable(['part', 'seconds'], [...parts, inAll]));
    expect(design).toContain(`on ${cores} cores of a shared machine`);
    expect(cores).toBe(2);
    expect(proseOf('README.md')).toContain(
      `first shelf after [${Math.round(Object.values(seconds).at(-1)!)} seconds](docs/design.md#figures) on two cores`,
    );
  });
});
