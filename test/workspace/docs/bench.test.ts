import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { coarseError, LARGEST } from '../../../packages/sdk/src/engines/cpu/coarseSteps.ts';
import type { StoresBench } from '../../../packages/kv/test/stores/measureStores.ts';
import type { EngineBench } from '../../bench/engine/EngineBench.ts';
import { enginePlots } from '../../bench/engine/enginePlots.ts';
import { enginePage } from '../../bench/engine/engineReport.ts';
import { autoByBest } from '../../bench/engine/ratiosOf.ts';
import { DAY, HEADERS, PLACES, PRICES } from '../../bench/kv/dayOf.ts';
import { dayReport } from '../../bench/kv/dayReport.ts';
import type { KvBench } from '../../bench/kv/KvBench.ts';
import { kvReport } from '../../bench/kv/kvReport.ts';
import type { LoadBench } from '../../bench/load/LoadBench.ts';
import { loadReport } from '../../bench/load/loadReport.ts';
import { costsTable, sizesTable } from '../../bench/storesTables.ts';
import { type FeedBench, feedTable } from '../../bench/feed/feedReport.ts';
import type { VitalsBench } from '../../bench/vitals/VitalsBench.ts';
import { vitalsReport } from '../../bench/vitals/vitalsReport.ts';
import { type TrainerBench, trainerReport } from '../../bench/trainerReport.ts';
import { proseOf } from './proseOf.ts';

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
