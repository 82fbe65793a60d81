import { type Service, service, type ServiceOptions } from './service.ts';

/** What the platform hands over with a request. */
export interface WorkerContext {
  /** Lets work go on once the answer is out. */
  waitUntil(work: Promise<unknown>): void;
}

export interface WorkerModule<Env> {
  fetch(request: Request, env: Env, context: WorkerContext): Promise<Response>;
  /** For a clock of the platform's, some times a day: lets time pass for all counters. */
  scheduled(event: unknown, env: Env, context: WorkerContext): void;
}

/** How long after the last time others' writes are looked for, in milliseconds. */
const FOLLOW = 500;

/**
 * A metadata service as a module of Cloudflare Workers, or of any platform that stops all timers of a module once a request is
 * answered: what a service does now and then is done behind requests. Many copies of a module run at once, so the store must be one
 * that several services may write.
 *
 * @param open the service's options, given the platform's bindings; called at the first request, again where it failed
 */
export function worker<Env>(open: (env: Env) => ServiceOptions | Promise<ServiceOptions>): WorkerModule<Env> {
  let opening: Promise<{ running: Service; flushSeconds: number }> | undefined;
  let followed = 0;
  let flushing = false;
  const opened = (env: Env): Promise<{ running: Service; flushSeconds: number }> => {
    opening ??= (async () => {
      const options = await open(env);
      return {
        running: await service({ ...options, upkeep: false }),
        flushSeconds: options.flushSeconds ?? 5,
      };
    })();
    opening.catch(() => (opening = undefined));
    return opening;
  };
  const flush = async (running: Service, seconds: number): Promise<void> => {
    if (flushing) return;
    flushing = true;
    try {
      await new Promise((resolve) => setTimeout(resolve, seconds * 1000));
    } finally {
      flushing = false;
    }
    await running.flush();
  };
  return {
    async fetch(request, env, context) {
      const answer = opened(env).then(async ({ running, flushSeconds }) => {
        if (Date.now() - followed > FOLLOW) {
          followed = Date.now();
          context.waitUntil(running.follow());
        }
        const answered = await running.fetch(request);
        if (request.method === 'POST') context.waitUntil(flush(running, flushSeconds));
        return answered;
      });
      // A client that leaves would leave a write undone, and all who wait for it.
      context.waitUntil(answer);
      return answer;
    },
    scheduled(_, env, context) {
      context.waitUntil(opened(env).then(({ running }) => running.age()));
    },
  };
}
