import { shown } from '@evershelf/model';

/** @throws {TypeError} naming the option, what was found and what was wanted */
export function refuse(option: string, found: unknown, wanted: string): never {
  throw new TypeError(`${option}: found ${shown(found)}, wanted ${wanted}`);
}
