import type { ChangesAnswer } from '@evershelf/model';
import { backOff } from './backOff.ts';
import { checkChanges } from './checkAnswers.ts';

/** Milliseconds until a stream that the browser has given up is opened again, at most. */
const LONGEST_PAUSE = 60_000;

/**
 * Listens to a service's stream of changes, and comes back where it ends.
 *
 * @param base URL of the service in front of `/v1/`
 * @param since what is known already, as of now
 * @param heard called with pages that changed
 * @returns what ends it
 */
export function changeStream(
  base: string,
  since: () => number,
  heard: (answer: ChangesAnswer) => void,
): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let failures = 0;
  let source: EventSource;

  const open = (): void => {
    source = new EventSource(`${base}/v1/changes/stream?since=${since()}`);
    source.addEventListener('message', ({ data }: MessageEvent<string>) => {
      failures = 0;
      try {
        heard(checkChanges(JSON.parse(data)));
      } catch {
        // What cannot be read is asked for with the next look at the service.
      }
    });
    source.addEventListener('error', () => {
      // After most failures the browser comes back by itself; after an answer that is no stream it does not.
      if (source.readyState === EventSource.CLOSED)
        timer = setTimeout(open, backOff(++failures, LONGEST_PAUSE));
    });
  };
  open();

  return () => {
    clearTimeout(timer);
    source.close();
  };
}
