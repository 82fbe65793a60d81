/**
 * SHA-256 as 64 hex digits, by the platform's Web Crypto.
 *
 * @throws where the platform hides it: a page needs a secure context (https or localhost)
 */
export async function sha256(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  const subtle = globalThis.crypto?.subtle;
  if (subtle === undefined) throw new Error('found no Web Crypto, wanted a page from https or localhost');
  const digest = new Uint8Array(await subtle.digest('SHA-256', bytes));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
