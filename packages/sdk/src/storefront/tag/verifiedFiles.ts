/** A file of the build: its digest, and the files that it imports as soon as it is imported itself. */
type Files = Readonly<Record<string, readonly [integrity: string, ...imports: string[]]>>;

/** The build writes the table of its files here. */
const FILES = '__files__' as unknown as Files;

/** The files of the build that are loaded later, each held against its digest before it runs. */
export interface VerifiedFiles {
  /** Imports a file of the build, such as `./rest-1a2b3c4d.js`; undefined for another one. */
  import(name: string): Promise<unknown> | undefined;
  /** The text of a file of the build; undefined for another one. */
  text(url: string): Promise<string | undefined>;
}

/** @param nonce of the page's policy for scripts; empty where it has none */
export function verifiedFiles(nonce: string): VerifiedFiles {
  const beside = new URL(/* @vite-ignore */ '.', import.meta.url).href;
  const filesOf = (name: string): Files[string] | undefined =>
    Object.hasOwn(FILES, name) ? FILES[name] : undefined;
  const verified = new Map<string, Promise<void>>();
  // The browser holds a module against its digest where it is loaded ahead, and keeps what it found for those who import it.
  const verify = (name: string): Promise<void> => {
    const known = verified.get(name);
    if (known !== undefined) return known;
    const loading = new Promise<void>((resolve, reject) => {
      const href = beside + name;
      const link = Object.assign(document.createElement('link'), {
        rel: 'modulepreload',
        href,
        integrity: FILES[name]![0],
        crossOrigin: '',
        nonce,
        onload: () => resolve(),
        onerror() {
          verified.delete(name);
          reject(missing(href));
        },
      });
      document.head.appendChild(link);
    });
    verified.set(name, loading);
    return loading;
  };
  return {
    import(path) {
      const name = path.slice('./'.length);
      const file = filesOf(name);
      if (file === undefined) return undefined;
      const [, ...imports] = file;
      return Promise.all([name, ...imports].map(verify)).then(
        async () => (await import(/* @vite-ignore */ beside + name)) as unknown,
      );
    },
    async text(url) {
      const file = url.startsWith(beside) ? filesOf(url.slice(beside.length)) : undefined;
      if (file === undefined) return undefined;
      const answer = await fetch(url, { integrity: file[0] }).catch(() => {
        throw missing(url);
      });
      return await answer.text();
    },
  };
}

/** The error of an import() of what is not there. */
function missing(address: string): TypeError {
  return new TypeError(`${address} is not to be had, or not as it was built`);
}
