/**
 * Settles when all has ended, and rejects then where one has failed, as the first of them did. Some pages have a `Promise` of before
 * `allSettled`.
 */
export async function allEnded(all: readonly Promise<unknown>[]): Promise<void> {
  const failures: unknown[] = [];
  await Promise.all(all.map((each) => each.catch((error: unknown) => failures.push(error))));
  if (failures.length > 0) throw failures[0];
}
