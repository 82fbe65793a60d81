import type { PageAnswer } from '@evershelf/model';
import type { DeviceStore } from '../device/DeviceStore.ts';
import { checkPage } from './checkAnswers.ts';

/** The revision of a stored page that has lost items: older than any. */
export const TRIMMED = 0;

/**
 * Makes room on a device that is full: stored pages lose half of their items, all of a department (the first level of a category)
 * together, first those that were not used of late, the largest before, then the least recently used. What is left of a page has the
 * revision `TRIMMED`, so that it is shown at once, and fetched again.
 *
 * @param keys of the stored pages, by page
 * @param used departments, the latest first
 */
export async function makeRoom(
  store: DeviceStore,
  keys: readonly string[],
  used: readonly string[],
): Promise<void> {
  const stored = await store.read(keys);
  const pages = stored.flatMap((value, page) => readable(value, page));
  const counts = new Map<string, number>();
  for (const { items } of pages)
    for (const each of items) counts.set(departmentOf(each), (counts.get(departmentOf(each)) ?? 0) + 1);
  const lastUse = (department: string): number =>
    used.includes(department) ? used.indexOf(department) : Infinity;
  const all = [...counts.values()].reduce((sum, items) => sum + items, 0);
  const gone = new Set<string>();
  let left = all;
  for (const [department, items] of [...counts].sort(([a, m], [b, n]) =>
    lastUse(a) === lastUse(b) ? n - m : lastUse(b) - lastUse(a),
  )) {
    if (left <= all / 2) break;
    gone.add(department);
    left -= items;
  }
  const trimmed = pages.flatMap(({ page, items }): PageAnswer[] => {
    const kept = items.filter((each) => !gone.has(departmentOf(each)));
    return kept.length < items.length ? [{ page, revision: TRIMMED, items: kept }] : [];
  });
  // A full device takes nothing, be it less than it has: what goes is deleted first.
  await store.write(trimmed.map(({ page }) => [keys[page]!, undefined]));
  for (const answer of trimmed)
    if (answer.items.length > 0) await store.write([[keys[answer.page]!, answer]]);
}

function readable(value: unknown, page: number): PageAnswer[] {
  try {
    return [checkPage(value, page)];
  } catch {
    return [];
  }
}

function departmentOf({ item }: PageAnswer['items'][number]): string {
  return item.category?.[0] ?? '';
}
