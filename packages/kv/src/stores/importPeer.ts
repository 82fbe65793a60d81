import { ServiceError } from '../ServiceError.ts';

/**
 * Loads a package that only one kind of store needs, so that no other has to bring it.
 *
 * @param load imports it
 * @throws {ServiceError} where it is not installed
 */
export async function importPeer<T>(name: string, load: () => Promise<T>): Promise<T> {
  try {
    return await load();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ERR_MODULE_NOT_FOUND') throw error;
    throw new ServiceError(
      `${name}: found no such package, wanted it beside @evershelf/kv for this store, install it: npm install ${name}`,
    );
  }
}
