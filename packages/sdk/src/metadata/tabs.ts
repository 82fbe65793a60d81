import type { News } from './pageSync.ts';

/** The tabs that show the same shop: they tell each other what they heard, and one of them listens for all. */
export interface Tabs {
  /** Tells the other tabs. */
  tell(news: News): void;
  close(): void;
}

/**
 * Where the browser has no locks or no channels, or refuses them, each tab is for itself.
 *
 * @param name of the shop, the same in all tabs
 * @param heard called with what another tab tells
 * @param led called where this tab begins to be the one that listens, and where it ceases to be: it is one that is seen
 */
export function openTabs(name: string, heard: (news: News) => void, led: (leads: boolean) => void): Tabs {
  const { document, navigator } = globalThis;
  let leads = false;
  let channel: BroadcastChannel | undefined;
  /** Ends the wish to lead, or the lead. */
  let resign: (() => void) | undefined;

  const turn = (now: boolean): void => {
    if (leads === now) return;
    leads = now;
    led(now);
  };

  /** Leads until it resigns. */
  const lead = (): Promise<void> =>
    new Promise((resolve) => {
      resign = () => {
        turn(false);
        resolve();
      };
      turn(true);
    });

  const run = (): void => {
    if (resign !== undefined) return;
    const away = new AbortController();
    resign = () => away.abort();
    const { locks } = navigator ?? {};
    if (document === undefined || locks === undefined) return void lead();
    locks.request(name, { signal: away.signal }, lead).catch(() => {
      // Refused, in a frame without an origin of its own.
      if (!away.signal.aborted) void lead();
    });
  };
  const step = (): void => {
    resign?.();
    resign = undefined;
  };
  const listen = (): void => {
    if (document === undefined || channel !== undefined || typeof BroadcastChannel === 'undefined') return;
    channel = new BroadcastChannel(name);
    channel.addEventListener('message', ({ data }: MessageEvent<News>) => heard(data));
  };

  const look = (): void => (document?.visibilityState === 'hidden' ? step() : run());
  /** A page that the browser may keep holds nothing that others wait for. */
  const leave = (): void => {
    step();
    channel?.close();
    channel = undefined;
  };
  const comeBack = (): void => {
    listen();
    look();
  };
  document?.addEventListener('visibilitychange', look);
  globalThis.addEventListener?.('pagehide', leave);
  globalThis.addEventListener?.('pageshow', comeBack);
  comeBack();

  return {
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a channel has no target
    tell: (news) => channel?.postMessage(news),
    close() {
      document?.removeEventListener('visibilitychange', look);
      globalThis.removeEventListener?.('pagehide', leave);
      globalThis.removeEventListener?.('pageshow', comeBack);
      leave();
    },
  };
}
