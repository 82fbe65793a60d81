import { parseHTML } from 'linkedom';
import { type Markup, type MarkupOptions, readMarkup } from '../../src/markup/index.ts';

/** What is read of a page: what stands in its head and body, at an address. */
export function pageOf(html: string, options: Partial<MarkupOptions> = {}): Markup {
  const whole = /<html/i.test(html) ? html : `<!doctype html><html><head></head><body>${html}</body></html>`;
  return readMarkup(parseHTML(whole).document, { address: 'https://shop.example/p/kettle', ...options });
}

/** A script of JSON-LD. */
export function jsonLdOf(value: unknown): string {
  return `<script type="application/ld+json">${typeof value === 'string' ? value : JSON.stringify(value)}</script>`;
}
