import { setTimeout as wait } from 'node:timers/promises';
import type { ChangesAnswer, Item, PageAnswer } from '@evershelf/model';
import { InputError } from '../read/InputError.ts';

/** A metadata service as a publisher sees it. Whatever it answers but 200 is an `InputError`. */
export interface MetadataService {
  changes(): Promise<ChangesAnswer>;
  page(page: number): Promise<PageAnswer>;
  /** Puts a batch of items, `batches` long at most, and what their counts start from. */
  put(items: readonly Item[], seeds?: object): Promise<void>;
  /** Deletes at most `DELETED` items. */
  remove(ids: readonly string[]): Promise<void>;
}

/** Items in one request, and their bytes; a service takes 1,000 and 4 MiB. */
const BATCH = { items: 500, bytes: 2 ** 21 };
/** Seconds that a service may let a publisher wait which has asked too often. */
const LONGEST_PAUSE = 60;
/** Ids in one request that deletes. */
export const DELETED = 1000;

/** True where items are published to a service, false for a folder. */
export function isService(to: string): boolean {
  return /^https?:/.test(to);
}

/** @throws {InputError} where there is no token */
export function metadataService(to: string, token: string | undefined): MetadataService {
  if (token === undefined || token === '')
    throw new InputError('found no token, wanted --token or EVERSHELF_TOKEN');
  const base = `${to.replace(/\/+$/, '')}/v1`;
  const ask = async (
    path: string,
    init: Omit<RequestInit, 'headers'> & { headers?: object } = {},
  ): Promise<Response> => {
    const url = `${base}/${path}`;
    const answer = await fetch(url, {
      ...init,
      // A page is compressed as well as can be, for browsers; who asks once need not wait for that. Reads may be private.
      headers: { 'accept-encoding': 'identity', authorization: `Bearer ${token}`, ...init.headers },
    }).catch((error: Error) => {
      throw new InputError(
        `${url}: could not be reached (${String(error.cause ?? error.message)}), wanted a metadata service`,
      );
    });
    if (answer.ok) return answer;
    const pause = Number(answer.headers.get('retry-after'));
    if (answer.status === 429 && pause > 0 && pause <= LONGEST_PAUSE) {
      await answer.body?.cancel();
      await wait(pause * 1000);
      return ask(path, init);
    }
    throw new InputError(
      `${url}: found status ${answer.status} (${(await answer.text()).slice(0, 300)}), wanted 200`,
    );
  };
  const write = async (method: 'PUT' | 'DELETE', body: object): Promise<void> => {
    const headers = { 'content-type': 'application/json' };
    await ask('items', { method, headers, body: JSON.stringify(body) });
  };
  return {
    changes: async () => (await (await ask('changes?since=0')).json()) as ChangesAnswer,
    page: async (page) => (await (await ask(`pages/${page}`)).json()) as PageAnswer,
    put: (items, seeds) => write('PUT', { items, ...seeds }),
    remove: (ids) => write('DELETE', { ids }),
  };
}

/** Items in batches of one request. */
export async function* batches(items: Iterable<Item> | AsyncIterable<Item>): AsyncGenerator<Item[]> {
  let batch: Item[] = [];
  let bytes = 0;
  for await (const item of items) {
    const size = Buffer.byteLength(JSON.stringify(item));
    if (batch.length === BATCH.items || (batch.length > 0 && bytes + size > BATCH.bytes)) {
      yield batch;
      [batch, bytes] = [[], 0];
    }
    batch.push(item);
    bytes += size;
  }
  if (batch.length > 0) yield batch;
}
