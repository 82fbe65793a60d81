/** Clients that are remembered; of one that is forgotten the bucket is full again. */
const MOST = 100_000;

interface Bucket {
  tokens: number;
  /** Unix seconds. */
  time: number;
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
    const found = buckets.get(client);
    const bucket = found ?? { tokens: perMinute, time };
    const filled = Math.min(perMinute, bucket.tokens + (Math.max(0, time - bucket.time) * perMinute) / 60);
    // Whoever came last stands last, to the second: the first is the one that was silent longest.
    if (found === undefined || Math.floor(time) !== Math.floor(bucket.time)) {
      buckets.delete(client);
      buckets.set(client, bucket);
      if (buckets.size > MOST) buckets.delete(buckets.keys().next().value!);
    }
    bucket.tokens = filled < tokens ? filled : filled - tokens;
    bucket.time = time;
    return filled < tokens ? ((tokens - filled) * 60) / perMinute : 0;
  };
}
