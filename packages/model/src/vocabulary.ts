import type { Artifact } from './artifact/Artifact.ts';
import { RUNGS, type Vocabulary } from './ladder.ts';

const KNOWN = RUNGS.indexOf('known');

/** What an artifact recognises: its trained ids, categories and rows. */
export function vocabularyOf({ manifest, tables, index, catalogue }: Artifact): Vocabulary {
  const categories = new Set(manifest.categories);
  const known = new Set(catalogue.ids.filter((_, i) => index.rung[i] === KNOWN));
  return {
    schema: manifest.schema,
    tableRows: manifest.tableRows,
    knowsId: (id) => known.has(id),
    knowsCategory: (level) => categories.has(level),
    knowsRow: (row) => tables.itemScale[row]! > 0,
  };
}
