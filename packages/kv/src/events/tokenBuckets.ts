/** Clients that are remembered; of one that is forgotten the bucket is full again. */
const MOST = 100_000;

interface Bucket {
  readonly tokens: number;
  /** Unix seconds. */
  readonly time: number;
}

/**
 * A bucket of tokens for each client: it holds those of a minute, and fills as evenly as they are used up.
 *
 * @param perMinute tokens
 * @param now Unix seconds
 * @returns takes tokens, 1 to `perMinute`, of a client; 0 where it had them, else in how many seconds it will, and none is taken
 */
export function tokenBuckets(
  perMinute: number,
  now: () => number,
): (client: string, tokens: number) => number {
  const buckets = new Map<string, Bucket>();
  return (client, tokens) => {
    const time = now();
    const was = buckets.get(client) ?? { tokens: perMinute, time };
    const filled = Math.min(perMinute, was.tokens + (Math.max(0, time - was.time) * perMinute) / 60);
    // Whoever came last stands last: the first is the one that was silent longest.
    buckets.delete(client);
    buckets.set(client, { tokens: filled < tokens ? filled : filled - tokens, time });
    if (buckets.size > MOST) buckets.delete(buckets.keys().next().value!);
    return filled < tokens ? ((tokens - filled) * 60) / perMinute : 0;
  };
}
