/** What a log says of an error. */
export interface Said {
  readonly name: string;
  readonly message: string;
  readonly code?: string;
  readonly cause?: Said;
}

const LENGTH = 300;
/** Causes of causes that are told. */
const DEPTH = 3;
/** Fewer characters are found everywhere. */
const SHORTEST_SECRET = 4;

/**
 * An error as a log may have it: what it is and what it says, without its stack, and without paths, passwords of addresses and
 * tokens in its text.
 *
 * @param secrets texts that are taken out wherever they stand
 */
export function saidOf(error: unknown, secrets: readonly string[] = [], depth = DEPTH): Said {
  const { name, message, code, cause, errors } = (
    error instanceof Error ? error : { name: typeof error, message: String(error) }
  ) as { readonly [part in 'name' | 'message' | 'code' | 'cause' | 'errors']?: unknown };
  const inner = cause ?? (Array.isArray(errors) ? errors[0] : undefined);
  return {
    name: clean(String(name), secrets),
    message: clean(String(message), secrets),
    ...(typeof code === 'string' || typeof code === 'number' ? { code: clean(String(code), secrets) } : {}),
    ...(inner === undefined || depth === 0 ? {} : { cause: saidOf(inner, secrets, depth - 1) }),
  };
}

function clean(text: string, secrets: readonly string[]): string {
  const told = text
    .slice(0, 10 * LENGTH)
    .split('\n')
    .filter((line) => !/^\s*at /.test(line))
    .join(' ');
  const without = secrets
    .filter((secret) => secret.length >= SHORTEST_SECRET)
    .reduce((left, secret) => left.replaceAll(secret, '[token]'), told);
  return without
    .replaceAll(/\b(Bearer|Basic) +\S+/gi, '$1 [token]')
    .replaceAll(
      /([a-z][a-z\d+.-]*:\/\/)(?:\S*@)?([^\s/?#'"()]*)[^\s'"()]*/gi,
      (_, scheme: string, host: string) => (/^file:/i.test(scheme) ? '[path]' : scheme + host),
    )
    .replaceAll(/'[^']*[/\\][^']*'|"[^"]*[/\\][^"]*"/g, pathless)
    .replaceAll(/\S*[/\\]\S*/g, pathless)
    .slice(0, LENGTH);
}

/** What is left of an address, `redis://host:6379`, stays; the rest that has a slash is a path. */
function pathless(text: string): string {
  return /^['"(]?[a-z][a-z\d+.-]*:\/\/[^\s/?#]*$/i.test(text) ? text : '[path]';
}
