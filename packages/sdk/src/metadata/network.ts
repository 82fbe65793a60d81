/** The page's way to the model and to the metadata service, with a switch. */
export interface Network {
  /**
   * The body of a GET's answer.
   *
   * @param most bytes of the body, unpacked, that are wanted; of a longer one no more than the part in which they end is read
   * @param isPatient true where the wait begins anew with each part of the body
   * @throws {NetworkError} naming the address and what was found where that was not status 200; the reason of the
   *   request's signal
   */
  get(url: string, init: RequestInit, most: number, isPatient?: boolean): Promise<Uint8Array<ArrayBuffer>>;
  /** True while the network is switched off, or the browser has none. */
  off(): boolean;
  /** True while it is off, or the last request did not come through. */
  offline(): boolean;
  /** Takes the page off the network or back; running requests are dropped. */
  switchOff(off: boolean): void;
  /** So far. */
  used(): { requests: number; bytes: number };
}

/** Thrown where an address did not answer as it should. */
export class NetworkError extends Error {
  override readonly name = 'NetworkError';
  /** Of the answer, where there was one; it is not 200 then. */
  declare readonly status: number | undefined;

  constructor(message: string, status?: number) {
    super(message);
    this.status = status;
  }
}

/** Longest wait for an answer, and for the next part of a file, in milliseconds. */
const PATIENCE = 15_000;

/**
 * @param fetch the platform's, or a replacement
 * @param changed called where `offline()` has changed
 * @param ended drops running requests and listeners
 */
export function openNetwork(
  fetch: typeof globalThis.fetch,
  changed: () => void,
  ended: AbortSignal,
): Network {
  let switchedOff = false;
  let unreachable = false;
  let requests = 0;
  let bytes = 0;
  let running = new AbortController();
  const off = (): boolean => switchedOff || globalThis.navigator?.onLine === false;
  const offline = (): boolean => unreachable || off();

  const change = (update: () => void): void => {
    const before = offline();
    update();
    if (offline() !== before) changed();
  };
  const cameBack = (): void => change(() => (unreachable = false));
  globalThis.addEventListener?.('online', cameBack, { signal: ended });
  globalThis.addEventListener?.('offline', changed, { signal: ended });

  return {
    async get(url, init, most, isPatient) {
      if (switchedOff) throw new NetworkError(`${url}: not asked offline`);
      const dropped = running.signal;
      const silent = new AbortController();
      let timer: ReturnType<typeof setTimeout> | undefined;
      const heard = (): void => {
        clearTimeout(timer);
        timer = setTimeout(() => silent.abort(new Error('silence')), PATIENCE);
      };
      const signal = AbortSignal.any([ended, dropped, silent.signal, init.signal ?? dropped]);
      heard();
      requests++;
      try {
        const answer = await fetch(url, { ...init, signal });
        change(() => (unreachable = answer.status >= 500));
        if (!answer.ok)
          throw new NetworkError(`${url}: found status ${answer.status}, wanted 200`, answer.status);
        const parts: Uint8Array<ArrayBuffer>[] = [];
        const reader = answer.body?.getReader();
        for (let left = most; left >= 0;) {
          const part = (await reader?.read())?.value;
          if (!part) break;
          parts.push(part);
          // A page may have a fetch of its own whose parts are empty, without end.
          left -= part.length || 64;
          bytes += part.length;
          if (isPatient) heard();
        }
        await reader?.cancel();
        return new Uint8Array(await new Blob(parts).arrayBuffer());
      } catch (error) {
        if (error instanceof NetworkError) throw error;
        init.signal?.throwIfAborted();
        // A request that the switch dropped says nothing about the network, and may end after the page is back on it.
        if (!ended.aborted && !dropped.aborted) change(() => (unreachable = true));
        throw new NetworkError(`${url}: found no answer (${(error as Error).message}), wanted one`);
      } finally {
        clearTimeout(timer);
      }
    },
    off,
    offline,
    switchOff(off) {
      change(() => {
        switchedOff = off;
        unreachable = false;
        if (!off) return;
        running.abort();
        running = new AbortController();
      });
    },
    used: () => ({ requests, bytes }),
  };
}
