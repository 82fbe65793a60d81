import { type ChangesAnswer, PACKED_PAGE, type PageAnswer, pageOf, unpackPage } from '@evershelf/model';
import type { DeviceStore } from '../device/DeviceStore.ts';
import { pacer } from '../engines/breathe.ts';
import { checkChanges, checkPage } from './checkAnswers.ts';
import { jsonOf } from './jsonOf.ts';
import { TRIMMED } from './makeRoom.ts';
import { type Network, NetworkError } from './network.ts';
import { pageQueue } from './pageQueue.ts';
import { pageStore } from './pageStore.ts';
import type { Service } from './service.ts';
import type { ShopPages } from './shopPages.ts';

/** What has changed in a shop. */
export interface News {
  readonly answer: ChangesAnswer;
  /** Present where the answer names all pages that changed after this revision; else it names some that did. */
  readonly since?: number;
}

/** Keeps the shop's metadata current: pages from the device at once, those of the service in the background. */
export interface PageSync {
  /** Takes the pages that an earlier visit stored. Returns how many. */
  restore(): Promise<number>;
  /**
   * Asks what has changed; `settle` fetches the pages.
   *
   * @throws {NetworkError}
   */
  ask(): Promise<News>;
  /** Takes news that came by themselves. Returns false where they say too little, and the service is to be asked. */
  hear(news: News): boolean;
  /**
   * Fetches the pages that are known to have changed.
   *
   * @throws {NetworkError}
   */
  settle(): Promise<void>;
  /**
   * Looks for news of some items before all others; settles when their pages are there.
   *
   * @throws {NetworkError}
   */
  lookUp(ids: readonly string[]): Promise<void>;
  /**
   * How many pages the shop is dealt to; 0 while that is not known and the network is gone.
   *
   * @throws {NetworkError}
   */
  pages(): Promise<number>;
  /** Of the metadata that the shop is complete to; 0 while none was seen. */
  revision(): number;
  /** Up to which revision all that has changed was heard. */
  target(): number;
  /** The revision of a page that is here; undefined where none is. */
  held(page: number): number | undefined;
  /** How many pages the shop was last known to be dealt to, and the revision at which its items were last counted. */
  counted(): { readonly pages: number; readonly revision: number };
}

/** A service that can packs its pages; a static folder does not. */
const PACKED = { headers: { accept: `${PACKED_PAGE}, application/json` } };

/**
 * @param base URL of the metadata service in front of `/v1/`
 * @param used departments that the shopper saw, the latest first: what the device has of the others goes first where it is full
 * @param improved called where a page has changed an item, or is now known to be what the service has
 */
export function pageSync(
  base: string,
  service: Service,
  network: Pick<Network, 'offline'>,
  store: DeviceStore,
  shopPages: ShopPages,
  used: () => readonly string[],
  improved: () => void,
): PageSync {
  const device = pageStore(base, store, used);
  const queue = pageQueue(bringPage);
  const { wanted } = queue;
  let pages = 0;
  /** Counts the shops that were found behind the address: an answer about an earlier one is void. */
  let shops = 0;
  /** What all pages are complete to, and what they will be when none is wanted any more. */
  let complete = 0;
  let target = 0;
  /** When the items were last counted. */
  let counted = 0;
  /** The revision of each page that is here. */
  const held = new Map<number, number>();
  let asking: Promise<News> | undefined;
  /** True once all that has changed was heard. */
  let current = false;
  /** True where the device's position is not this one. */
  let moved = false;

  const deal = (count: number): void => {
    shops++;
    pages = count;
    complete = target = counted = 0;
    current = false;
    wanted.clear();
    held.clear();
    shopPages.deal(count);
  };

  const ask = async (): Promise<News> => {
    const since = target;
    const [answer] = await Promise.all([
      service.get(`changes?since=${since}`, checkChanges, { cache: 'no-cache' }),
      shopPages.hashed(),
    ]);
    const isOther = answer.pages !== pages || answer.revision < since;
    if (isOther) {
      if (since > 0) await device.forget(pages);
      deal(answer.pages);
      // Not the shop that was known: start over, from all of its pages.
      if (since > 0) return await ask();
    }
    if (since === 0 && answer.changed.length > 0) emptyAllBut(new Set(answer.changed), answer);
    learn(answer);
    reach(answer.revision);
    await keepPosition();
    return { answer, since };
  };

  const reach = (revision: number): void => {
    current = true;
    moved ||= revision > target;
    target = Math.max(target, revision);
  };

  /** Stores where the shop stands, once all that is known to have changed is here. */
  const keepPosition = async (): Promise<void> => {
    if (wanted.size > 0) return;
    complete = target;
    if (!moved) return;
    moved = false;
    const revisions = Array.from({ length: pages }, (_, page) => held.get(page) ?? 0);
    await device.keepPosition({ revision: complete, pages, revisions });
  };

  /** Notes which pages are behind, and that the others are not. */
  const learn = ({ changed, revisions, live = 0 }: ChangesAnswer): void => {
    counted = Math.max(counted, live);
    changed.forEach((page, k) => {
      const revision = revisions[k]!;
      if (revision > Math.max(held.get(page) ?? 0, wanted.get(page) ?? 0)) wanted.set(page, revision);
    });
    let surer = false;
    for (let page = 0; page < pages; page++) surer = shopPages.confirm(page, !wanted.has(page)) || surer;
    if (surer) improved();
  };

  /** The first answer names all pages that hold items, so that the others are known to be empty. */
  const emptyAllBut = (filled: ReadonlySet<number>, { revision }: ChangesAnswer): void => {
    let changes = 0;
    for (let page = 0; page < pages; page++)
      if (!filled.has(page)) changes += shopPages.take({ page, revision, items: [] });
    if (changes > 0) improved();
  };

  /** One request at a time for what has changed, whoever asks. */
  const askOnce = (): Promise<News> => {
    asking ??= ask().finally(() => (asking = undefined));
    return asking;
  };

  /** A page as the device has it, from another tab or an earlier visit; undefined where that is not the one that is wanted. */
  const stored = async (page: number, revision: number): Promise<PageAnswer | undefined> => {
    const [there] = await device.read([page]);
    try {
      const answer = checkPage(there, page);
      // What is ahead of the service was another shop's.
      return answer.revision >= revision && answer.revision <= Math.max(target, revision)
        ? answer
        : undefined;
    } catch {
      return undefined;
    }
  };

  const fetched = async (page: number, revision: number): Promise<PageAnswer> => {
    // The same address for all browsers, until the page changes: caches on the way answer most, and none with an older page.
    const path = `pages/${page}?r=${revision}`;
    const { answer, kept } = await service.getBytes(path, (body) => pageOfBytes(path, body, page), PACKED);
    if (answer.revision < revision)
      throw new NetworkError(
        `page ${page}: found revision ${answer.revision}, wanted ${revision}, a service that is behind another one`,
      );
    await device.keep(page, kept, pages);
    return answer;
  };

  async function bringPage(page: number): Promise<void> {
    const revision = wanted.get(page)!;
    const shop = shops;
    const answer = await device.alone(
      page,
      async () => (await stored(page, revision)) ?? (await fetched(page, revision)),
    );
    if (shop !== shops) return;
    const changes = shopPages.take(answer);
    held.set(page, answer.revision);
    moved = true;
    if (answer.revision < wanted.get(page)!) return;
    wanted.delete(page);
    if (shopPages.confirm(page, true) || changes > 0) improved();
  }

  const drain = async (): Promise<void> => {
    await queue.drain();
    await keepPosition();
  };

  const settle = async (): Promise<void> => {
    while (wanted.size > 0) await drain();
    await keepPosition();
  };

  return {
    async restore() {
      const position = await device.position();
      if (position === undefined || shops > 0) return 0;
      const answers = await device.read([...position.revisions.keys()]);
      await shopPages.hashed();
      if (shops > 0) return 0;
      deal(position.pages);
      complete = target = position.revision;
      let restored = 0;
      const isFilled = position.revisions.some((revision) => revision > 0);
      const pace = pacer();
      for (let page = 0; page < position.revisions.length; page++) {
        const revision = position.revisions[page]!;
        await pace();
        if (revision === 0) {
          if (isFilled) shopPages.take({ page, revision, items: [] });
          continue;
        }
        try {
          const answer = checkPage(answers[page], page);
          shopPages.take(answer, answer.revision !== TRIMMED);
          restored++;
          // Another tab may have stored pages since, or their number, and the device may have thrown some away.
          const isPlausible =
            answer.revision >= revision && answer.revision <= Math.max(position.revision, revision);
          (isPlausible ? held : wanted).set(page, isPlausible ? answer.revision : revision);
        } catch {
          wanted.set(page, revision);
        }
      }
      if (restored > 0) improved();
      return restored;
    },
    ask: askOnce,
    hear({ answer, since }) {
      const isEnough = since === undefined ? current : since <= target;
      if (answer.pages !== pages || !isEnough) return false;
      learn(answer);
      // What is put now comes before what was put before the visit.
      if (since === undefined) queue.hasten(answer.changed);
      else reach(answer.revision);
      return true;
    },
    settle,
    async lookUp(ids) {
      await askOnce();
      const sought = new Set(ids.map((id) => pageOf(id, pages)));
      queue.hasten(sought);
      while ([...sought].some((page) => wanted.has(page))) await drain();
    },
    async pages() {
      if (pages === 0 && !network.offline()) await askOnce();
      return pages;
    },
    revision: () => complete,
    target: () => target,
    held: (page) => held.get(page),
    counted: () => ({ pages, revision: counted }),
  };
}

/** A page as the service answers it, and as the device keeps it: packed, where the service packs it. */
function pageOfBytes(
  path: string,
  body: Uint8Array<ArrayBuffer>,
  page: number,
): { answer: PageAnswer; kept: unknown } {
  const packed = unpackPage(body);
  const answer = packed?.page === page ? packed : checkPage(packed ?? jsonOf(path, body), page);
  return { answer, kept: packed === undefined ? answer : body };
}
