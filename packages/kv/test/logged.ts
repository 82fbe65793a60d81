import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

interface Line {
  readonly timestamp: number;
  readonly item_id: string;
  readonly event_id?: string;
  readonly counted?: boolean;
}

/** All lines of a folder of events, file after file. */
export async function logged(folder: string): Promise<Line[]> {
  const lines: Line[] = [];
  for (const name of (await readdir(folder)).toSorted())
    for (const line of (await readFile(join(folder, name), 'utf8')).split('\n'))
      if (line !== '') lines.push(JSON.parse(line) as Line);
  return lines;
}
