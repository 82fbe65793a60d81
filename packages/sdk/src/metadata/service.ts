import { backOff } from './backOff.ts';
import { jsonOf } from './jsonOf.ts';
import { type Network, NetworkError } from './network.ts';

/** A metadata service, as a page asks it. */
export interface Service {
  /**
   * What the service answers to a GET. Who asks for the same path meanwhile waits for the same answer. After three failures in
   * a row nothing is asked for a while, then one request tries.
   *
   * @param path behind `/v1/`
   * @param check gives the answer, or throws a `NetworkError` where it is none
   * @throws {NetworkError}
   */
  get<T>(path: string, check: (json: unknown) => T, init?: RequestInit): Promise<T>;
  /** The same for an answer that need not be JSON. */
  getBytes<T>(path: string, check: (body: Uint8Array<ArrayBuffer>) => T, init?: RequestInit): Promise<T>;
  /** Forgets failures: what comes next is asked. */
  forgive(): void;
}

/** Most bytes of an answer, unpacked: a page of a million items has less. */
const MOST = 8 * 1024 * 1024;
/** Failures in a row after which a service is left alone. */
const ENOUGH = 3;
/** For how long at most, in milliseconds. */
const LONGEST_REST = 60_000;

/** @param base URL of the service in front of `/v1/` */
export function openService(base: string, network: Pick<Network, 'get'>): Service {
  const running = new Map<string, Promise<unknown>>();
  let failures = 0;
  let problem = '';
  let restsUntil = 0;
  let trying = false;

  const ask = async <T>(
    url: string,
    check: (body: Uint8Array<ArrayBuffer>) => T,
    init?: RequestInit,
  ): Promise<T> => {
    const isTrial = failures >= ENOUGH;
    if (isTrial && (trying || performance.now() < restsUntil))
      throw new NetworkError(
        `${url}: not asked, the service failed ${failures} times, lastly so: ${problem}`,
      );
    if (isTrial) trying = true;
    try {
      const body = await network.get(url, init ?? {}, MOST);
      if (body.length > MOST)
        throw new NetworkError(`${url}: found more than ${MOST} bytes, wanted a metadata service`);
      const answer = check(body);
      failures = 0;
      return answer;
    } catch (error) {
      const { status = 500, message } = error as NetworkError;
      // A service that refuses is there.
      failures = status < 500 ? 0 : failures + 1;
      problem = message;
      if (failures >= ENOUGH) restsUntil = performance.now() + backOff(failures - ENOUGH + 1, LONGEST_REST);
      throw error;
    } finally {
      if (isTrial) trying = false;
    }
  };

  const askOnce = <T>(...asked: Parameters<typeof ask<T>>): Promise<T> => {
    const [url] = asked;
    const there = running.get(url) as Promise<T> | undefined;
    if (there !== undefined) return there;
    const asking = ask(...asked).finally(() => running.delete(url));
    running.set(url, asking);
    return asking;
  };

  return {
    get(path, check, init) {
      const url = `${base}/v1/${path}`;
      return askOnce(url, (body) => check(jsonOf(url, body)), init);
    },
    getBytes: (path, check, init) => askOnce(`${base}/v1/${path}`, check, init),
    forgive() {
      failures = 0;
    },
  };
}
