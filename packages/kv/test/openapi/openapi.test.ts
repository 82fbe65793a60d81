import { Validator } from '@seriousme/openapi-schema-validator';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EVENT_LIMITS } from '../../src/events/EventLimits.ts';
import { app, type AppParts } from '../../src/http/app.ts';
import { openapi } from '../../src/http/openapi.ts';
import { unmeasured } from '../../src/http/unmeasured.ts';
import { startedService, TOKEN } from '../startedService.ts';
import { conforms, faultOf } from './conforms.ts';
import { operations } from './operations.ts';
import { allowed, anything, type Sent } from './requests.ts';

const AUTHORIZED = { authorization: `Bearer ${TOKEN}` };
const CALLS = operations
  .filter(({ path }) => path !== '/v1/changes/stream')
  .map((operation) => [`${operation.method} ${operation.path}`, operation] as const);

describe('openapi.json', () => {
  it('is an OpenAPI document, and is served', async () => {
    const service = await startedService();
    const { status, text } = await service.get('/openapi.json');
    expect(status).toBe(200);
    expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(openapi)));
    const { valid, errors } = await new Validator().validate(JSON.parse(text) as Record<string, unknown>);
    expect(errors).toBeUndefined();
    expect(valid).toBe(true);
  });

  it('describes each call that the service has, and no other', () => {
    const { routes } = app({ metrics: unmeasured, limits: EVENT_LIMITS } as unknown as AppParts);
    const has = routes
      .filter(({ method }) => method !== 'ALL' && method !== 'OPTIONS')
      .map(({ method, path }) => `${method} ${path.replace(/:(\w+)/, '{$1}')}`);
    expect([...new Set(has)].toSorted()).toEqual(
      operations.map(({ method, path }) => `${method} ${path}`).toSorted(),
    );
  });
});

describe('GET /v1/changes/stream', () => {
  it('sends what the document says', async () => {
    const service = await startedService();
    await service.put([{ id: 'a' }]);
    const away = new AbortController();
    const answer = await fetch(`${service.url}/v1/changes/stream`, { signal: away.signal });
    conforms('GET', '/v1/changes/stream', { status: answer.status, headers: answer.headers, text: 'some' });
    const messages = answer.body!.pipeThrough(new TextDecoderStream()).getReader();
    let told = '';
    while (!/data: .*\n/.test(told)) told += (await messages.read()).value!;
    away.abort();
    const data: unknown = JSON.parse(/data: (.*)\n/.exec(told)![1]!);
    expect(data).toMatchObject({ changed: [expect.any(Number)] });
    expect(faultOf({ $ref: '#/components/schemas/ChangesAnswer' }, data)).toBeUndefined();
  });
});

describe.each(CALLS)('%s', (_, operation) => {
  const answers = async (
    requests: fc.Arbitrary<Sent>,
    wanted: (status: number) => boolean,
  ): Promise<void> => {
    const { url } = await startedService({ now: () => 1_760_000_000 });
    const property = fc.asyncProperty(requests, async ({ path, headers, body }) => {
      const answer = await fetch(url + path, {
        method: operation.method,
        headers: { ...headers, ...(operation.security.length > 0 ? AUTHORIZED : {}) },
        ...(body === undefined ? {} : { body }),
      });
      const text = await answer.text();
      conforms(operation.method, path, { status: answer.status, headers: answer.headers, text });
      expect(answer.status, text).toSatisfy(wanted);
    });
    await fc.assert(property, { numRuns: 60 });
  };

  it('answers what the document says to any request that it allows', () =>
    answers(allowed(operation), (status) => status < 300 || status === 304 || status === 404));

  it('answers what the document says to anything else, and never that it failed', () =>
    answers(anything(operation), (status) => status < 500));
});
