import type { IdProperty } from '@evershelf/model/markup';

/** What a snippet has to say. */
export interface SnippetOptions {
  /** Address of `evershelf.js`. */
  readonly script: string;
  readonly model: string;
  readonly kv?: string | undefined;
  /** Subresource Integrity of `evershelf.js`, such as `sha384-...`. */
  readonly integrity?: string | undefined;
  /** Name of the page's data layer. */
  readonly dataLayer?: string | undefined;
  readonly id?: IdProperty | undefined;
  /** True where the page's policy has a nonce for scripts. */
  readonly nonce?: boolean;
}

/** Says of a file that it may be written anew. */
export const SNIPPET = '<!-- Evershelf: written by `evershelf init`';

/** Where a shelf stands, and what it is for. */
const SHELVES = [
  ['home', 'on the home page'],
  ['category', 'on pages of a category'],
  ['product', 'on product pages'],
  ['cart', 'in the cart'],
  ['search', 'where a search has found nothing'],
  ['missing', 'on the page that says that there is none (404)'],
] as const;

/** The script tag, and an element for each placement, to be put into a shop's templates. The same options give the same text. */
export function snippetOf({ script, model, kv, integrity, dataLayer, id, nonce }: SnippetOptions): string {
  const attributes = [
    'async',
    `src="${attribute(script)}"`,
    ...(integrity === undefined ? [] : [`integrity="${attribute(integrity)}"`, 'crossorigin="anonymous"']),
    ...(nonce === true ? ['nonce="..."'] : []),
    `data-model="${attribute(model)}"`,
    ...(kv === undefined ? [] : [`data-kv="${attribute(kv)}"`]),
    ...(dataLayer === undefined ? [] : [`data-data-layer="${attribute(dataLayer)}"`]),
    ...(id === undefined ? [] : [`data-id="${attribute(id)}"`]),
  ];
  return [
    `${SNIPPET}; once in the head of every page -->`,
    '<script',
    ...attributes.map((each) => `  ${each}`),
    '></script>',
    '',
    "<!-- a shelf has its room before its script is there; better among the shop's own styles -->",
    `<style${nonce === true ? ' nonce="..."' : ''}>`,
    '  evershelf-shelf { display: block; min-block-size: 22rem; }',
    '</style>',
    ...SHELVES.flatMap(([placement, where]) => [
      '',
      `<!-- ${where} -->`,
      `<evershelf-shelf placement="${placement}"></evershelf-shelf>`,
    ]),
    '',
  ].join('\n');
}

function attribute(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;');
}
