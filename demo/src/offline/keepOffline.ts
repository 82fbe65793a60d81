import { Workbox } from 'workbox-window';
import { h } from '../dom/h.ts';
import { toast } from '../dom/toast.ts';

/** Has the shop open without a network from the next visit on, and says so when a newer version of it waits. */
export function keepOffline(): void {
  if (!('serviceWorker' in navigator)) return;
  const worker = new Workbox('/sw.js');
  worker.addEventListener('waiting', ({ sw }) => {
    const renew = (): void => {
      // By its own state: Workbox tells nothing more of one that has waited since an earlier page, and a page that was reloaded past
      // the cache is never taken over.
      sw!.addEventListener('statechange', () => sw!.state === 'activated' && location.reload());
      worker.messageSkipWaiting();
    };
    toast(
      'lasting',
      h('span', {}, 'The shop was renewed.'),
      h('button', { class: 'toast-action', type: 'button', onclick: renew }, 'Reload'),
    );
  });
  worker.register().catch((error: Error) => console.warn(`Not to be had offline: ${error.message}`));
}
