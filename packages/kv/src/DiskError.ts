/**
 * A disk that does not take, or does not give back, what it should. What it was asked to write is not there, and what was there before is.
 * The message may be told to anyone: it names no place. `cause` does.
 */
export class DiskError extends Error {
  override readonly name = 'DiskError';
}
