import { LRUCache } from 'lru-cache';
import type { Representation } from './representation.ts';

interface Kept {
  readonly of: unknown;
  readonly answer: Promise<Representation>;
}

/** Bytes of the answers that are kept: uncompressed, with their names and what an entry takes beside both. */
const MOST = 64 * 1024 * 1024;
export const OVERHEAD = 1200;

/**
 * Keeps answers by name, so that each is made and compressed once for as long as it is `of` the same.
 *
 * @param most bytes that are kept, uncompressed; what nobody has asked for longest goes first
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
    else kept.set(name, { ...entry }, { size: OVERHEAD + name.length + made.size });
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
