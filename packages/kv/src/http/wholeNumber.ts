import { RequestError } from './RequestError.ts';

/**
 * A whole number >= 0 of a request.
 *
 * @throws {RequestError}
 */
export function wholeNumber(text: string, name: string): number {
  if (!/^(0|[1-9]\d{0,14})$/.test(text))
    throw new RequestError(400, `found ${name} ${JSON.stringify(text)}, wanted a whole number >= 0`);
  return Number(text);
}
