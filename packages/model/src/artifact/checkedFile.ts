import { ArtifactError } from './ArtifactError.ts';
import type { Manifest } from './manifest.ts';
import { sha256 } from './sha256.ts';

/**
 * Hands over the bytes of a file of the artifact by its name, from wherever it is kept.
 *
 * @param most how many the manifest says that there are: more of them need not be read
 */
export type ReadFile = (name: string, most?: number) => Promise<Uint8Array<ArrayBuffer>>;

/**
 * The bytes of a file whose size and digest are those of the manifest.
 *
 * @param isChecked true where the digest was looked at before
 * @throws {ArtifactError}; whatever `read` throws
 */
export async function checkedFile(
  name: string,
  manifest: Manifest,
  read: ReadFile,
  isChecked = false,
): Promise<Uint8Array<ArrayBuffer>> {
  const wanted = manifest.files[name]!;
  const bytes = await read(name, wanted.bytes);
  if (bytes.length !== wanted.bytes)
    throw new ArtifactError(name, `${bytes.length} bytes`, `${wanted.bytes}`);
  if (isChecked) return bytes;
  const found = await sha256(bytes);
  if (found !== wanted.sha256) throw new ArtifactError(name, `SHA-256 ${found}`, wanted.sha256);
  return bytes;
}
