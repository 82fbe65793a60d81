import { ServiceError } from '../ServiceError.ts';

/**
 * What `work` promises, or an error where it fails or takes too long; then it goes on with nobody waiting.
 *
 * @param failed makes the error, given what happened
 */
export async function within<T>(
  work: Promise<T>,
  milliseconds: number,
  failed: (reason: string) => ServiceError,
): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('time is up')), milliseconds);
  });
  try {
    return await Promise.race([work, late]);
  } catch (error) {
    if (error instanceof ServiceError) throw error;
    throw failed(error instanceof Error ? error.message : String(error));
  } finally {
    clearTimeout(timer);
  }
}
