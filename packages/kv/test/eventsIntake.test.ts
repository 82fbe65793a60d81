import { setImmediate as turn } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { EVENT_LIMITS } from '../src/events/EventLimits.ts';
import type { LoggedEvent } from '../src/events/EventLog.ts';
import { influence } from '../src/events/influence.ts';
import { intake } from '../src/events/intake.ts';
import { memoryLog } from '../src/events/memoryLog.ts';
import { seenIds } from '../src/events/seenIds.ts';

const now = (): number => 1_760_000_000;

it('events of requests that wait are written together, and none is answered before its own are safe', async () => {
  const written: (readonly LoggedEvent[])[] = [];
  let release = (): void => {};
  const log = {
    ...memoryLog(now),
    append: (events: readonly LoggedEvent[]): Promise<void> => {
      written.push(events);
      return new Promise((resolve) => (release = resolve));
    },
  };
  const take = intake(log, seenIds(), influence(EVENT_LIMITS, now), now, () => {});
  const answered: number[] = [];
  const waiting = Array.from({ length: 21 }, async (_, k) => {
    await take([{ time: now(), item: `${k}`, kind: 'view' }], 'client');
    answered.push(k);
  });
  await turn();
  expect(written.map(({ length }) => length)).toEqual([1]);
  expect(answered).toEqual([]);
  release();
  await turn();
  expect(written.map(({ length }) => length)).toEqual([1, 20]);
  expect(answered).toEqual([0]);
  release();
  await Promise.all(waiting);
  expect(answered).toHaveLength(21);
});

it('ids are known for an hour at least, and the latest million of them at most', () => {
  const seen = seenIds();
  seen.add('first', 0);
  seen.add('second', 3601);
  expect([seen.has('first'), seen.has('second')]).toEqual([true, true]);
  seen.add('third', 7300);
  expect([seen.has('first'), seen.has('second'), seen.has('third')]).toEqual([false, true, true]);
  for (let k = 0; k < 1_000_000; k++) seen.add(`${k}`, 7300);
  expect([seen.has('third'), seen.has('500000'), seen.has('999999')]).toEqual([false, true, true]);
});
