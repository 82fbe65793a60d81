import type { Recommendation, RecommendOptions, Shelf } from '../../types.ts';

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
  const { k = 8, exclude = [] } = asked;
  for (const [each, instead] of [
    [asked, 'the shelf goes on without its rules'],
    [ruleless, 'the shelf shows whatever comes next'],
  ] as const)
    try {
      return await shelf.recommend(each);
    } catch (error) {
      if (!(error instanceof TypeError)) throw error;
      console.warn(`evershelf: ${error.message}; ${instead}`);
    }
  return shelf.recommend({ k, exclude });
}
