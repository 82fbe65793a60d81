/**
 * SHA-256 as 64 hex digits, by the platform's Web Crypto.
 *
 * @throws where the platform hides it: a page needs a secure context (https or localhost)
 */
export async function sha256(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  if (globalThis.crypto?.subtle === undefined) {
    throw new Error(
      'found no Web Crypto, wanted a secure context: serve the page over https or from localhost',
    );
  }
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
