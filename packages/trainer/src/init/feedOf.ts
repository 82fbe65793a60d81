/** A feed that a shop has for Merchant Center. */
export interface SeenFeed {
  readonly address: string;
  readonly kind: 'XML' | 'TSV';
}

/** What stands at an address, where that is a feed of products; undefined where it is anything else, such as a blog's. */
export function feedOf(address: string, text: string): SeenFeed | undefined {
  const head = text.slice(0, 20_000);
  if (/xmlns:g=["']http:\/\/base\.google\.com\/ns\/1\.0["']/.test(head) && /<(?:item|entry)\b/.test(head))
    return { address, kind: 'XML' };
  const columns = new Set(
    head
      .split(/\r?\n/, 1)[0]!
      .split('\t')
      .map((name) => name.trim().toLowerCase()),
  );
  return columns.has('id') && columns.has('title') ? { address, kind: 'TSV' } : undefined;
}
