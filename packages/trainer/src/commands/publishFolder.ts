import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  type ChangesAnswer,
  type Item,
  LIVE_HALF_LIVES,
  type LivePage,
  packLive,
  type PageAnswer,
  type PairCount,
  type PairsAnswer,
  type StoredItem,
  unpackLive,
} from '@evershelf/model';
import { InputError } from '../read/InputError.ts';
import { checkReplaceable, writeFiles } from './writeFolder.ts';

/** Pages of a static folder. */
export const PAGES = 256;
const CHANGES = 'v1/changes';
const LIVE = 'v1/live';
const PAIRS = 'v1/pairs';
const OURS = /^v1\/(?:changes|live|(?:pages|pairs)\/\d+)$/;
const NOT_COUNTED = LIVE_HALF_LIVES.map(() => 0);

/** What a page holds: items, and the live bytes and pairs of those that were counted. */
export interface PageContent {
  readonly items: readonly Item[];
  readonly live: ReadonlyMap<string, readonly number[]>;
  readonly pairs: ReadonlyMap<string, readonly PairCount[]>;
}

/**
 * Writes the answers of a metadata service as static files: `v1/changes`, `v1/pages/N`, `v1/live`, and `v1/pairs/N` where there are any
 * pairs, or were. Pages without a change keep their revision from the folder's last publication. One page is held at a time.
 *
 * @param contentOf what a page holds now, its items by `pageOf`
 * @param hasPairs false where no page has any
 */
export async function publishFolder(
  folder: string,
  contentOf: (page: number) => Promise<PageContent>,
  hasPairs: boolean,
): Promise<{ changed: number; pages: number }> {
  let changed = 0;
  const files = async function* (): AsyncGenerator<readonly [string, string | Uint8Array]> {
    const before = await readJson<ChangesAnswer>(join(folder, CHANGES));
    const next = (before?.revision ?? 0) + 1;
    const writesPairs = hasPairs || existsSync(join(folder, PAIRS));
    const counted: LivePage[] = [];
    const filled: number[] = [];
    // A page that held items once is named for ever: a browser that has them learns that they are gone.
    const named = new Set(before?.changed);
    for (let page = 0; page < PAGES; page++) {
      const content = await contentOf(page);
      const items = content.items.toSorted((a, b) => (a.id < b.id ? -1 : 1));
      const old = await pageBefore(folder, page);
      const kept = new Map(old?.items.map((stored) => [stored.item.id, stored]));
      const stored = items.map((item): StoredItem => {
        const fresh = { item, revision: next };
        const was = kept.get(item.id);
        return was !== undefined && same(was, fresh) ? was : fresh;
      });
      const unchanged =
        old !== undefined &&
        stored.length === old.items.length &&
        stored.every((each) => each.revision < next);
      if (!unchanged) changed++;
      const answer: PageAnswer = { page, revision: unchanged ? old.revision : next, items: stored };
      yield [`v1/pages/${page}`, JSON.stringify(answer)];
      if (items.length > 0 || named.has(page)) filled.push(page);
      counted.push({
        revision: answer.revision,
        bytes: Uint8Array.from(items.flatMap(({ id }) => content.live.get(id) ?? NOT_COUNTED)),
      });
      if (writesPairs) {
        const { pairs } = content;
        const own = items.flatMap(({ id }) => (pairs.has(id) ? [{ id, pairs: pairs.get(id)! }] : []));
        yield [`${PAIRS}/${page}`, JSON.stringify({ page, items: own } satisfies PairsAnswer)];
      }
    }
    const counts = packLive(counted);
    const isCounted = !(await readFile(join(folder, LIVE)).catch(() => undefined))?.equals(counts);
    yield [LIVE, counts];
    const changes: ChangesAnswer = {
      revision: changed > 0 || isCounted ? next : before!.revision,
      pages: PAGES,
      changed: filled,
      revisions: filled.map((page) => counted[page]!.revision),
      live: isCounted ? next : before!.live!,
    };
    yield [CHANGES, JSON.stringify(changes)];
  };
  await writeFiles(folder, isOurs, files());
  return { changed, pages: PAGES };
}

/** Makes sure that a folder is one to publish to, whole as it was last; throws as `checkReplaceable` does. */
export function checkFolder(folder: string): Promise<void> {
  return checkReplaceable(folder, isOurs);
}

function isOurs(name: string): boolean {
  return OURS.test(name);
}

/** A page of a folder's last publication; undefined where there is none. */
export function pageBefore(folder: string, page: number): Promise<PageAnswer | undefined> {
  return readJson<PageAnswer>(join(folder, `v1/pages/${page}`));
}

/** What a folder has counted: live bytes of all pages, and the pairs of one. */
export async function countsBefore(folder: string): Promise<{
  live: readonly LivePage[] | undefined;
  pairsOf(page: number): Promise<PairsAnswer | undefined>;
}> {
  const bytes = await readFile(join(folder, LIVE)).catch(() => undefined);
  return {
    live: bytes === undefined ? undefined : unpackLive(bytes, PAGES),
    pairsOf: (page) => readJson<PairsAnswer>(join(folder, `${PAIRS}/${page}`)),
  };
}

function same(was: StoredItem, fresh: StoredItem): boolean {
  return JSON.stringify(was.item) === JSON.stringify(fresh.item);
}

/**
 * A JSON file of an earlier publication; undefined where there is none.
 *
 * @throws {InputError} where it is broken: its revisions are what browsers compare with
 */
async function readJson<T>(path: string): Promise<T | undefined> {
  const text = await readFile(path, 'utf8').catch(() => undefined);
  if (text === undefined) return undefined;
  try {
    return JSON.parse(text) as T;
  } catch {
    throw new InputError(
      `${path}: found no JSON, wanted what an earlier publish wrote; publish to a new folder`,
    );
  }
}
