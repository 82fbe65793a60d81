import type { Artifact } from '../../packages/model/src/index.ts';
import { checkItem } from '../../packages/model/src/index.ts';
import { rankerOf, type Ranker, type ShelfQuestion } from '../../packages/sdk/src/node/openRanker.ts';

/** When all is asked, Unix milliseconds. */
export const NOW = Date.UTC(2026, 10, 1);

/**
 * Asks for shelves of an artifact that was read: for strangers, by intent, for a shopper with a history.
 *
 * @throws where a shelf is longer than asked for, has an item twice or one that the shop has not, or a score that is no number
 */
export async function checkShelves(artifact: Artifact): Promise<void> {
  const ranker = rankerOf(artifact, { engine: 'cpu', now: () => NOW });
  const ids = [0, 1, 2]
    .map((i) => artifact.catalogue.ids.at(i))
    .filter((id) => id !== undefined && id !== '');
  const history = ids.map((item, k) => ({
    item: item!.slice(0, 256),
    kind: ['view', 'purchase', 'gone'][k]!,
    time: NOW - 1000 * (9 - k),
  }));
  const stranger = { id: 'nobody knows', category: ['Food', 'New'], price: 3 };
  await checkAnswers(ranker, artifact, [
    {},
    { k: 3, intent: 'discover', history },
    { k: 1000, intent: 'again', history },
    { k: 5, history, context: stranger, candidates: [stranger] },
  ]);
  ranker.close();
}

/** Asks, and looks at what is answered. @throws as `checkShelves`, and what `rankAll` throws */
export async function checkAnswers(
  ranker: Ranker,
  { catalogue }: Artifact,
  questions: readonly ShelfQuestion[],
): Promise<void> {
  const answers = await ranker.rankAll(questions);
  if (answers.length !== questions.length)
    throw new Error(`found ${answers.length} answers to ${questions.length} questions`);
  answers.forEach(({ items }, q) => {
    const { k = 8, candidates = [], context, history = [] } = questions[q]!;
    const handed = [...candidates, context, ...history.map(({ item }) => item)];
    const known = new Set(handed.map((item) => (typeof item === 'string' ? item : item?.id)));
    if (items.length > k) throw new Error(`found ${items.length} items, wanted at most ${k}`);
    if (new Set(items.map(({ item }) => item.id)).size !== items.length)
      throw new Error('found an item twice');
    for (const { item, score } of items) {
      if (!Number.isFinite(score)) throw new Error(`found score ${score} of ${item.id}`);
      // An id whose bytes are no text is one that nobody can ask for.
      if (!item.id || item.id.includes('\uFFFD')) continue;
      if (catalogue.find(item.id) === undefined && !known.has(item.id))
        throw new Error(`found ${JSON.stringify(item.id)}, which is no item of the shop`);
      checkItem(item);
    }
  });
}
