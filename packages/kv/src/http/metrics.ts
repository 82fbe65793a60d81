import type { MiddlewareHandler } from 'hono';
import { routePath } from 'hono/route';
import { Counter, Gauge, Registry } from 'prom-client';
import type { Shop } from '../shop/openShop.ts';

export interface Metrics {
  readonly registry: Registry;
  readonly events: Counter;
  readonly batches: Counter;
  /** Counts every request by its route and status. */
  readonly watch: MiddlewareHandler;
}

export function metrics(shop: Shop): Metrics {
  const registry = new Registry();
  const registers = [registry];
  const requests = new Counter({
    name: 'evershelf_requests_total',
    help: 'Requests answered.',
    labelNames: ['method', 'route', 'status'],
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
  gauge('evershelf_items', 'Items that the shop holds.', shop.size);
  gauge('evershelf_revision', "The shop's revision.", shop.revision);
  return {
    registry,
    events: new Counter({ name: 'evershelf_events_accepted_total', help: 'Events accepted.', registers }),
    batches: new Counter({
      name: 'evershelf_write_batches_total',
      help: 'Batches of items that wrote or deleted something.',
      registers,
    }),
    async watch(c, next) {
      await next();
      const route = routePath(c, -1);
      requests.inc({
        method: c.req.method,
        route: route.includes('*') ? 'other' : route,
        status: c.res.status,
      });
    },
  };
}
