import { readFile } from 'node:fs/promises';

/** A block of code in a document, as a reader would take it from there. */
export interface Snippet {
  /** The document and the line at which the code begins, such as `README.md:22`. */
  readonly at: string;
  readonly language: string;
  readonly code: string;
}

/** The blocks of a Markdown document that name a language, in their order. */
export async function snippetsOf(document: string): Promise<Snippet[]> {
  const text = await readFile(document, 'utf8');
  return [...text.matchAll(/^( *)```(\w+)\n(.*?)^ *```$/gms)].map(
    ({ index, 1: indent, 2: language, 3: code }) => ({
      at: `${document}:${text.slice(0, index).split('\n').length + 1}`,
      language: language!,
      code: code!.replaceAll(new RegExp(`^${indent!}`, 'gm'), ''),
    }),
  );
}
