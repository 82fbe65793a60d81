import { RequestError } from './RequestError.ts';

/** What was nearly a number; what else somebody tries is not repeated. */
const LIKELY = /^[\w.+-]{0,40}$/;

/**
 * A whole number >= 0 of a request.
 *
 * @throws {RequestError}
 */
export function wholeNumber(text: string, name: string): number {
  if (!/^(0|[1-9]\d{0,14})$/.test(text)) {
    const found = LIKELY.test(text) ? `"${text}"` : 'that is none';
    throw new RequestError(400, `found ${name} ${found}, wanted a whole number >= 0`);
  }
  return Number(text);
}
