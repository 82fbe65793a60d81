import { Hono } from 'hono';
import type { ShopEvent } from '@evershelf/model';
import { checkEvent } from '../events/checkEvent.ts';
import type { Metrics } from './metrics.ts';
import { readList } from './readBody.ts';
import { json } from './json.ts';
import { RequestError } from './RequestError.ts';

const LIMITS = { most: 200, bytes: 64 * 1024 };
/** Bad events that an answer names. */
const MOST_NAMED = 5;

/**
 * The route that pages send events to, `navigator.sendBeacon` included. A page that leaves cannot send again, so bad
 * events are left out and the good ones taken.
 */
export function events(
  take: (events: readonly ShopEvent[]) => Promise<void>,
  now: () => number,
  metrics: Metrics,
): Hono {
  return new Hono().post('/events', async (c) => {
    const { list } = await readList(c, 'events', LIMITS);
    const checked = list.map((value) => checkEvent(value, now()));
    const good = checked.filter((event) => typeof event !== 'string');
    const bad = checked.flatMap((message, at) => (typeof message === 'string' ? [{ at, message }] : []));
    const refused = bad.length === 0 ? {} : { refused: bad.length, events: bad.slice(0, MOST_NAMED) };
    if (good.length === 0)
      throw new RequestError(400, `found ${bad.length} bad events and no good one`, refused);
    await take(good);
    metrics.events.inc(good.length);
    return json(c, { accepted: good.length, ...refused }, 202);
  });
}
