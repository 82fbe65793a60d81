import type { ChangesAnswer } from '@evershelf/model';
import { changeStream } from './changeStream.ts';
import { checkChanges } from './checkAnswers.ts';
import type { LiveSync } from './liveSync.ts';
import type { MetadataOptions } from './openMetadata.ts';
import type { News, PageSync } from './pageSync.ts';
import { type RefreshLoop, refreshLoop } from './refreshLoop.ts';
import type { Service } from './service.ts';
import { openTabs } from './tabs.ts';

export interface KeptCurrent {
  stop(): void;
}

/** Milliseconds between two looks at a service: what is put comes by the stream meanwhile. */
const REFRESH = 60_000;
/** After how much of a pause another look is due: for the tab that looks for all, and for those that hear of it. */
const DUE = 0.9;
const DUE_UNHEARD = 1.5;
/** What was heard so many milliseconds ago is heard now. */
const NOW = 1000;

/**
 * Keeps a shop current while its page is open: by the service's stream, where it has one, and by a look at it every now and then,
 * which is how counters are learnt. One tab does so for all of the shop's, and tells them.
 */
export function keepCurrent(
  {
    base,
    network,
    fetch,
    refresh = REFRESH,
    looked,
  }: Pick<MetadataOptions, 'base' | 'network' | 'fetch' | 'refresh' | 'looked'>,
  service: Pick<Service, 'forgive'>,
  sync: PageSync,
  live: Pick<LiveSync, 'refresh'>,
): KeptCurrent {
  let loop: RefreshLoop | undefined;
  let leads = false;
  let endStream: (() => void) | undefined;
  /** True where the service has a stream. */
  let offered = false;
  /** When all that had changed was last heard, by the page's clock. */
  let heardAt = -Infinity;

  const look = async (): Promise<void> => {
    if (performance.now() - heardAt >= refresh * (leads ? DUE : DUE_UNHEARD)) {
      const news = await sync.ask();
      note(news);
      tabs.tell(news);
    }
    await sync.settle();
    await live.refresh();
  };

  const note = ({ answer, since }: News): void => {
    offered ||= answer.stream === true;
    if (since !== undefined) heardAt = performance.now();
    listen();
  };

  /** Takes news that came by themselves, and fetches what changed. */
  const hear = (news: News): void => {
    // Who seems to be without a network, or hears what it cannot read from a tab of another version, asks.
    if (isNews(news) && sync.hear(news) && !network.offline()) note(news);
    else heardAt = -Infinity;
    loop?.run();
  };

  const listen = (): void => {
    // What replaces the page's way to the service does not carry a stream.
    const streams = fetch === undefined && typeof EventSource !== 'undefined';
    if (!leads || !offered || !streams || refresh === 0) return;
    endStream ??= changeStream(base, sync.target, (answer: ChangesAnswer) => {
      hear({ answer });
      if (answer.changed.length > 0) tabs.tell({ answer });
    });
  };

  const hush = (): void => {
    endStream?.();
    endStream = undefined;
  };

  const cameBack = (): void => service.forgive();
  globalThis.addEventListener?.('online', cameBack);
  const tabs = openTabs(`evershelf ${base}`, hear, (now) => {
    leads = now;
    if (!leads) return hush();
    if (performance.now() - heardAt > NOW) heardAt = -Infinity;
    listen();
    loop?.run();
  });
  loop = refreshLoop(look, refresh, looked);

  return {
    stop() {
      loop.stop();
      tabs.close();
      hush();
      globalThis.removeEventListener?.('online', cameBack);
    },
  };
}

function isNews({ answer }: News): boolean {
  try {
    checkChanges(answer);
    return true;
  } catch {
    return false;
  }
}
