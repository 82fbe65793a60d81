import { grants } from './access/grants.ts';
import { NO_TOKENS, type Tokens } from './access/Tokens.ts';
import { eventCounter } from './events/eventCounter.ts';
import { EVENT_LIMITS, type EventLimits } from './events/EventLimits.ts';
import type { EventLog } from './events/EventLog.ts';
import { influence } from './events/influence.ts';
import { intake } from './events/intake.ts';
import { memoryLog } from './events/memoryLog.ts';
import { seenIds } from './events/seenIds.ts';
import type { Connection } from './http/clientOf.ts';
import { app } from './http/app.ts';
import type { Metrics } from './http/metrics.ts';
import { REQUEST_LIMITS, type RequestLimits } from './http/RequestLimits.ts';
import { unmeasured } from './http/unmeasured.ts';
import type { Answered } from './http/watched.ts';
import { every } from './every.ts';
import { saidOf } from './saidOf.ts';
import { SHOP_KEY } from './shop/keys.ts';
import { openShop } from './shop/openShop.ts';
import { serial } from './serial.ts';
import type { Store } from './stores/Store.ts';
import { timedStore } from './stores/timedStore.ts';

export interface ServiceOptions {
  readonly store: Store;
  /** Where events are logged for training; without it they are counted only. */
  readonly events?: EventLog | undefined;
  /** What one client and one session may do; default `EVENT_LIMITS` and `REQUEST_LIMITS`. */
  readonly limits?: Partial<EventLimits & RequestLimits>;
  /**
   * Header that names the network address of who sent a request, set by a proxy in front on every request; where it lists several, the
   * last one. Default is the connection's own address.
   */
  readonly clientHeader?: string | undefined;
  /** Bearer token of those who may write items, or `sha256:` and its SHA-256; without it, and without `tokens`, nobody may. */
  readonly token?: string | undefined;
  /** More tokens, asked for at each request that needs one, so that they come and go while the service runs. */
  readonly tokens?: (() => Tokens) | undefined;
  /** Whether reads, `/metrics` and `/healthz` need a token too; default false. */
  readonly privateReads?: boolean;
  /** Origins whose pages may read answers and send events, as browsers send them, `https://shop.example`; default any. */
  readonly origins?: readonly string[] | undefined;
  /** Pages of a new store, a power of two; default 256. A store that was filled before keeps its own number. */
  readonly pages?: number;
  /** Shortest time between two revisions that events cause, in seconds; default 5. */
  readonly flushSeconds?: number;
  /**
   * Whether it does by itself what is to be done now and then: look for what other services wrote, count, let time pass. Default true;
   * else its owner calls `follow`, `flush` and `age`.
   */
  readonly upkeep?: boolean;
  /** How often counters are read anew for the time that has passed, in seconds; default 6 hours. */
  readonly ageSeconds?: number;
  /** The clock, Unix seconds. */
  readonly now?: () => number;
  /** Told about errors that are the service's own, as they are; default stderr, without their stacks and paths. */
  readonly report?: (error: unknown) => void;
  /** Told of every request that was answered. */
  readonly answered?: (answered: Answered) => void;
  /** What is counted of the service, and answered to Prometheus at `/metrics`; default nothing. */
  readonly metrics?: Metrics;
}

/** A metadata service as a function from requests to answers; any server of Fetch requests can carry it. */
export interface Service {
  fetch(request: Request, connection?: Connection): Response | Promise<Response>;
  /** Counts what the log of events holds, without waiting for its turn. */
  flush(): Promise<void>;
  /** Takes over what other services on the store wrote. */
  follow(): Promise<void>;
  /** Lets time pass for all counters. */
  age(): Promise<void>;
  /** From now on `/readyz` sends others elsewhere; requests are answered as before. */
  drain(): void;
  /** Ends the answers that have no end of their own. */
  endStreams(): void;
  /** Writes what is left to write, then closes the store and the events. */
  close(): Promise<void>;
}

/** How often a service looks for what others on its store wrote, in seconds. */
const FOLLOW = 0.5;

/** Opens a metadata service on a store. Several may run on one store at once. */
export async function service(options: ServiceOptions): Promise<Service> {
  const {
    token = '',
    tokens = () => NO_TOKENS,
    privateReads = false,
    clientHeader,
    answered,
    metrics = unmeasured,
    pages = 256,
    flushSeconds = 5,
    ageSeconds = 21_600,
    upkeep = true,
  } = options;
  const {
    now = () => Date.now() / 1000,
    report = (error) => console.error('evershelf-serve:', saidOf(error, [token])),
  } = options;
  const store = timedStore(options.store, metrics.stored);
  const shop = await openShop(store, pages, now, report);
  const log = options.events ?? memoryLog(now);
  const limits = { ...EVENT_LIMITS, ...REQUEST_LIMITS, ...options.limits };
  const [seen, bounds] = [seenIds(), influence(limits, now)];
  for await (const event of log.recent()) {
    if (event.id !== undefined) seen.add(event.id, now());
    bounds.recall(event);
  }
  const counter = eventCounter(shop, log, flushSeconds, now, report);
  const closing = new AbortController();
  let draining = false;
  metrics.show(shop);
  const { fetch } = app({
    shop,
    grants: grants(token === '' ? tokens : withToken(token, tokens)),
    privateReads,
    origins: options.origins,
    now,
    take: intake(log, seen, bounds, now, counter.logged),
    limits,
    clientHeader,
    report,
    metrics,
    closing: closing.signal,
    draining: () => draining || closing.signal.aborted,
    ping: () => store.getMany([SHOP_KEY]),
    tell(request) {
      metrics.answered(request);
      answered?.(request);
    },
  });
  const inTurn = serial();
  const age = (): Promise<void> => inTurn(shop.age);
  const stops: (() => void)[] = [];
  if (upkeep) {
    // What was logged and not counted when a service ended is counted now.
    counter.logged();
    void age().catch(report);
    stops.push(every(ageSeconds, age, report), every(FOLLOW, shop.follow, report));
  }
  return {
    fetch: (request, connection = {}) => fetch(request, connection),
    flush: counter.flush,
    follow: shop.follow,
    age,
    drain() {
      draining = true;
    },
    endStreams: () => closing.abort(),
    async close() {
      for (const stop of stops) stop();
      closing.abort();
      try {
        await inTurn(counter.flush);
        await shop.close();
      } finally {
        await log.close();
        await store.close();
      }
    },
  };
}

/** One more token that may write; the same object for as long as the others are. */
function withToken(token: string, others: () => Tokens): () => Tokens {
  let of: Tokens | undefined;
  let all = NO_TOKENS;
  return () => {
    const now = others();
    if (now !== of) {
      of = now;
      all = { ...now, write: [token, ...now.write] };
    }
    return all;
  };
}
