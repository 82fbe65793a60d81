import type { EventLog } from '../read/EventLog.ts';
import { featureNorms } from '../train/featureNorms.ts';
import type { ItemFeatures } from '../train/itemFeatures.ts';
import type { Method } from './Method.ts';

export interface ContentOptions {
  /** Latest events of a history that count. */
  readonly context: number;
  /** Weight that an event loses with each later moment. */
  readonly decay: number;
  /** True for the cosine of the two items' features, false for their scalar product. */
  readonly cosine: boolean;
}

/**
 * Ranks items by the features that they share with the latest items of the history, each worth its idf^2 (Salton and
 * Buckley 1988), those that nobody has had as well.
 */
export function contentKnn(of: ItemFeatures, { context, decay, cosine }: ContentOptions): Method {
  const { start, features, weight } = of;
  const items = start.length - 1;
  const scale = cosine ? featureNorms(of) : new Float32Array(items).fill(1);
  const wanted = new Float32Array(weight.length);
  return {
    observe() {},
    score({ histories, sequence }, out) {
      wanted.fill(0);
      for (const { item, age } of histories.latest(sequence, context)) {
        const worth = decay ** age * scale[item]!;
        for (let k = start[item]!; k < start[item + 1]!; k++) {
          const feature = features[k]!;
          wanted[feature] = wanted[feature]! + worth * weight[feature]!;
        }
      }
      for (let i = 0; i < items; i++) {
        let score = 0;
        for (let k = start[i]!; k < start[i + 1]!; k++) score += wanted[features[k]!]!;
        out[i] = score * scale[i]!;
      }
    },
  };
}

export interface RecentOptions {
  readonly days: number;
  /** Exponent of the recent events. */
  readonly power: number;
  /** Share of the best score that every item has: popularity decides where content says little. */
  readonly floor: number;
}

/** Stands for the events of an item that has had none lately. */
const LEAST_EVENTS = 0.1;
/** Ranks items by another method's score times their events of the last days. */
export function timesRecent(log: EventLog, method: Method, { days, power, floor }: RecentOptions): Method {
  const counts = new Uint32Array(log.itemIds.length);
  const factors = new Float32Array(log.itemIds.length).fill(LEAST_EVENTS ** power);
  const count = (item: number, change: number): void => {
    counts[item]! += change;
    factors[item] = (counts[item]! + LEAST_EVENTS) ** power;
  };
  let oldest = 0;
  return {
    observe(e) {
      method.observe(e);
      count(log.item[e]!, 1);
    },
    score(moment, out) {
      for (; log.time[oldest]! < moment.time - days * 86_400; oldest++) count(log.item[oldest]!, -1);
      method.score(moment, out);
      let best = 0;
      for (let i = 0; i < out.length; i++) best = Math.max(best, out[i]!);
      for (let i = 0; i < out.length; i++) out[i] = (out[i]! + floor * best) * factors[i]!;
    },
  };
}
