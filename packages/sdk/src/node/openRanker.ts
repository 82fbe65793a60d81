import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Artifact, readArtifact } from '@evershelf/model';
import { answersOf } from '../answers.ts';
import { checkTracked } from '../checkOptions.ts';
import { NO_STORE } from '../device/DeviceStore.ts';
import { countsAsHad } from '../profile/countsAsHad.ts';
import { NO_PROFILE, type PastEvent, type Profile, withEvents } from '../profile/Profile.ts';
import { modelScoring } from '../scoring/modelScoring.ts';
import { placer } from '../scoring/placer.ts';
import { movedRows } from '../shop/movedRows.ts';
import { shopOf } from '../shop/shop.ts';
import type { EngineName, EngineStatus, Recommendation, RecommendOptions, TrackedEvent } from '../types.ts';
import { installDawn } from './installDawn.ts';

export interface RankerOptions {
  /** Folder of the artifact. */
  readonly model: string;
  /** `auto` (the default) starts on the CPU, measures both on the questions that come, and keeps the faster one. */
  readonly engine?: 'auto' | Exclude<EngineName, 'worker'>;
  /** Replaces the clock: Unix milliseconds; default `Date.now`. */
  readonly now?: () => number;
}

/** Something that a shopper did, and when. */
export interface HistoryEvent extends TrackedEvent {
  /** Unix milliseconds; events of one moment, such as the lines of a basket, share it. */
  readonly time: number;
}

/** A shelf for one shopper. */
export interface ShelfQuestion extends Omit<RecommendOptions, 'deadline' | 'rerank'> {
  /** What the shopper did, oldest first; default nothing. */
  readonly history?: readonly HistoryEvent[];
}

/** Ranks the shop for many shoppers, where there is no browser. */
export interface Ranker {
  /**
   * One shelf for each of the questions, in their order. The engine reads the shop once for all of them.
   *
   * @throws {TypeError} where an option is out of its range; the reason of the first `signal` that was aborted
   */
  rankAll(questions: readonly ShelfQuestion[]): Promise<Recommendation[]>;
  /** What ranks many questions at once now, and why. */
  engine(): EngineStatus;
  /** Ends the GPU device. `rankAll()` then rejects. */
  close(): void;
}

/**
 * Opens an artifact for batch work in Node: shelves for mails, lists to be stored, offline evaluation. The items are those of the
 * artifact and those that questions hand over. The GPU is Dawn's, of the package `webgpu`.
 *
 * @throws {ArtifactError} where the model cannot be used
 */
export async function openRanker({ model: folder, ...options }: RankerOptions): Promise<Ranker> {
  return rankerOf(await readArtifact((name) => readFile(join(folder, name))), options);
}

/** The same for an artifact that was read. */
export function rankerOf(
  artifact: Artifact,
  { engine = 'auto', now = Date.now }: Omit<RankerOptions, 'model'> = {},
): Ranker {
  const shop = shopOf(artifact);
  shop.learn(artifact.index, placer(artifact, shop.find), movedRows);
  const ended = new AbortController();
  const scoring = modelScoring(artifact.manifest, artifact, undefined, {
    wish: engine,
    store: NO_STORE,
    openWorker: () => Promise.reject(new Error('batch work has the thread to itself')),
    async openGpu() {
      await installDawn();
      return (await import('../engines/webgpu/webgpuEngine.ts')).webgpuEngine();
    },
    changed() {},
  });
  const profiles = new WeakMap<ShelfQuestion, Profile>();
  const { recommendAll } = answersOf({
    listing: artifact,
    shop,
    // Batch work takes its time.
    scoring: () => ({
      ...scoring,
      rank: (items, asks) =>
        scoring.rank(
          items,
          asks.map((ask) => ({ ...ask, until: Infinity })),
        ),
    }),
    soon: () => undefined,
    network: { offline: () => false },
    metadata: undefined,
    profile: (question) => profiles.get(question)!,
    now,
    signal: ended.signal,
  });
  return {
    async rankAll(questions) {
      for (const question of questions) profiles.set(question, profileOf(artifact, question.history ?? []));
      return recommendAll(questions);
    },
    engine: () => scoring.status().engines.many,
    close() {
      ended.abort(new DOMException('the ranker is closed', 'AbortError'));
      scoring.close();
    },
  };
}

/** What a model reads of a history. */
function profileOf({ manifest }: Artifact, history: readonly HistoryEvent[]): Profile {
  const moments: PastEvent[][] = [];
  for (const event of history) {
    const { time } = event;
    const before = moments.at(-1);
    if (!(time >= (before?.[0]!.time ?? 0)))
      throw new TypeError(`history: found time ${time}, wanted Unix milliseconds, the oldest event first`);
    const next: PastEvent = { ...checkTracked(event), time };
    if (before !== undefined && before[0]!.time === time) before.push(next);
    else moments.push([next]);
  }
  const counts = countsAsHad(manifest);
  return moments.reduce(
    (profile, events) => withEvents(profile, events, counts, manifest.frequencyHalfLife),
    NO_PROFILE,
  );
}
