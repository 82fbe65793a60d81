import { type FileHandle, mkdir, open } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { ShopEvent } from '@evershelf/model';
import { ServiceError } from '../ServiceError.ts';
import { serial } from '../shop/serial.ts';
import type { EventSink } from './EventSink.ts';

/** More than the lines of one request. */
const TAIL = 1 << 20;
const NEWLINE = 10;

/**
 * Appends events to a file of JSON lines that `evershelf train --events` reads. A line that a crash cut short is taken
 * away when the file is opened.
 *
 * @throws {ServiceError} where the file cannot be opened
 */
export async function fileSink(path: string): Promise<EventSink> {
  const file = await openFile(path);
  const inTurn = serial();
  return {
    append: (events) => inTurn(() => file.appendFile(events.map(toLine).join(''))),
    close: () => inTurn(() => file.close()),
  };
}

async function openFile(path: string): Promise<FileHandle> {
  try {
    await mkdir(dirname(path), { recursive: true });
    const file = await open(path, 'a+');
    await cutTornLine(file);
    return file;
  } catch (error) {
    throw new ServiceError(
      `${path}: could not be opened (${(error as Error).message}), wanted a file that this user can write`,
    );
  }
}

async function cutTornLine(file: FileHandle): Promise<void> {
  const { size } = await file.stat();
  const from = Math.max(0, size - TAIL);
  const { buffer, bytesRead } = await file.read(Buffer.alloc(size - from), 0, size - from, from);
  const end = from + buffer.subarray(0, bytesRead).lastIndexOf(NEWLINE) + 1;
  if (end < size) await file.truncate(end);
}

function toLine({ time, item, kind, quantity, session, shopper }: ShopEvent): string {
  return `${JSON.stringify({
    timestamp: time,
    item_id: item,
    event_type: kind,
    quantity: quantity ?? 1,
    session_id: session ?? null,
    user_id: shopper ?? null,
  })}\n`;
}
