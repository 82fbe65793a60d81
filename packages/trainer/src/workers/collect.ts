import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

let gc: (() => void) | undefined;

/**
 * Gives back at once what this thread no longer refers to. Shared memory does not count towards what makes V8 look for garbage, so
 * that columns which no thread needs any more would stay for as long as a thread allocates little else.
 */
export function collect(): void {
  if (gc === undefined) {
    setFlagsFromString('--expose-gc');
    gc = runInNewContext('gc') as () => void;
  }
  gc();
}
