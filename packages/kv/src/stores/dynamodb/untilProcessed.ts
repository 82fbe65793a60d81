import { setTimeout as pause } from 'node:timers/promises';
import { ServiceError } from '../../ServiceError.ts';

/** How often a batch is sent, and bounds of the pause before it is sent again, in milliseconds; the bound doubles each time. */
const ATTEMPTS = 10;
const FIRST_PAUSE = 50;
const LONGEST_PAUSE = 3000;

/**
 * Sends a batch, and again what DynamoDB left of it, with pauses of random length that grow: "exponential backoff with jitter", as
 * its guide to BatchGetItem and BatchWriteItem asks for.
 *
 * @param send sends a batch, and answers what is left to send; nothing or an empty one at the end
 * @throws {ServiceError} where something is left after ten times
 */
export async function untilProcessed<T extends object>(
  table: string,
  batch: T,
  send: (left: T) => Promise<T | undefined>,
): Promise<void> {
  let left = batch;
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    if (attempt > 0) await pause(Math.random() * Math.min(LONGEST_PAUSE, FIRST_PAUSE * 2 ** attempt));
    const rest = await send(left);
    if (rest === undefined || (Array.isArray(rest) && rest.length === 0)) return;
    left = rest;
  }
  throw new ServiceError(
    `DynamoDB table ${table}: found a batch still unprocessed after ${ATTEMPTS} attempts, wanted all of it done, raise the table's limits`,
  );
}
