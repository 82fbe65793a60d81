/**
 * Does work while no other tab does work of the same name. Where the browser has no locks, or refuses them, it is done at once.
 * The lock of a tab that goes away is free.
 */
export async function inTurn<T>(name: string, work: () => Promise<T>): Promise<T> {
  const { locks } = globalThis.navigator ?? {};
  if (locks === undefined) return await work();
  let began = false;
  try {
    return (await locks.request(name, () => {
      began = true;
      return work();
    })) as T;
  } catch (error) {
    // A frame without an origin of its own has locks that refuse.
    if (began) throw error;
    return await work();
  }
}
