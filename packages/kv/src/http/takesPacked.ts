import { PACKED_PAGE } from '@evershelf/model';
import { weightsOf } from './weightsOf.ts';

/** Whether a client names packed pages among what it takes, and likes none other better. */
export function takesPacked(accepted: string | undefined): boolean {
  if (accepted === undefined) return false;
  const weights = weightsOf(accepted);
  const packed = weights.get(PACKED_PAGE) ?? 0;
  return packed > 0 && packed >= (weights.get('application/json') ?? 0);
}
