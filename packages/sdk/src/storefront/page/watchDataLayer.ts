import { isOwn } from './ownMessage.ts';
import { watchGrowth } from './watchGrowth.ts';

/** How many of the latest messages are looked at where they did not come through `push`. Tag Manager keeps 300. */
const LATEST = 1000;

/**
 * Reads a data layer: what stands in it already, in order, before this returns; then each message as it is pushed, while the page
 * waits. A page may have none yet, get it later, put another in its place, or replace its `push`, as Tag Manager does: what did not
 * come through `push` is found when the page next grows. A global of that name that is no array is left alone, as is what Evershelf
 * itself pushed.
 *
 * @param name of a global
 * @param take gets each message that is an object, gtag's `arguments` too; what it throws is dropped, for it is another's message
 */
export function watchDataLayer(name: string, take: (message: object) => void): { close(): void } {
  const seen = new WeakSet<object>();
  const wrapped = new WeakSet<object>();
  let closed = false;

  const read = (message: unknown): void => {
    if (closed || typeof message !== 'object' || message === null) return;
    seen.add(message);
    try {
      if (!isOwn(message)) take(message);
    } catch {
      // A getter of the message threw.
    }
  };

  const wrap = (layer: unknown[]): void => {
    wrapped.add(layer);
    const { push } = layer;
    layer.push = (...messages) => {
      const result = Reflect.apply(push, layer, messages) as number;
      for (const message of messages) read(message);
      return result;
    };
  };

  const look = (): void => {
    try {
      const layer = (globalThis as Record<string, unknown>)[name];
      if (!Array.isArray(layer)) return;
      for (const message of layer.slice(-LATEST)) if (!seen.has(message as object)) read(message);
      if (!wrapped.has(layer)) wrap(layer);
    } catch {
      // A global that is read by a getter which throws, or an array that is frozen and never grows.
    }
  };

  look();
  const growth = watchGrowth(look);
  return {
    close() {
      closed = true;
      growth.close();
    },
  };
}
