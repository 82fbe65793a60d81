import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  type ChangesAnswer,
  LIVE_HALF_LIVES,
  packLive,
  type PageAnswer,
  pageOf,
  type PairsAnswer,
  type StoredItem,
} from '@evershelf/model';
import { InputError } from '../read/InputError.ts';
import type { Publication } from './publish.ts';
import { writeFolder } from './writeFolder.ts';

/** Pages of a static folder. */
const PAGES = 256;
const CHANGES = 'v1/changes';
const LIVE = 'v1/live';
const PAIRS = 'v1/pairs';
const NOT_COUNTED = LIVE_HALF_LIVES.map(() => 0);

/**
 * Writes the answers of a metadata service as static files: `v1/changes`, `v1/pages/N`, `v1/live`, and `v1/pairs/N` where there are any
 * pairs, or were. Pages without a change keep their revision from the folder's last publication.
 */
export async function publishFolder(
  folder: string,
  { items, live, pairs }: Publication,
): Promise<{ changed: number; pages: number }> {
  const before = await readJson<ChangesAnswer>(join(folder, CHANGES));
  const next = (before?.revision ?? 0) + 1;
  const dealt: Publication['items'][number][][] = Array.from({ length: PAGES }, () => []);
  for (const item of items) dealt[pageOf(item.id, PAGES)]!.push(item);
  for (const own of dealt) own.sort((a, b) => (a.id < b.id ? -1 : 1));

  const files = new Map<string, string | Uint8Array>();
  const revisions: number[] = [];
  let changed = 0;
  for (let page = 0; page < PAGES; page++) {
    const old = await readJson<PageAnswer>(join(folder, `v1/pages/${page}`));
    const kept = new Map(old?.items.map((stored) => [stored.item.id, stored]));
    const stored = dealt[page]!.map((item): StoredItem => {
      const fresh = { item, revision: next };
      const was = kept.get(item.id);
      return was !== undefined && same(was, fresh) ? was : fresh;
    });
    const unchanged =
      old !== undefined && stored.length === old.items.length && stored.every((each) => each.revision < next);
    if (!unchanged) changed++;
    const answer: PageAnswer = { page, revision: unchanged ? old.revision : next, items: stored };
    files.set(`v1/pages/${page}`, JSON.stringify(answer));
    revisions.push(answer.revision);
  }
  const counts = packLive(
    dealt.map((own, page) => ({
      revision: revisions[page]!,
      bytes: Uint8Array.from(own.flatMap(({ id }) => live.get(id) ?? NOT_COUNTED)),
    })),
  );
  const isCounted = !(await readFile(join(folder, LIVE)).catch(() => undefined))?.equals(counts);
  files.set(LIVE, counts);
  const revision = changed > 0 || isCounted ? next : before!.revision;
  // A page that held items once is named for ever: a browser that has them learns that they are gone.
  const named = new Set(before?.changed);
  const filled = dealt.flatMap((own, page) => (own.length > 0 || named.has(page) ? [page] : []));
  const changes: ChangesAnswer = {
    revision,
    pages: PAGES,
    changed: filled,
    revisions: filled.map((page) => revisions[page]!),
    live: isCounted ? next : before!.live!,
  };
  files.set(CHANGES, JSON.stringify(changes));
  if (pairs.size > 0 || existsSync(join(folder, PAIRS))) {
    dealt.forEach((own, page) => {
      const counted = own.flatMap(({ id }) => (pairs.has(id) ? [{ id, pairs: pairs.get(id)! }] : []));
      files.set(`${PAIRS}/${page}`, JSON.stringify({ page, items: counted } satisfies PairsAnswer));
    });
  }
  await writeFolder(folder, files);
  return { changed, pages: PAGES };
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
