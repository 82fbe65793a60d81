import type { Queue } from './storefront/tag/Queue.ts';
import type { startFromTag } from './storefront/tag/startFromTag.ts';

/**
 * The script tag: at most 1,024 bytes. It makes sure that there is a queue, and has the storefront loaded from beside this file, each file
 * of it held against the digest that the build has written here. The storefront starts when the page has nothing else to do.
 */
void (async (page: { evershelf?: unknown }) => {
  try {
    // A module, and a script that was inserted by another, is not told which element it came from; a picture may have that name.
    const own = document.currentScript;
    const tag =
      own instanceof HTMLScriptElement
        ? own
        : document.querySelector<HTMLScriptElement>('script[src*=evershelf]');
    const found = page.evershelf as Queue;
    const queue = Array.isArray(found) ? found : ([] as unknown as Queue);
    page.evershelf = queue;
    if (queue.tags !== undefined) return void queue.tags.push(tag);
    queue.tags = [tag];

    // A timer takes no such object, and fires at once.
    const wait = { timeout: 500 } as IdleRequestOptions & number;
    const verified = (file: string, integrity: string): Promise<string> =>
      new Promise((resolve, reject) => {
        if (tag === null) return reject('found no <script src="...evershelf..."> in the page');
        // What is beside this file; no URL(), which pages have overwritten.
        const href = tag.src.replace(/[^/?#]*([?#].*)?$/, file);
        const link = Object.assign(document.createElement('link'), {
          rel: 'modulepreload',
          href,
          integrity,
          crossOrigin: '',
          nonce: tag.nonce,
          onload: () => resolve(href),
          onerror: () => reject(href + ' is not to be had, or not as it was built'),
        });
        document.head.appendChild(link);
      });
    const [href] = await Promise.all([
      verified('storefront.js', '__storefront__'),
      verified('core.js', '__core__'),
    ]);
    await new Promise((resolve) => (globalThis.requestIdleCallback ?? setTimeout)(resolve, wait));
    const { start } = (await import(/* @vite-ignore */ href)) as { start: typeof startFromTag };
    await start(queue);
  } catch (error) {
    console.error('evershelf: ' + ((error as Error).message ?? error));
  }
})(globalThis as { evershelf?: unknown });
