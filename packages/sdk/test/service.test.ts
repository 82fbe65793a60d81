import { beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { type Network, NetworkError } from '../src/metadata/network.ts';
import { openService, type Service } from '../src/metadata/service.ts';

const asText = (json: unknown): string => {
  if (typeof json !== 'string') throw new NetworkError('found no text, wanted one');
  return json;
};

let asked: string[];
let answer: () => Promise<Uint8Array<ArrayBuffer>>;
let service: Service;

const text = (body: string) => async (): Promise<Uint8Array<ArrayBuffer>> => new TextEncoder().encode(body);
const failing = (status?: number) => async (): Promise<never> => {
  throw new NetworkError('found no answer', status);
};

beforeEach(() => {
  vi.useFakeTimers();
  onTestFinished(() => void vi.useRealTimers());
  asked = [];
  const network: Pick<Network, 'get'> = {
    get: (url) => {
      asked.push(url);
      return answer();
    },
  };
  service = openService('http://kv', network);
});

const ask = (path: string): Promise<string> => service.get(path, asText);

async function fail(times: number): Promise<void> {
  for (let time = 0; time < times; time++) await expect(ask('changes')).rejects.toThrow(NetworkError);
}

describe('a service', () => {
  it('is asked once by all who ask for the same meanwhile', async () => {
    answer = text('"page"');
    expect(await Promise.all([ask('pages/1'), ask('pages/1'), ask('pages/2')])).toEqual(
      Array(3).fill('page'),
    );
    expect(asked).toEqual(['http://kv/v1/pages/1', 'http://kv/v1/pages/2']);
    await ask('pages/1');
    expect(asked).toHaveLength(3);
  });

  it.each([
    ['does not answer', failing()],
    ['answers an error of its own', failing(503)],
    ['answers what is no JSON', text('<html>')],
    ['answers JSON of another kind', text('{}')],
  ])('that %s three times is left alone, then tried by one', async (_, wrong) => {
    answer = wrong;
    await fail(3);
    await expect(ask('pages/1')).rejects.toThrow(/not asked, the service failed 3 times, lastly so: /);
    expect(asked).toHaveLength(3);
    vi.advanceTimersByTime(1000);
    const tries = await Promise.allSettled([ask('pages/1'), ask('pages/2')]);
    expect(tries.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    expect(asked).toHaveLength(4);
    // For longer after each failure.
    vi.advanceTimersByTime(999);
    await fail(1);
    expect(asked).toHaveLength(4);
    vi.advanceTimersByTime(1001);
    answer = text('"page"');
    await ask('pages/1');
    expect(await Promise.all([ask('pages/1'), ask('pages/2')])).toEqual(['page', 'page']);
  });

  it('that says no is there', async () => {
    answer = failing(404);
    await fail(9);
    expect(asked).toHaveLength(9);
  });

  it('is asked at once where its failures are forgiven', async () => {
    answer = failing();
    await fail(4);
    service.forgive();
    await fail(1);
    expect(asked).toHaveLength(4);
  });
});
