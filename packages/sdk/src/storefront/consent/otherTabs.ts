import type { Consent } from '../../types.ts';

/** The other tabs of this site that have a storefront: what the shopper takes back in one is taken back in all. */
export interface OtherTabs {
  /** Says that no more than this may be kept, or that all is to be forgotten. */
  tell(said: Exclude<Consent, 'profile'> | 'forget'): void;
  close(): void;
}

const NAME = 'evershelf-consent';

/** @param heard called with what another tab says */
export function openOtherTabs(heard: (said: Exclude<Consent, 'profile'> | 'forget') => void): OtherTabs {
  const ended = new AbortController();
  let channel: BroadcastChannel | undefined;
  const listen = (): void => {
    // A page is shown first after this has begun to listen.
    if (channel !== undefined || typeof BroadcastChannel !== 'function') return;
    channel = new BroadcastChannel(NAME);
    channel.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
      if (data === 'none' || data === 'cache' || data === 'forget') heard(data);
    });
  };
  /** A page that the browser may keep holds nothing open. */
  const leave = (): void => {
    channel?.close();
    channel = undefined;
  };
  addEventListener('pagehide', leave, { signal: ended.signal });
  addEventListener('pageshow', listen, { signal: ended.signal });
  listen();
  return {
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a channel has no target
    tell: (said) => channel?.postMessage(said),
    close() {
      ended.abort();
      leave();
    },
  };
}
