import type { OverSeeds } from '../lab/overSeeds.ts';
import { four } from './tables.ts';

/** A mean with its interval over seeds, where there are several. */
export function withInterval({ mean, low, high }: OverSeeds): string {
  return low === null || high === null ? four(mean) : `${four(mean)} [${four(low)}, ${four(high)}]`;
}
