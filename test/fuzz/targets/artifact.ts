import * as fc from 'fast-check';
import { ArtifactError } from '../../../packages/model/src/index.ts';
import { manifestBytes } from '../../../packages/model/src/artifact/manifest.ts';
import { readArtifact, readPairs } from '../../../packages/model/src/artifact/readArtifact.ts';
import { sha256 } from '../../../packages/model/src/artifact/sha256.ts';
import { editedJson } from '../arbitraries.ts';
import { checkShelves } from '../checkShelves.ts';
import { readerOf, smallFiles } from '../smallShop.ts';
import type { OpenTarget } from '../Target.ts';
import { editedTensors } from '../tensors.ts';
import { bytesOf, jsonOf } from '../texts.ts';

const MANIFEST = 'manifest.json';

/**
 * A whole artifact, from its bytes to a shelf. Whoever can change its files can sign them as well: sizes and digests are those of the
 * files, unless the manifest says others.
 *
 * An input is the manifest without them, then each file, each behind its length.
 */
export const artifact: OpenTarget = async () => {
  const files = await smallFiles();
  const names = [...files.keys()].filter((name) => name !== MANIFEST);
  const {
    files: _files,
    sha256: _sha256,
    ...manifest
  } = jsonOf(files.get(MANIFEST)!) as Record<string, unknown>;
  return {
    reads: 'an artifact, down to the shelves that it gives',
    most: 16_384,
    drawn: fc
      .tuple(
        fc.oneof(fc.constant(manifest), editedJson(manifest)),
        ...names.map((name) =>
          fc.oneof({ weight: 3, arbitrary: fc.constant(files.get(name)!) }, editedTensors(files.get(name)!)),
        ),
      )
      .map(([json, ...parts]) => packed([bytesOf(JSON.stringify(json) ?? ''), ...parts])),
    async run(input) {
      const [head = new Uint8Array(), ...parts] = unpacked(input);
      const said = jsonOf(head);
      const own = new Map(names.map((name, k) => [name, parts[k] ?? new Uint8Array()]));
      const digests: Record<string, unknown> = {};
      for (const [name, bytes] of own) digests[name] = { bytes: bytes.length, sha256: await sha256(bytes) };
      const isObject = typeof said === 'object' && said !== null && !Array.isArray(said);
      own.set(MANIFEST, isObject ? await manifestBytes({ files: digests, ...said }) : head);
      const read = readerOf(own);
      try {
        const artifact = await readArtifact(read);
        const pairs = await readPairs(read, artifact.manifest).catch(refused);
        pairs?.each(0, () => {});
        await checkShelves(artifact);
      } catch (error) {
        refused(error);
      }
    },
  };
};

function refused(error: unknown): undefined {
  if (!(error instanceof ArtifactError)) throw error;
}

function packed(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, { length }) => sum + 4 + length, 0));
  let at = 0;
  for (const part of parts) {
    new DataView(whole.buffer).setUint32(at, part.length, true);
    whole.set(part, at + 4);
    at += 4 + part.length;
  }
  return whole;
}

/** The parts of an input; the last one is cut off where it is too short. */
function unpacked(input: Uint8Array): Uint8Array<ArrayBuffer>[] {
  const view = new DataView(input.buffer, input.byteOffset, input.length);
  const parts: Uint8Array<ArrayBuffer>[] = [];
  for (let at = 0; at + 4 <= input.length;) {
    const length = view.getUint32(at, true);
    parts.push(Uint8Array.from(input.subarray(at + 4, at + 4 + length)));
    at += 4 + length;
  }
  return parts;
}
