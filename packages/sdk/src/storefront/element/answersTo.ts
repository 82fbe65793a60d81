import type { Recommendation, RecommendOptions, Shelf } from '../../types.ts';

/** What the page's console was told: shelves are asked for again and again, and what is wrong is told once. */
const said = new Set<string>();

/**
 * All answers at once. Where one of the questions is refused, each is asked by itself; that one without its rules, and where it is
 * refused still, for whatever comes next.
 */
export async function answersTo(shelf: Shelf, asked: readonly RecommendOptions[]): Promise<Recommendation[]> {
  try {
    return await shelf.recommendAll(asked);
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    return Promise.all(asked.map((each) => answerTo(shelf, each)));
  }
}

async function answerTo(shelf: Shelf, asked: RecommendOptions): Promise<Recommendation> {
  const { rules: _rules, ...ruleless } = asked;
  for (const [each, instead] of [
    [asked, 'goes on without its rules'],
    [ruleless, 'shows whatever comes next'],
  ] as const)
    try {
      return await shelf.recommend(each);
    } catch (error) {
      if (!(error instanceof TypeError)) throw error;
      const message = `evershelf: ${error.message}; the shelf ${instead}`;
      if (!said.has(message)) console.warn(message);
      said.add(message);
    }
  return shelf.recommend({ k: asked.k ?? 8, exclude: asked.exclude ?? [] });
}
