import { randomBytes } from 'node:crypto';
import { hourOf } from '../hourOf.ts';

/** A name that no other segment has, for one that begins `now`, in Unix seconds: its hour comes first. */
export function segmentName(now: number): string {
  return `${hourOf(now)}-${randomBytes(4).toString('hex')}`;
}
