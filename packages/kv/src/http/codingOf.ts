import type { Coding } from './representation.ts';

/** Fewer bytes than these fit one packet as they are. */
const SMALL = 1024;

/**
 * The coding that an answer is sent in.
 *
 * @param accepted the request's Accept-Encoding
 * @param codings the first of these that the client takes is it
 * @param bytes how many the answer has uncompressed
 */
export function codingOf(accepted: string | undefined, codings: readonly Coding[], bytes: number): Coding {
  if (bytes < SMALL || accepted === undefined) return 'identity';
  const weights = new Map(
    accepted.split(',').map((each) => {
      const [name, ...parameters] = each.toLowerCase().split(';');
      const weight = parameters.map((text) => /^\s*q=([\d.]+)\s*$/.exec(text)?.[1]).find(Boolean);
      return [name!.trim(), Number(weight ?? 1)] as const;
    }),
  );
  return codings.find((coding) => (weights.get(coding) ?? 0) > 0) ?? 'identity';
}
