/** A server of Redis, and who asks it. */
export interface Node {
  readonly username: string;
  readonly password: string;
  readonly host: string;
  readonly port: number;
  readonly database: number;
}

/** A name, or an address of either kind. */
const HOST = /^([\w.-]+|\[[\da-f:.]+\])$/i;

/** What an address says of a server behind its scheme, undefined where it is none. */
export function nodeOf(text: string): Node | undefined {
  try {
    const { username, password, hostname, port, pathname, search, hash } = new URL(`redis://${text}`);
    if (!HOST.test(hostname) || !/^\/?\d*$/.test(pathname) || search !== '' || hash !== '') return undefined;
    return {
      username: decodeURIComponent(username),
      password: decodeURIComponent(password),
      host: hostname.replace(/^\[(.*)\]$/, '$1'),
      port: Number(port || 6379),
      database: Number(pathname.slice(1)),
    };
  } catch {
    return undefined;
  }
}
