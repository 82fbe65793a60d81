import type { Plugin } from 'vite';
import type { ShopDescription } from '../src/shops/ShopDescription.ts';

/** Fills in the page's name, words and colours, and writes the manifest by which the shop is installed. */
export function document(shop: ShopDescription): Plugin {
  const words: Readonly<Record<string, string>> = {
    id: shop.id,
    name: shop.name,
    language: shop.language,
    about: shop.about,
    source: shop.source,
    light: shop.theme.light,
    dark: shop.theme.dark,
  };
  const manifest = {
    id: '/',
    name: shop.name,
    short_name: shop.name,
    description: shop.about,
    lang: shop.language,
    start_url: '/',
    scope: '/',
    display: 'standalone',
    background_color: shop.theme.light,
    theme_color: shop.theme.light,
    categories: ['shopping'],
    icons: [
      { src: '/icons/192.png', sizes: '192x192', type: 'image/png' },
      { src: '/icons/512.png', sizes: '512x512', type: 'image/png' },
      { src: '/icons/maskable.png', sizes: '512x512', type: 'image/png', purpose: 'maskable' },
    ],
  };
  return {
    name: 'document',
    transformIndexHtml: {
      order: 'pre',
      handler: (html) => html.replaceAll(/\{\{(\w+)\}\}/g, (_, word: string) => words[word]!),
    },
    generateBundle() {
      this.emitFile({
        type: 'asset',
        fileName: 'manifest.webmanifest',
        source: JSON.stringify(manifest, null, 2),
      });
    },
  };
}
