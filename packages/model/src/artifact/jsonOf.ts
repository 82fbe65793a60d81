import { ArtifactError } from './ArtifactError.ts';

/**
 * The JSON that some bytes are.
 *
 * @param file for the error
 * @throws {ArtifactError}
 */
export function jsonOf(file: string, bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)) as unknown;
  } catch {
    throw new ArtifactError(file, `${bytes.length} bytes that are no JSON`, 'an object');
  }
}
