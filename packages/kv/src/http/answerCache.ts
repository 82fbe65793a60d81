import { LRUCache } from 'lru-cache';
import type { Representation } from './representation.ts';

interface Kept {
  readonly of: unknown;
  readonly answer: Promise<Representation>;
}

/** Uncompressed bytes of the answers that are kept. */
const MOST = 64 * 1024 * 1024;

/**
 * Keeps answers by name, so that each is made and compressed once for as long as it is `of` the same.
 *
 * @param most uncompressed bytes that are kept; what nobody has asked for longest goes first
 */
export function answerCache(
  most = MOST,
): (name: string, of: unknown, make: () => Promise<Representation>) => Promise<Representation> {
  const kept = new LRUCache<string, Kept>({ maxSize: most });
  const measure = async (name: string, entry: Kept): Promise<void> => {
    const made = await entry.answer.catch(() => undefined);
    if (kept.peek(name) !== entry) return;
    if (made === undefined) kept.delete(name);
    // The cache weighs anew only what it takes for another entry.
    else kept.set(name, { ...entry }, { size: made.size });
  };
  return (name, of, make) => {
    const found = kept.get(name);
    if (found !== undefined && found.of === of) return found.answer;
    const entry: Kept = { of, answer: make() };
    kept.set(name, entry, { size: 1 });
    void measure(name, entry);
    return entry.answer;
  };
}
