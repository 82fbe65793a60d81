/**
 * Runs `work` for each of a list, at most `most` at once.
 *
 * @returns what each gave, in the list's order; where one rejects no more are started, and once those under way have ended it rejects
 *   with the first error, so that nothing goes on behind the back of a caller who tries again
 */
export async function eachOf<T, R>(
  list: readonly T[],
  most: number,
  work: (each: T) => Promise<R>,
): Promise<R[]> {
  const results: R[] = [];
  const errors: unknown[] = [];
  let next = 0;
  const runner = async (): Promise<void> => {
    while (next < list.length && errors.length === 0) {
      const place = next++;
      try {
        results[place] = await work(list[place]!);
      } catch (error) {
        errors.push(error);
      }
    }
  };
  await Promise.all(Array.from({ length: Math.min(most, list.length) }, runner));
  if (errors.length > 0) throw errors[0];
  return results;
}
