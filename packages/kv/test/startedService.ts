import {
  type ChangesAnswer,
  type ItemsAnswer,
  type PageAnswer,
  pageOf,
  type PairsAnswer,
  type StoredItem,
} from '@evershelf/model';
import { onTestFinished } from 'vitest';
import { conforms } from './openapi/conforms.ts';
import { memoryStore, startService, type RunningService, type StartOptions } from '../src/index.ts';

export const TOKEN = 'open sesame';

/** What answers can hold, all routes together. */
interface Body extends PageAnswer, ItemsAnswer, ChangesAnswer {
  readonly error: string;
  readonly items: readonly StoredItem[];
  readonly written: number;
  readonly unchanged: number;
  readonly deleted: number;
  readonly accepted: number;
  readonly duplicates: number;
  readonly events: readonly { at: number; message: string }[];
}

interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  readonly body: Body;
}

export interface Started extends RunningService {
  get(path: string, headers?: Record<string, string>): Promise<Answer>;
  send(method: string, path: string, body: unknown, headers?: Record<string, string>): Promise<Answer>;
  put(items: readonly object[], live?: object, pairs?: object): Promise<Answer>;
  remove(ids: readonly string[]): Promise<Answer>;
  post(events: readonly object[], headers?: Record<string, string>): Promise<Answer>;
  /** The pairs of an item, as its page names them. */
  pairs(id: string, pages?: number): Promise<Record<string, number>>;
}

/** A service in memory on a free port, closed when the test has ended. */
export async function startedService(options: Partial<StartOptions> = {}): Promise<Started> {
  const running = await startService({ store: memoryStore(), port: 0, token: TOKEN, ...options });
  let closing: Promise<void> | undefined;
  const close = (): Promise<void> => (closing ??= running.close());
  onTestFinished(close);
  const ask = async (path: string, init: RequestInit): Promise<Answer> => {
    const answer = await fetch(running.url + path, init);
    const text = await answer.text();
    conforms(init.method ?? 'GET', path, { status: answer.status, headers: answer.headers, text });
    const isJson = answer.headers.get('content-type')?.includes('json') === true;
    const body = (isJson ? JSON.parse(text) : {}) as Body;
    return { status: answer.status, headers: answer.headers, text, body };
  };
  const authorization = `Bearer ${TOKEN}`;
  const send: Started['send'] = (method, path, body, headers = { authorization }) =>
    ask(path, { method, body: typeof body === 'string' ? body : JSON.stringify(body), headers });
  return {
    ...running,
    close,
    get: (path, headers = {}) => ask(path, { headers }),
    send,
    put: (items, live, pairs) => send('PUT', '/v1/items', { items, live, pairs }),
    remove: (ids) => send('DELETE', '/v1/items', { ids }),
    post: (events, headers = {}) =>
      send('POST', '/v1/events', { events }, { 'content-type': 'text/plain', ...headers }),
    async pairs(id, pages = 256) {
      const { text } = await ask(`/v1/pairs/${pageOf(id, pages)}`, {});
      const { items } = JSON.parse(text) as PairsAnswer;
      return Object.fromEntries(items.find((each) => each.id === id)?.pairs ?? []);
    },
  };
}
