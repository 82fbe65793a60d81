import { isHanded } from '../handToPage.ts';

/** As the language has it: the page may put something else in its place. */
const has = Function.prototype.call.bind(String.prototype.includes) as (
  text: string,
  part: string,
) => boolean;

/**
 * Says on the console what fails in files of the SDK, in place of the page's handlers of errors: a guest's errors are none of the
 * page's, also where the page has put functions that fail in place of the platform's. Only for a build whose files are the SDK's alone.
 *
 * @param base URL of the folder of its files
 */
export function keepOwnErrors(base: string): void {
  let last = '';
  const look = (event: Event, error: unknown): void => {
    const { stack = '', message = '' } = (error ?? {}) as Partial<Error>;
    if (isHanded(error) || !has(`${stack}`, base)) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    if (message === last) return;
    last = message;
    try {
      console.error('evershelf:', error);
    } catch {
      // The page's own console fails.
    }
  };
  addEventListener('error', (event) => look(event, event.error));
  addEventListener('unhandledrejection', (event) => look(event, event.reason));
}
