import { readListing } from '@evershelf/model';
import { figuresOf } from '../measure/figuresOf.ts';
import { readShown } from '../measure/readShown.ts';
import type { ColumnMap } from '../read/columns.ts';
import { withDatabase } from '../read/Database.ts';
import { describeProblem } from '../read/Problems.ts';
import { shelfMarkdown, shelfText } from '../report/shelfReport.ts';
import { artifactFiles } from './artifactFiles.ts';
import { checkWritable } from './checkWritable.ts';
import { writeAside } from './writeAside.ts';

export interface ReportOptions {
  events: string[];
  map: ColumnMap;
  out: string;
  json?: string;
  /** Unix seconds. */
  from?: number;
  to?: number;
  shelf?: string[];
  artifact?: string;
}

/** `evershelf report`: what shelves have shown and what came of it, out of an event log. */
export async function report({
  events,
  map,
  out,
  json,
  from,
  to,
  shelf,
  artifact,
}: ReportOptions): Promise<void> {
  for (const path of [out, json]) if (path !== undefined) await checkWritable(path);
  const catalogue = artifact === undefined ? null : (await readListing(artifactFiles(artifact))).index.count;
  const figures = await withDatabase(undefined, async (db) => {
    const problems = await readShown(db, { files: events, map, from, until: to, shelves: shelf });
    for (const problem of problems) console.error(`! ${describeProblem(problem)}`);
    return await figuresOf(db, catalogue);
  });
  console.log(shelfText(figures));
  if (json !== undefined) await writeAside(json, `${JSON.stringify(figures, null, 1)}\n`);
  if (out.endsWith('.md')) return await writeAside(out, shelfMarkdown(figures));
  // Drawing needs a chart library that nothing else does.
  const { shelfPage } = await import('../report/shelfPage.ts');
  await writeAside(out, shelfPage(figures));
}
