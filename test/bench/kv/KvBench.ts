import type { AnswerBytes } from './dayOf.ts';

/** What `pnpm bench kv` measured; parts that were not asked for are empty. */
export interface KvBench {
  /** When, as a date, and on how many cores. */
  readonly date: string;
  readonly cores: number;
  /** How many processes wanted a core during the lookups, the bench's own among them. */
  readonly busy: number;
  readonly runs: number;
  /** Of each measurement of a run. */
  readonly seconds: number;
  readonly connections: number;
  /** Items that are looked up. */
  readonly items: number;
  readonly rows: readonly LookupRow[];
  /** What answers take with Brotli; absent where nothing was looked up. */
  readonly answers?: AnswerBytes;
  readonly sizes: readonly SizeRow[];
  readonly freshness: readonly FreshnessRow[];
}

export const CALLS = ['items', 'items, 304', 'page', 'page, 304', 'changes'] as const;
export type Call = (typeof CALLS)[number];

/** Medians of several runs. */
export interface LookupRow {
  readonly server: 'evershelf' | 'webdis';
  readonly store: 'lmdb' | 'redis';
  /** `items`: 24 of them a request. */
  readonly call: Call;
  readonly requestsPerSecond: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  /** Processor time of the server for one request, in microseconds; of webdis with its share of Redis. */
  readonly cpuUs: number;
}

/** A shop on LMDB that is loaded, then opened anew. */
export interface SizeRow {
  readonly items: number;
  /** All items, in batches of 1,000, one after the other. */
  readonly loadSeconds: number;
  /** Of lookups of 24 items, one every 10 ms, meanwhile. */
  readonly readP50Ms: number;
  readonly readP99Ms: number;
  /** From the start of the process to its first answer, loading of the code included. */
  readonly startMs: number;
  /** Of the process after that, without the pages of the file that the system keeps in memory. */
  readonly memoryMB: number;
  readonly diskMB: number;
}

/** From the start of a PUT to the card on an open page. */
export interface FreshnessRow {
  readonly store: 'lmdb' | 'redis' | 'redis-cluster' | 'dynamodb';
  readonly upserts: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
}
