/** An address that a page may be led to: http, https, or relative to the page. Undefined for any other, such as `javascript:`. */
export function safeUrl(address: string): string | undefined {
  const base = document.baseURI;
  return URL.canParse(address, base) && /^https?:$/.test(new URL(address, base).protocol)
    ? address
    : undefined;
}
