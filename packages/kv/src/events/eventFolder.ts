import { constants } from 'node:fs';
import { access, type FileHandle, mkdir, open, readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { diskErrorOf } from '../diskErrorOf.ts';
import { hourOf } from '../hourOf.ts';
import { isReadOnly } from '../isReadOnly.ts';
import { ServiceError } from '../ServiceError.ts';
import type { EventLog, Segment } from './EventLog.ts';
import { fromLine, toLine } from './eventLine.ts';
import { segmentName } from './segmentName.ts';

export interface EventFolderOptions {
  /** The clock, Unix seconds. */
  readonly now?: () => number;
  /** A segment of so many bytes is full; default 64 MiB. */
  readonly segmentBytes?: number;
}

const HOUR = 3600;
const DAY = 24 * HOUR;
const NEWLINE = 10;
const SUFFIX = '.jsonl';
/** Bytes of one reading, and more than a line has. */
const CHUNK = 1 << 20;
/** Seconds for which a file stands still whose writer has died in the middle of a line. */
const STILL = 60;

/** The segment that takes what comes. */
interface Open {
  readonly name: string;
  readonly file: FileHandle;
  /** Bytes of the lines that are safe. */
  end: number;
}

/**
 * A log of events in a folder of JSON lines that `evershelf train --events FOLDER` reads, a file for each hour, or for each 64 MiB
 * where an hour has more. Several services may log to one folder: each writes files of its own. A line that a crash cut short is
 * taken away where a folder is opened, or an hour begins, a minute after it.
 *
 * @throws {ServiceError} where the folder cannot be used
 */
export async function eventFolder(
  folder: string,
  { now = () => Date.now() / 1000, segmentBytes = 64 << 20 }: EventFolderOptions = {},
): Promise<EventLog> {
  const pathOf = (name: string): string => join(folder, name + SUFFIX);
  /** What this service wrote lately: files may be longer than what is safe. */
  const written = new Map<string, number>();
  let current: Open | undefined;

  const since = async (seconds: number): Promise<Segment[]> => {
    const first = hourOf(now() - seconds);
    const names = (await readdir(folder))
      .filter((file) => file.endsWith(SUFFIX) && file >= first)
      .map((file) => file.slice(0, -SUFFIX.length))
      .toSorted();
    return await Promise.all(
      names.map(async (name) => ({ name, end: written.get(name) ?? (await stat(pathOf(name))).size })),
    );
  };

  const cutTornLines = async (): Promise<void> => {
    for (const { name, end } of await since(DAY))
      if (!written.has(name) && (await stat(pathOf(name))).mtimeMs / 1000 < Date.now() / 1000 - STILL)
        await cutTornLine(pathOf(name), end);
  };

  const leave = async (): Promise<void> => {
    const left = current;
    current = undefined;
    await left?.file.close();
  };

  const begin = async (): Promise<Open> => {
    const name = segmentName(now());
    const file = await open(pathOf(name), 'ax');
    await syncFolder(folder);
    const first = hourOf(now() - DAY);
    for (const old of written.keys()) if (old < first) written.delete(old);
    written.set(name, 0);
    await cutTornLines();
    return { name, file, end: 0 };
  };

  try {
    await mkdir(folder, { recursive: true });
    await access(folder, constants.R_OK | constants.W_OK);
    await cutTornLines();
  } catch (error) {
    // What it holds can be counted and told from what comes again; what comes is refused, one by one.
    if (!(await isReadOnly(folder)))
      throw new ServiceError(
        `${folder}: could not be opened (${(error as Error).message}), wanted a folder that this user can write`,
      );
  }

  const read: EventLog['read'] = async (name, from) => {
    const end = written.get(name) ?? Infinity;
    const lines = await readLines(pathOf(name), from, Math.min(CHUNK, end - from));
    const events = lines
      .toString()
      .split('\n')
      .flatMap((line) => fromLine(line) ?? []);
    return { events, to: from + lines.length };
  };

  return {
    async append(events) {
      if (events.length === 0) return;
      const bytes = Buffer.from(events.map(toLine).join(''));
      if (current !== undefined && (!current.name.startsWith(hourOf(now())) || current.end >= segmentBytes))
        await leave();
      try {
        const segment = (current ??= await begin());
        await segment.file.appendFile(bytes);
        await segment.file.datasync();
        segment.end += bytes.length;
        written.set(segment.name, segment.end);
      } catch (error) {
        // What a disk holds that has refused once is not to be told: the next events go to a file of their own.
        await current?.file.truncate(current.end).catch(() => {});
        await leave().catch(() => {});
        throw await diskErrorOf(error, pathOf('*'));
      }
    },
    async *recent() {
      for (const { name } of await since(HOUR)) {
        let from = 0;
        for (;;) {
          const { events, to } = await read(name, from);
          if (to === from) break;
          yield* events;
          from = to;
        }
      }
    },
    segments: () => since(DAY),
    read,
    close: leave,
  };
}

/** Whole lines from a place in a file, `most` bytes at most; none where there is no whole one. */
async function readLines(path: string, from: number, most: number): Promise<Buffer> {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.allocUnsafe(most), 0, most, from);
    return buffer.subarray(0, buffer.subarray(0, bytesRead).lastIndexOf(NEWLINE) + 1);
  } finally {
    await file.close();
  }
}

async function cutTornLine(path: string, size: number): Promise<void> {
  const from = Math.max(0, size - CHUNK);
  const end = from + (await readLines(path, from, CHUNK)).length;
  if (end === size) return;
  const file = await open(path, 'r+');
  try {
    await file.truncate(end);
  } finally {
    await file.close();
  }
}

/** A new file is not safe before its name is. */
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder);
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
