import { Counter, Gauge, Histogram, Registry } from 'prom-client';
import type { Shop } from '../shop/openShop.ts';
import type { Answered } from './watched.ts';

/** What is counted of a service. */
export interface Metrics {
  /** What Prometheus reads; undefined where nothing is measured. */
  readonly registry: Pick<Registry, 'metrics' | 'contentType'> | undefined;
  readonly events: Pick<Counter, 'inc'>;
  /** Events that were not taken, by `reason`: duplicate, bot, bad, over. */
  readonly left: Pick<Counter<'reason'>, 'inc'>;
  readonly batches: Pick<Counter, 'inc'>;
  /** Streams of changes that are open. */
  readonly streams: Pick<Gauge, 'inc' | 'dec'>;
  answered(answered: Answered): void;
  /** @param call the store's function */
  stored(call: string, seconds: number): void;
  /** Shows where a shop stands. */
  show(shop: Shop): void;
}

/** Seconds: a page from memory, from the store, from a store behind a network, and what is too slow. */
const BUCKETS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5];

/** Counts for Prometheus. */
export function metrics(): Metrics {
  const registry = new Registry();
  const registers = [registry];
  const requests = new Counter({
    name: 'evershelf_requests_total',
    help: 'Requests answered.',
    labelNames: ['method', 'route', 'status'],
    registers,
  });
  const answers = new Histogram({
    name: 'evershelf_request_duration_seconds',
    help: 'Time from a request to the start of its answer.',
    labelNames: ['method', 'route'],
    buckets: BUCKETS,
    registers,
  });
  const calls = new Histogram({
    name: 'evershelf_store_duration_seconds',
    help: "Time of the store's calls, failed ones included.",
    labelNames: ['call'],
    buckets: BUCKETS,
    registers,
  });
  const gauge = (name: string, help: string, read: () => number): Gauge =>
    new Gauge({
      name,
      help,
      registers,
      collect() {
        this.set(read());
      },
    });
  return {
    registry,
    events: new Counter({ name: 'evershelf_events_accepted_total', help: 'Events accepted.', registers }),
    left: new Counter({
      name: 'evershelf_events_left_total',
      help: 'Events that were not taken.',
      labelNames: ['reason'],
      registers,
    }),
    batches: new Counter({
      name: 'evershelf_write_batches_total',
      help: 'Batches of items that wrote or deleted something.',
      registers,
    }),
    streams: new Gauge({ name: 'evershelf_streams', help: 'Streams of changes that are open.', registers }),
    answered({ method, route, status, seconds }) {
      requests.inc({ method, route, status });
      answers.observe({ method, route }, seconds);
    },
    stored: (call, seconds) => calls.observe({ call }, seconds),
    show(shop) {
      gauge('evershelf_items', 'Items that the shop holds.', shop.size);
      gauge('evershelf_revision', "The shop's revision.", shop.revision);
    },
  };
}
