import type { OverSeeds } from '../lab/overSeeds.ts';
import { four } from './tables.ts';

/** A mean with its interval, where there is one. */
export function withInterval({ mean, low, high }: Pick<OverSeeds, 'mean' | 'low' | 'high'>): string {
  return low === null || high === null ? four(mean) : `${four(mean)} [${four(low)}, ${four(high)}]`;
}
