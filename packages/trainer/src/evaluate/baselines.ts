import type { Item, Schema } from '@evershelf/model';
import type { EventLog } from '../read/EventLog.ts';
import { sequenceItems } from '../read/sequenceItems.ts';
import { type Baseline, type BaselineName, cached, combinations, type Phase } from './Baseline.ts';
import type { ContextOptions } from './contextItems.ts';
import { itemFeatures } from '../train/itemFeatures.ts';
import { contentKnn, type ContentOptions, timesRecent } from './contentKnn.ts';
import { ease, easeWeights } from './ease.ts';
import { ials, ialsModel } from './ials.ts';
import { interactions } from './interactions.ts';
import type { Within } from './Within.ts';
import { itemKnn, similarities, type SimilarityOptions } from './itemKnn.ts';
import type { Method } from './Method.ts';
import { personalFrequency } from './personalFrequency.ts';
import { popularity, recentPopularity, trend } from './popularity.ts';
import { remembered } from './remembered.ts';
import { sessionIndex, vmisKnn } from './vmisKnn.ts';

/** Items of EASE, whose time grows with the third power, while its options are chosen and at the end. */
const EASE_ITEMS = { early: 1000, late: 4000 };
/** Items of iALS, each of which is compared with the folded-in history at every event. */
const IALS_ITEMS = 8000;
/** Size of iALS. */
const IALS = { early: { factors: 64, sweeps: 3 }, late: { factors: 128, sweeps: 5 } };

/** The baselines that a log has what they need for: all options in one place. */
export function baselines(log: EventLog, items: readonly Item[], schema: Schema): Baseline[] {
  const size = log.itemIds.length;
  const list: Baseline[] = [];
  const add = <T extends object>(
    name: BaselineName,
    grid: readonly T[],
    prepare: (until: number, phase: Phase) => (options: T) => Method,
  ): void => {
    list.push({
      name,
      grid,
      prepare: (until, phase) => {
        const make = prepare(until, phase);
        return (at) => make(grid[at]!);
      },
    });
  };

  add('popularity', [{}], (until) => () => popularity(log, until));
  add(
    'recentPopularity',
    combinations({ days: [1, 3, 7, 14, 30, 60] }),
    () => (options) => recentPopularity(log, options),
  );
  add(
    'trend',
    combinations({ halfLife: [0.5, 1, 2, 5, 10, 20, 40] }),
    () => (options) => trend(log, options),
  );
  const had = sequenceItems(log);
  add(
    'personalFrequency',
    combinations({ halfLife: [15, 30, 60, 90, 180, 360] }),
    () => (options) => personalFrequency(log, had, options),
  );

  const latest = combinations({ context: [5, 50], decay: [1, 0.8] });
  const context: ContextOptions[] = [...latest, { context: 'all', decay: 1 }];
  if (schema.length > 0) {
    const features = itemFeatures(items.slice(0, size), schema);
    const make = (options: ContentOptions): Method => contentKnn(features, options);
    add('contentKnn', combinations({ context: [5, 50], decay: [1, 0.8], cosine: [false, true] }), () => make);
    const content = combinations({ context: [50], decay: [1], cosine: [false, true] });
    const recent = combinations({ content, days: [3, 7, 30], power: [0.5, 1], floor: [0.001, 0.1, 1] });
    add('contentRecent', recent, () => {
      const shared = cached((options: ContentOptions) => remembered(make(options), size));
      return (options) => timesRecent(log, shared(options.content), options);
    });
  }

  const isSession = log.sequenceKind === 'session';
  const similarity: SimilarityOptions[] = [
    ...combinations({ within: ['session'] as const, damping: [0, 1], power: [0.5, 0.2] }),
    ...(isSession ? [] : combinations({ within: ['history'] as const, damping: [1], power: [0.5, 0.2] })),
  ];
  add('itemKnn', combinations({ similarity, fold: latest }), (until) => {
    const similar = cached((options: SimilarityOptions) => similarities(log, until, options));
    return (options) => itemKnn(log, until, similar(options.similarity), options.fold);
  });
  const within: Within[] = isSession ? ['session'] : ['session', 'history'];
  const votes = combinations({
    within,
    sessions: [500],
    neighbours: [100, 500],
    context: [50],
    decay: [1, 0.8],
    damping: [0, 0.5],
  });
  const index = cached((within: Within) => sessionIndex(log, within));
  for (const live of [false, true]) {
    add(
      live ? 'vmisKnnLive' : 'vmisKnn',
      votes,
      (until) => (options) => vmisKnn(log, live ? log.count : until, index(options.within), options),
    );
  }

  const user: Within = isSession ? 'session' : 'history';
  const loss = [
    { unobserved: 0.003, regularisation: 0.003 },
    { unobserved: 0.03, regularisation: 0.003 },
    { unobserved: 0.2, regularisation: 0.003 },
    { unobserved: 0.1, regularisation: 0.03 },
  ];
  add('ials', combinations({ loss, fold: context }), (until, phase) => {
    const had = interactions(log, until, user, IALS_ITEMS);
    const model = cached((options: (typeof loss)[number]) => ialsModel(had, { ...IALS[phase], ...options }));
    return (options) => ials(had, model(options.loss), options.fold);
  });
  add('ease', combinations({ within, lambda: [100, 300, 1000], fold: context }), (until, phase) => {
    const model = cached(({ within, lambda }: { within: Within; lambda: number }) => {
      const had = interactions(log, until, within, EASE_ITEMS[phase]);
      return { had, weights: easeWeights(had, lambda) };
    });
    return ({ within, lambda, fold }) => {
      const { had, weights } = model({ within, lambda });
      return ease(had, weights, fold);
    };
  });
  return list;
}
