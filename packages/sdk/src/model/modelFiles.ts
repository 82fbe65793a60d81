import { MANIFEST, type ReadFile } from '@evershelf/model';
import type { DeviceStore } from '../device/DeviceStore.ts';
import type { Network } from '../metadata/network.ts';

/** Most bytes of a manifest that are read: one of a million items has a tenth of that. */
const MANIFEST_BYTES = 2 ** 24;

/** The bytes of an artifact's files, by name. */
export type Files = Map<string, Uint8Array<ArrayBuffer>>;

/** Where the files of an artifact are: on the device, and on the network. */
export interface ModelFiles {
  /** Reads files that the device has into `files`; all of these are asked for at once. */
  fromDevice(names: readonly string[], files: Files): ReadFile;
  /** Reads each file once, into `files`, patiently or not. The manifest comes first. */
  fromNetwork(files: Files, isPatient?: boolean): ReadFile;
  /** Stores all files of an artifact, so that the device has a whole one or none. */
  keep(files: Files): Promise<unknown>;
}

/** @param folder URL of the artifact, ending in a slash */
export function modelFiles(
  folder: string,
  store: DeviceStore,
  network: Network,
  signal: AbortSignal,
): ModelFiles {
  /** A key for each file, so that the small ones do not wait for the large ones. */
  const key = (name: string): string => `model ${folder}${name}`;
  return {
    fromDevice(names, files) {
      const stored = store.read(names.map(key));
      return async (name) => {
        const bytes = (await stored)[names.indexOf(name)];
        if (!(bytes instanceof Uint8Array)) throw new Error(`${name} is not on the device`);
        files.set(name, bytes as Uint8Array<ArrayBuffer>);
        return bytes as Uint8Array<ArrayBuffer>;
      };
    },
    fromNetwork(files, isPatient) {
      // In the address it keeps caches on the way from mixing the files of two artifacts.
      let version: unknown;
      return async (name, most = MANIFEST_BYTES) => {
        const known = files.get(name);
        if (known !== undefined) return known;
        const isManifest = name === MANIFEST;
        const bytes = await network.get(
          folder + name + (isManifest ? '' : `?v=${(version ??= idOf(files.get(MANIFEST)!))}`),
          { signal, cache: isManifest ? 'no-cache' : 'default' },
          most,
          isPatient,
        );
        files.set(name, bytes);
        return bytes;
      };
    },
    keep: (files) => store.write(Array.from(files, ([name, bytes]) => [key(name), bytes])),
  };
}

/** The id that a manifest claims, which is JSON. */
function idOf(manifest: Uint8Array): unknown {
  return (JSON.parse(new TextDecoder().decode(manifest)) as { id?: unknown }).id;
}
