import type { Recommendation, RecommendOptions, Shelf } from '../../types.ts';

/** All answers at once; where one of the questions is refused, each by itself, and that one without its rules. */
export async function answersTo(shelf: Shelf, asked: readonly RecommendOptions[]): Promise<Recommendation[]> {
  try {
    return await shelf.recommendAll(asked);
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    return Promise.all(
      asked.map((each) =>
        shelf.recommend(each).catch((error: unknown) => {
          if (!(error instanceof TypeError)) throw error;
          console.warn(`evershelf: ${error.message}; the shelf goes on without its rules`);
          const { rules: _rules, ...plain } = each;
          return shelf.recommend(plain);
        }),
      ),
    );
  }
}
