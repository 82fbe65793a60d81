import { type Artifact, FILES, MANIFEST, readArtifact } from '@evershelf/model';
import type { DeviceStore } from '../device/DeviceStore.ts';
import type { Network } from '../metadata/network.ts';

/** The bytes of an artifact's files, by name. */
type Files = Readonly<Record<string, Uint8Array<ArrayBuffer>>>;

export interface LoadedModel {
  readonly artifact: Artifact;
  /** True where it came from the device. */
  readonly fromDevice: boolean;
  /** Looks for a newer artifact and stores it for the next visit, where this one came from the device. */
  revalidate(): Promise<void>;
}

/**
 * Loads the artifact: from the device where it is there and whole, else from the network, to be stored.
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
  const key = `model ${folder}`;
  const download = async (): Promise<{ files: Files; artifact: Artifact }> => {
    const files = await fetchFiles(folder, network, signal);
    return { files, artifact: await readFiles(files) };
  };
  const [stored] = await store.read([key]);
  const kept = await readFiles(stored as Files).catch(() => undefined);
  signal.throwIfAborted();
  if (kept !== undefined) {
    return {
      artifact: kept,
      fromDevice: true,
      async revalidate() {
        if (idOf(await fetchManifest(folder, network, signal)) === kept.manifest.id) return;
        await store.write([[key, (await download()).files]]);
      },
    };
  }
  const { files, artifact } = await download();
  void store.write([[key, files]]);
  return { artifact, fromDevice: false, revalidate: async () => {} };
}

async function fetchFiles(folder: string, network: Network, signal: AbortSignal): Promise<Files> {
  const manifest = await fetchManifest(folder, network, signal);
  // The version in the address keeps caches on the way from mixing the files of two artifacts.
  const version = idOf(manifest);
  const names = Object.values(FILES);
  const bodies = await Promise.all(
    names.map((name) => network.get(`${folder}${name}?v=${version}`, { signal })),
  );
  return { [MANIFEST]: manifest, ...Object.fromEntries(names.map((name, k) => [name, bodies[k]!])) };
}

function fetchManifest(
  folder: string,
  network: Network,
  signal: AbortSignal,
): Promise<Uint8Array<ArrayBuffer>> {
  return network.get(folder + MANIFEST, { signal, cache: 'no-cache' });
}

/** The id that a manifest claims; the artifact's reader says what is wrong with one that has none. */
function idOf(manifest: Uint8Array): string {
  try {
    return String((JSON.parse(new TextDecoder().decode(manifest)) as { id?: unknown }).id);
  } catch {
    return 'unknown';
  }
}

function readFiles(files: Files | undefined): Promise<Artifact> {
  return readArtifact(async (name) => {
    const bytes = files?.[name];
    if (!(bytes instanceof Uint8Array)) throw new Error(`${name} is not on the device`);
    return bytes;
  });
}
