/** An address that a page may be led to: http, https, or relative to the page. Undefined for any other, such as `javascript:`. */
export function safeUrl(address: string): string | undefined {
  const { protocol } = URL.canParse(address, document.baseURI)
    ? new URL(address, document.baseURI)
    : { protocol: '' };
  return protocol === 'https:' || protocol === 'http:' ? address : undefined;
}
