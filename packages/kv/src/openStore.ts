import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ServiceError } from './ServiceError.ts';
import { dynamodbStore } from './stores/dynamodb/dynamodbStore.ts';
import { lmdbStore } from './stores/lmdb/lmdbStore.ts';
import { memoryStore } from './stores/memoryStore.ts';
import { redisStore } from './stores/redis/redisStore.ts';
import type { Store } from './stores/Store.ts';

/** What an address can be, and which options may stand behind its question mark. */
const WANTED =
  'memory, lmdb:FOLDER, redis://HOST:PORT, rediss://HOST:PORT, redis-cluster://HOST:PORT,HOST:PORT, dynamodb://TABLE or module:FILE';
const REDIS_OPTIONS = ['prefix', 'replicas', 'patience'];
const DYNAMODB_OPTIONS = ['region', 'endpoint', 'createTable'];

/**
 * Opens the store that an address names: `memory`; `lmdb:FOLDER`; `redis://`, `rediss://`, `redis-cluster://` or `rediss-cluster://`
 * with `?prefix=`, `replicas=`, `patience=` behind; `dynamodb://TABLE` with `?region=`, `endpoint=`, `createTable=false`; or
 * `module:FILE`, a module whose default export opens a store of any other kind.
 *
 * @throws {ServiceError} where the address makes no sense, or nothing answers there
 */
export async function openStore(address: string): Promise<Store> {
  const [place, options] = splitOptions(address);
  const scheme = /^[a-z-]+/.exec(place)?.[0];
  const rest = place.slice((scheme ?? '').length);
  if (place === 'memory') return memoryStore();
  if (scheme === 'lmdb' && /^:./.test(rest)) return await lmdbStore(join(rest.slice(1), 'items.mdb'));
  if (scheme === 'module' && /^:./.test(rest)) return await openModule(rest.slice(1));
  if (/^rediss?(-cluster)?$/.test(scheme ?? '')) {
    const { prefix, replicas, patience } = onlyOf(options, REDIS_OPTIONS);
    return await redisStore(place, {
      ...(prefix !== undefined && { prefix }),
      ...(replicas !== undefined && { replicas: Number(replicas) }),
      ...(patience !== undefined && { patience: Number(patience) }),
    });
  }
  if (scheme === 'dynamodb' && /^:\/\/[\w.-]+$/.test(rest)) {
    const { region, endpoint, createTable = 'true' } = onlyOf(options, DYNAMODB_OPTIONS);
    if (createTable !== 'true' && createTable !== 'false')
      throw new ServiceError(`store: found createTable=${createTable}, wanted true or false`);
    return await dynamodbStore(rest.slice(3), {
      ...(region !== undefined && { region }),
      ...(endpoint !== undefined && { endpoint }),
      createTable: createTable === 'true',
    });
  }
  throw new ServiceError(`store: found ${place.replace(/\/\/.*@/, '//')}, wanted ${WANTED}`);
}

/** A file's name may hold a question mark; only behind a `//` it starts options. */
function splitOptions(address: string): [place: string, options: Record<string, string>] {
  const mark = address.includes('://') ? address.indexOf('?') : -1;
  if (mark === -1) return [address, {}];
  return [address.slice(0, mark), Object.fromEntries(new URLSearchParams(address.slice(mark + 1)))];
}

function onlyOf(
  options: Record<string, string>,
  names: readonly string[],
): Record<string, string | undefined> {
  const unknown = Object.keys(options).find((name) => !names.includes(name));
  if (unknown === undefined) return options;
  // Behind a question mark that a password has as it is stands the rest of the password.
  const found = /^\w+$/.test(unknown) ? `the option ${unknown}` : 'an option that is none';
  throw new ServiceError(`store: found ${found}, wanted any of ${names.join(', ')}`);
}

async function openModule(file: string): Promise<Store> {
  let open: unknown;
  try {
    ({ default: open } = (await import(pathToFileURL(resolve(file)).href)) as { default: unknown });
  } catch (error) {
    throw new ServiceError(`${file}: could not be loaded (${(error as Error).message}), wanted a module`);
  }
  if (typeof open === 'function') return (await (open as () => Store | Promise<Store>)()) as Store;
  throw new ServiceError(
    `${file}: found a default export of type ${typeof open}, wanted a function that opens a store`,
  );
}
