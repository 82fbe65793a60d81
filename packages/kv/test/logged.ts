import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** What tests read of a line of the log. */
export interface LoggedLine {
  readonly timestamp: number;
  readonly item_id: string;
  readonly event_id?: string;
  readonly counted?: boolean;
}

/** All lines of a folder of events, file after file. */
export async function logged(folder: string): Promise<LoggedLine[]> {
  const lines: LoggedLine[] = [];
  for (const name of (await readdir(folder)).toSorted())
    for (const line of (await readFile(join(folder, name), 'utf8')).split('\n'))
      if (line !== '') lines.push(JSON.parse(line) as LoggedLine);
  return lines;
}
