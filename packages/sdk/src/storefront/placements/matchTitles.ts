import type { Item } from '@evershelf/model';
import { pacer } from '../../engines/breathe.ts';

/** Most items that are found: a shelf has few places. */
const MOST = 64;
/** Words from this length on may be off by a letter. */
const LONG = 5;
/** Shorter words say little, but for numbers. */
const SHORT = 3;

/**
 * Finds items by words of their titles, as a search does that has found nothing with all of them: some words are enough, their
 * beginnings too, and one letter may be wrong, missing or too many. Rare words count more. Lets the page in now and then.
 *
 * @returns ids of the items that match best, all about equally well, each with the words of its title that do, as they stand there
 */
export async function matchTitles(items: readonly Item[], text: string): Promise<Map<string, string>> {
  const wanted = [...new Set(wordsOf(text))].filter((word) => word.length >= SHORT || /\d/.test(word));
  if (wanted.length === 0) return new Map();
  const pace = pacer();
  /** For each word of a title, which of the wanted words it stands for, as bits. */
  const known = new Map<string, number>();
  const fits = new Uint32Array(items.length);
  const holders = wanted.map(() => 0);
  const used = wanted.slice(0, 31);
  for (const [i, { title = '' }] of items.entries()) {
    if (i % 256 === 0) await pace();
    let bits = 0;
    for (const word of wordsOf(title)) {
      let standsFor = known.get(word);
      if (standsFor === undefined) {
        standsFor = used.reduce((sum, want, w) => (isLike(word, want) ? sum | (1 << w) : sum), 0);
        known.set(word, standsFor);
      }
      bits |= standsFor;
    }
    fits[i] = bits;
    used.forEach((_, w) => {
      if (bits & (1 << w)) holders[w]!++;
    });
  }
  const worth = holders.map((count) => Math.log(1 + items.length / (1 + count)));
  const scores = Array.from(fits, (bits) =>
    worth.reduce((sum, each, w) => (bits & (1 << w) ? sum + each : sum), 0),
  );
  const best = scores.reduce((most, score) => Math.max(most, score), 0);
  if (best === 0) return new Map();
  const found = [...items.keys()]
    .filter((i) => scores[i]! >= 0.7 * best)
    .toSorted((a, b) => scores[b]! - scores[a]!)
    .slice(0, MOST)
    .map((i) => items[i]!);
  return new Map(found.map(({ id, title = '' }) => [id, matchedIn(title)]));

  function matchedIn(title: string): string {
    const words = title.match(/[\p{L}\p{M}\p{N}]+/gu) ?? [];
    return [...new Set(words)].filter((word) => wordsOf(word).some((plain) => known.get(plain))).join(' ');
  }
}

function wordsOf(text: string): string[] {
  const plain = text.normalize('NFKD').replaceAll(/\p{M}/gu, '').toLowerCase();
  return plain.match(/[\p{L}\p{N}]+/gu) ?? [];
}

function isLike(word: string, wanted: string): boolean {
  if (word === wanted) return true;
  if (Math.min(word.length, wanted.length) < SHORT) return false;
  if (word.startsWith(wanted)) return true;
  if (wanted.startsWith(word) && wanted.length - word.length <= 2) return true;
  return wanted.length >= LONG && isOneOff(word, wanted);
}

/** True where one letter makes the other word: another one, one more, one less, or two that changed places. */
function isOneOff(a: string, b: string): boolean {
  if (Math.abs(a.length - b.length) > 1) return false;
  let start = 0;
  while (start < a.length && a[start] === b[start]) start++;
  let [endA, endB] = [a.length, b.length];
  while (endA > start && endB > start && a[endA - 1] === b[endB - 1]) {
    endA--;
    endB--;
  }
  if (endA - start <= 1 && endB - start <= 1) return true;
  return endA - start === 2 && endB - start === 2 && a[start] === b[start + 1] && a[start + 1] === b[start];
}
