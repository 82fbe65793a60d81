import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { encodeLive } from '@evershelf/model';
import { describe, expect, it, onTestFinished } from 'vitest';
import { eventFolder, lmdbStore } from '../src/index.ts';
import { logged } from './logged.ts';
import { startedService, TOKEN } from './startedService.ts';
import { tempFolder } from './tempFolder.ts';

const ROUNDS = 4;
const SENDERS = 8;
const ITEMS = 400;
const child = fileURLToPath(new URL('servingChild.ts', import.meta.url));

/** A service in a process of its own, which writes counts as often as it can. */
async function serving(data: string): Promise<{ url: string; kill(): Promise<void> }> {
  const running = spawn(process.execPath, ['--import', 'tsx', child, data, TOKEN], {
    cwd: fileURLToPath(new URL('..', import.meta.url)),
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  onTestFinished(() => void running.kill('SIGKILL'));
  const ended = once(running, 'close');
  const [url] = (await once(createInterface(running.stdout), 'line')) as [string];
  return {
    url,
    async kill() {
      running.kill('SIGKILL');
      await ended;
    },
  };
}

describe('a service that is killed', { timeout: 60_000 }, () => {
  it('has each acknowledged event in its log once, and in its counters as often as in its log', async () => {
    const data = await tempFolder();
    const acknowledged = new Set<string>();
    const unanswered: object[] = [];
    let sent = 0;
    for (let round = 0; round < ROUNDS; round++) {
      const { url, kill } = await serving(data);
      const items = Array.from({ length: ITEMS }, (_, k) => ({ id: `${k}` }));
      await fetch(`${url}/v1/items`, {
        method: 'PUT',
        headers: { authorization: `Bearer ${TOKEN}` },
        body: JSON.stringify({ items }),
      });
      const dead = new AbortController();
      const send = async (): Promise<void> => {
        while (!dead.signal.aborted) {
          // What had no answer is sent again, as is something that had one.
          const again = unanswered.splice(0, 5);
          const id = `${sent++}`;
          const event = { id, item: `${sent % ITEMS}`, kind: 'view', session: id };
          const events = [...again, event] as { id: string }[];
          const answer = await fetch(`${url}/v1/events`, {
            method: 'POST',
            headers: { 'x-client': `10.${sent >> 16}.${(sent >> 8) & 255}.${sent & 255}` },
            body: JSON.stringify({ events }),
          }).catch(() => undefined);
          if (answer?.status === 202) for (const each of events) acknowledged.add(each.id);
          else unanswered.push(...events);
          if (sent % 7 === 0 && answer !== undefined) unanswered.push(event);
        }
      };
      const senders = Array.from({ length: SENDERS }, send);
      const enough = acknowledged.size + 150;
      while (acknowledged.size < enough) await new Promise((resolve) => setTimeout(resolve, 5));
      await kill();
      dead.abort();
      await Promise.all(senders);
    }

    const folder = join(data, 'events');
    const lines = await logged(folder);
    const ids = lines.map(({ event_id }) => event_id!);
    expect(new Set(ids).size).toBe(ids.length);
    expect([...acknowledged].filter((id) => !ids.includes(id))).toEqual([]);

    const service = await startedService({
      store: await lmdbStore(join(data, 'items.mdb')),
      events: await eventFolder(folder),
    });
    await service.flush();
    const counted = new Map<string, number>();
    for (const { item_id } of lines) counted.set(item_id, (counted.get(item_id) ?? 0) + 1);
    for (const [id, count] of counted) {
      const { items } = (await service.get(`/v1/items?ids=${id}`)).body;
      expect([id, items[0]!.live?.[2]]).toEqual([id, encodeLive(count)]);
    }
  });
});
