import type { Learned, Listing } from './artifact/Artifact.ts';
import { RUNGS, type Vocabulary } from './ladder.ts';

const KNOWN = RUNGS.indexOf('known');

/**
 * What an artifact recognises: its trained ids, categories and rows.
 *
 * @param find position of an id in the catalogue, or one beyond it; undefined where it is not known
 */
export function vocabularyOf(
  { manifest, index, tables }: Pick<Listing, 'manifest' | 'index'> & Pick<Learned, 'tables'>,
  find: (id: string) => number | undefined,
): Vocabulary {
  const categories = new Set(manifest.categories);
  // Not the tables: whoever holds these may let go of a part.
  const { itemScale } = tables;
  return {
    schema: manifest.schema,
    tableRows: manifest.tableRows,
    knowsId: (id) => index.rung[find(id) ?? index.count] === KNOWN,
    knowsCategory: (level) => categories.has(level),
    knowsRow: (row) => itemScale[row]! > 0,
  };
}
