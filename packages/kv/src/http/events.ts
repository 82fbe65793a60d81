import { isInterest } from '@evershelf/model';
import { Hono, type MiddlewareHandler } from 'hono';
import { isbot } from 'isbot';
import { checkEvent } from '../events/checkEvent.ts';
import type { EventLimits } from '../events/EventLimits.ts';
import type { Taken } from '../events/intake.ts';
import type { SentEvent } from '../events/SentEvent.ts';
import { tokenBuckets } from '../events/tokenBuckets.ts';
import { clientOf, type Connection } from './clientOf.ts';
import { json } from './json.ts';
import type { Metrics } from './metrics.ts';
import { perMinute } from './perMinute.ts';
import { readList } from './readBody.ts';
import { RequestError } from './RequestError.ts';

export interface EventsParts {
  readonly take: (events: readonly SentEvent[], client: string) => Promise<Taken>;
  readonly now: () => number;
  readonly limits: EventLimits;
  /** Header that says who sent a request, set by a proxy in front. */
  readonly clientHeader: string | undefined;
  readonly metrics: Metrics;
}

const LIMITS = { most: 200, bytes: 64 * 1024 };
/** Bad events that an answer names. */
const MOST_NAMED = 5;

/**
 * The route that pages send events to, `navigator.sendBeacon` included. A page that leaves cannot send again, so bad
 * events are left out and the good ones taken.
 */
export function events(parts: EventsParts): Hono<{ Bindings: Connection }> {
  const { take, now, limits, clientHeader, metrics } = parts;
  const boundRequests = perMinute('requests', limits.requestsPerMinute, now);
  const boundEvents = perMinute('events', limits.eventsPerMinute, now);
  const boundCharacters = perMinute('characters of events', limits.charactersPerMinute, now);
  const takeShown = tokenBuckets(limits.shownPerMinute, now);
  const bounded: MiddlewareHandler<{ Bindings: Connection }> = async (c, next) => {
    boundRequests(c, clientOf(c, clientHeader), 1);
    await next();
  };
  return new Hono<{ Bindings: Connection }>().post('/events', bounded, async (c) => {
    const { list, length } = await readList(c, 'events', LIMITS);
    const client = clientOf(c, clientHeader);
    boundCharacters(c, client, length);
    const shown = list.filter(isShown).length;
    boundEvents(c, client, list.length - shown);
    const over = shown > 0 && takeShown(client, shown) > 0 ? shown : 0;
    if (isRobot(c.req.header('user-agent') ?? '')) {
      metrics.left.inc({ reason: 'bot' }, list.length);
      return json(c, { accepted: 0, bots: list.length }, 202);
    }
    // What shelves have shown is much, and never costs a shopper's purchase its place.
    const checked = list.map((value) => (over > 0 && isShown(value) ? undefined : checkEvent(value, now())));
    metrics.left.inc({ reason: 'over' }, over);
    const good = checked.filter((event) => typeof event === 'object');
    const bad = checked.flatMap((message, at) => (typeof message === 'string' ? [{ at, message }] : []));
    metrics.left.inc({ reason: 'bad' }, bad.length);
    const refused = bad.length === 0 ? {} : { refused: bad.length, events: bad.slice(0, MOST_NAMED) };
    if (good.length === 0 && over === 0)
      throw new RequestError(400, `found ${bad.length} bad events and no good one`, refused);
    const { accepted, duplicates } = await take(good, client);
    metrics.events.inc(accepted);
    metrics.left.inc({ reason: 'duplicate' }, duplicates);
    const left = { ...(duplicates > 0 ? { duplicates } : {}), ...(over > 0 ? { over } : {}) };
    return json(c, { accepted, ...left, ...refused }, 202);
  });
}

/** True for an event that says what a shelf has shown, be the rest of it right or wrong. */
function isShown(value: unknown): boolean {
  const kind = (value as { kind?: unknown } | null)?.kind;
  return typeof kind === 'string' && !isInterest(kind);
}

/**
 * True for a browser that says it is none of a person's: only such a bot runs a page's scripts. What calls itself no browser, an app
 * or a shop's own server, was written to send events.
 */
function isRobot(agent: string): boolean {
  return agent.startsWith('Mozilla/') && isbot(agent);
}
