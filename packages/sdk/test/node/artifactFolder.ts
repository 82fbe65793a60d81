import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeArtifact } from '@evershelf/model';
import { smallArtifact } from '../../../model/test/smallArtifact.ts';

/** Writes an artifact into a new folder. */
export async function artifactFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'evershelf-artifact-'));
  const { draft, parts } = smallArtifact();
  for (const [name, bytes] of await writeArtifact(draft, parts)) await writeFile(join(folder, name), bytes);
  return folder;
}
