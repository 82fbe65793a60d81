import { createHash } from 'node:crypto';

/** SHA-256 of what JSON carries of a value: the same content has the same one. */
export function digestOf(value: object): string {
  return createHash('sha256').update(JSON.stringify(value)).digest('base64url');
}
