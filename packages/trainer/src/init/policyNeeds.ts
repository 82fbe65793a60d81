/** A Content-Security-Policy, by its directives. */
export type Policy = ReadonlyMap<string, readonly string[]>;

/** Where what a snippet loads comes from. */
export interface Loaded {
  /** Address of the page. */
  readonly page: URL;
  readonly script: URL;
  readonly model: URL;
  readonly kv?: URL | undefined;
}

/** Reads policies that all hold: each has its own directives. */
export function policiesOf(texts: readonly string[]): Policy[] {
  return texts
    .flatMap((text) => text.split(','))
    .map((text) => {
      const directives = new Map<string, readonly string[]>();
      for (const directive of text.split(';')) {
        const [name, ...sources] = directive.trim().split(/\s+/);
        // The first of a name counts.
        if (name && !directives.has(name.toLowerCase())) directives.set(name.toLowerCase(), sources);
      }
      return directives;
    })
    .filter((policy) => policy.size > 0);
}

/** What the snippet needs of a page's policies that they do not allow, a sentence each. */
export function policyNeeds(policies: readonly Policy[], { page, script, model, kv }: Loaded): string[] {
  const needs = policies.flatMap((policy) => {
    const sourcesOf = (...names: string[]): readonly string[] | undefined =>
      names.map((name) => policy.get(name)).find((sources) => sources !== undefined);
    const found: string[] = [];
    const scripts = sourcesOf('script-src-elem', 'script-src', 'default-src');
    if (scripts?.some((source) => /^'nonce-/i.test(source)))
      found.push('script-src names a nonce: give the script tag the nonce of each answer');
    else if (scripts !== undefined && !allows(scripts, script, page))
      found.push(`script-src lacks ${script.origin}, where evershelf.js comes from`);
    const code = sourcesOf('script-src', 'default-src');
    if (code !== undefined && !code.some((source) => /^'(?:wasm-)?unsafe-eval'$/i.test(source)))
      found.push(
        "script-src lacks 'wasm-unsafe-eval': without it scores come from JavaScript, which is slower and gives the same",
      );
    const styles = sourcesOf('style-src-elem', 'style-src', 'default-src');
    if (styles !== undefined && !styles.some((source) => /^'(?:unsafe-inline|nonce-.*)'$/i.test(source)))
      found.push(
        "style-src allows no inline styles: put the rule of the snippet's style element among the shop's own styles",
      );
    const connections = sourcesOf('connect-src', 'default-src');
    const wanted = [
      ['the model', model],
      ['the metadata service', kv],
    ] as const;
    for (const [what, url] of wanted)
      if (url !== undefined && connections !== undefined && !allows(connections, url, page))
        found.push(`connect-src lacks ${url.origin}, where ${what} is`);
    const workers = sourcesOf('worker-src', 'child-src', 'script-src', 'default-src');
    const isOwn = script.origin === page.origin;
    if (workers !== undefined && !(isOwn ? allows(workers, script, page) : workers.includes('blob:')))
      found.push(`worker-src lacks ${isOwn ? "'self'" : 'blob:'}: without it the page's own thread ranks`);
    const types = policy.get('trusted-types');
    if (types !== undefined && !types.includes('evershelf') && !types.includes('*'))
      found.push("trusted-types lacks evershelf: without it the page's own thread ranks");
    return found;
  });
  return [...new Set(needs)];
}

/** True where a list of sources covers an address; by CSP level 3, without paths. */
function allows(sources: readonly string[], url: URL, page: URL): boolean {
  return sources.some((source) => {
    if (source === '*') return true;
    if (/^'self'$/i.test(source)) return url.origin === page.origin;
    if (/^[a-z][a-z\d+.-]*:$/i.test(source)) return url.protocol === source.toLowerCase();
    const found = /^(?:([a-z][a-z\d+.-]*):\/\/)?(\*\.)?([^:/]+)(?::(\d+|\*))?/i.exec(source);
    if (found === null) return false;
    const [, scheme, wild, host, port] = found;
    return (
      (scheme === undefined || url.protocol === `${scheme.toLowerCase()}:`) &&
      (wild === undefined
        ? url.hostname === host!.toLowerCase()
        : url.hostname.endsWith(`.${host!.toLowerCase()}`)) &&
      (port === undefined ? url.port === '' : port === '*' || url.port === port)
    );
  });
}
