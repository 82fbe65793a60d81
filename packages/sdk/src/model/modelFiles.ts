import { MANIFEST, type ReadFile } from '@evershelf/model';
import type { DeviceStore } from '../device/DeviceStore.ts';
import type { Network, ReadBody } from '../metadata/network.ts';

/** The bytes of an artifact's files, by name. */
export type Files = Map<string, Uint8Array<ArrayBuffer>>;

/** Where the files of an artifact are: on the device, and on the network. */
export interface ModelFiles {
  /** Reads files that the device has into `files`; all of these are asked for at once. */
  fromDevice(names: readonly string[], files: Files): ReadFile;
  /** Reads each file once, into `files`, by `read` of its answer's body. The manifest comes first. */
  fromNetwork(files: Files, read?: ReadBody): ReadFile;
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
    fromNetwork(files, read) {
      // In the address it keeps caches on the way from mixing the files of two artifacts.
      let version: unknown;
      return async (name) => {
        const known = files.get(name);
        if (known !== undefined) return known;
        const bytes =
          name === MANIFEST
            ? await network.get(folder + name, { signal, cache: 'no-cache' }, read)
            : await network.get(
                `${folder}${name}?v=${(version ??= idOf(files.get(MANIFEST)!))}`,
                { signal },
                read,
              );
        files.set(name, bytes);
        return bytes;
      };
    },
    keep: (files) => store.write(Array.from(files, ([name, bytes]) => [key(name), bytes])),
  };
}

/** The id that a manifest claims, undefined where it has none: the artifact's reader says what is wrong with it. */
export function idOf(manifest: Uint8Array): unknown {
  try {
    return (JSON.parse(new TextDecoder().decode(manifest)) as { id?: unknown }).id;
  } catch {
    return undefined;
  }
}
