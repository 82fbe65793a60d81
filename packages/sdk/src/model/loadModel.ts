import {
  FILES,
  type Learned,
  type Listing,
  MANIFEST,
  type ReadFile,
  readArtifact,
  readLearned,
  readListing,
} from '@evershelf/model';
import type { DeviceStore } from '../device/DeviceStore.ts';
import type { Network } from '../metadata/network.ts';

/** The bytes of an artifact's files, by name. */
type Files = Map<string, Uint8Array<ArrayBuffer>>;

/** A model in two stages: what the shop holds is here, what was learned is to be asked for. */
export interface LoadedModel {
  readonly listing: Listing;
  /** True where it came from the device. */
  readonly fromDevice: boolean;
  /**
   * Reads what was learned, from where the listing came. What came from the network is stored once all of it is here.
   *
   * @throws {ArtifactError} where it cannot be used; {NetworkError} where it cannot be had now
   */
  readLearned(): Promise<Learned>;
  /** Looks for a newer artifact and stores it for the next visit, where this one came from the device. */
  revalidate(): Promise<void>;
}

const LISTING_FILES = [MANIFEST, FILES.items, FILES.catalogue];
const LEARNED_FILES = [FILES.tables, FILES.edges];

/**
 * Loads the first stage of a model: from the device where it is there and whole, else from the network.
 *
 * @param folder URL of the artifact, ending in a slash
 * @throws {ArtifactError} where the artifact cannot be used; {NetworkError} where it cannot be had
 */
export async function loadModel(
  folder: string,
  store: DeviceStore,
  network: Network,
  signal: AbortSignal,
): Promise<LoadedModel> {
  const key = (name: string): string => `model ${folder}${name}`;
  /** A key for each file, so that the small ones do not wait for the large ones. */
  const fromDevice = (names: readonly string[]): ReadFile => {
    const stored = store.read(names.map(key));
    return async (name) => {
      const bytes = (await stored)[names.indexOf(name)];
      if (!(bytes instanceof Uint8Array)) throw new Error(`${name} is not on the device`);
      return bytes as Uint8Array<ArrayBuffer>;
    };
  };
  const fromNetwork = (files: Files): ReadFile => {
    const get = (name: string): Promise<Uint8Array<ArrayBuffer>> => {
      if (name === MANIFEST) return network.get(folder + name, { signal, cache: 'no-cache' });
      // The version in the address keeps caches on the way from mixing the files of two artifacts.
      return network.get(`${folder}${name}?v=${idOf(files.get(MANIFEST)!)}`, { signal });
    };
    return kept(files, get);
  };
  /** All files in one transaction: the device has a whole artifact or none. */
  const keep = (files: Files): Promise<void> =>
    store.write(Array.from(files, ([name, bytes]) => [key(name), bytes]));

  const files: Files = new Map();
  const stored = await readListing(kept(files, fromDevice(LISTING_FILES))).catch(() => undefined);
  signal.throwIfAborted();
  if (stored === undefined) files.clear();
  const listing = stored ?? (await readListing(fromNetwork(files)));
  const { manifest } = listing;

  return {
    listing,
    fromDevice: stored !== undefined,
    async readLearned() {
      // Another tab may have stored a newer artifact meanwhile.
      const known = stored && (await readLearned(fromDevice(LEARNED_FILES), manifest).catch(() => undefined));
      const learned = known ?? (await readLearned(fromNetwork(files), manifest));
      if (known === undefined) void keep(new Map(files));
      files.clear();
      return learned;
    },
    async revalidate() {
      if (stored === undefined) return;
      const newer: Files = new Map();
      const read = fromNetwork(newer);
      if (idOf(await read(MANIFEST)) === manifest.id) return;
      await readArtifact(read);
      await keep(newer);
    },
  };
}

/** Reads a file once, and keeps its bytes. */
function kept(files: Files, read: ReadFile): ReadFile {
  return async (name) => {
    const bytes = files.get(name) ?? (await read(name));
    files.set(name, bytes);
    return bytes;
  };
}

/** The id that a manifest claims; the artifact's reader says what is wrong with one that has none. */
function idOf(manifest: Uint8Array): string {
  try {
    return String((JSON.parse(new TextDecoder().decode(manifest)) as { id?: unknown }).id);
  } catch {
    return 'unknown';
  }
}
