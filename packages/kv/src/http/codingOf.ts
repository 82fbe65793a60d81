import type { Coding } from './representation.ts';
import { weightsOf } from './weightsOf.ts';

/** Fewer bytes than these fit one packet as they are. */
const SMALL = 1024;

/**
 * The coding that an answer is sent in: the one that the client likes best.
 *
 * @param accepted the request's Accept-Encoding
 * @param codings of those that it likes as much, the first of these is it
 * @param bytes how many the answer has uncompressed
 */
export function codingOf(accepted: string | undefined, codings: readonly Coding[], bytes: number): Coding {
  if (bytes < SMALL || accepted === undefined) return 'identity';
  const weights = weightsOf(accepted);
  let best: Coding = 'identity';
  let most = 0;
  for (const coding of codings) {
    const weight = weights.get(coding) ?? 0;
    if (weight > most) [best, most] = [coding, weight];
  }
  return best;
}
