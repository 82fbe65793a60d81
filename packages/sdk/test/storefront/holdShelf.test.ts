import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { type HeldShelf, holdShelf } from '../../src/storefront/holdShelf.ts';
import type { Terms } from '../../src/storefront/consent/Terms.ts';
import { testShelves } from '../testShelves.ts';

const at = testShelves();

const PROFILE: Terms = { consent: 'profile', events: false };
const CACHE: Terms = { consent: 'cache', events: false };
const NONE: Terms = { consent: 'none', events: false };

async function hold(
  first: Terms | undefined,
  changed = (): void => {},
  options: { events?: boolean } = {},
): Promise<HeldShelf> {
  const held = await holdShelf(
    { model: at.shop.model, kv: at.shop.kv, engine: 'cpu', refresh: 20, ...options },
    first,
    changed,
  );
  onTestFinished(() => held.close());
  return held;
}
const look = (held: HeldShelf, n = 0): void => held.track([{ item: at.shop.items[n]!.id, kind: 'view' }]);
const events = (held: HeldShelf): number => held.shelf().status().profile.events;
const stored = async (): Promise<(string | undefined)[]> =>
  (await indexedDB.databases()).map(({ name }) => name).toSorted();
const BOTH = ['evershelf-catalogue', 'evershelf-profile'];

describe('a shelf whose terms change', () => {
  it('keeps more from then on, with what was done in the visit, when it was done', async () => {
    const changed = vi.fn<() => void>();
    const held = await hold(CACHE, changed);
    const before = held.shelf();
    look(held);
    await held.change(PROFILE);
    expect([held.kept(), events(held), changed.mock.calls.length]).toEqual(['profile', 1, 1]);
    expect(held.shelf()).not.toBe(before);
    await vi.waitFor(async () => expect(await stored()).toEqual(BOTH));
    await new Promise((resolve) => setTimeout(resolve, 50));
    const next = await hold(PROFILE);
    expect(events(next)).toBe(1);
  });

  it('keeps less at once, and goes on with what was done in the visit alone', async () => {
    const earlier = await hold(PROFILE);
    look(earlier);
    await new Promise((resolve) => setTimeout(resolve, 50));
    earlier.close();
    const held = await hold(PROFILE);
    look(held, 1);
    expect(events(held)).toBe(2);
    const done = held.change(CACHE);
    expect([held.kept(), events(held)]).toEqual(['cache', 1]);
    await done;
    expect(await stored()).toEqual(['evershelf-catalogue']);
    await held.change(NONE);
    expect(await stored()).toEqual([]);
    look(held, 2);
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect([await stored(), events(held)]).toEqual([[], 2]);
  });

  it('keeps what the shopper said last, however fast they change their mind', async () => {
    const held = await hold(NONE);
    look(held);
    await Promise.all([held.change(PROFILE), held.change(NONE)]);
    expect([held.kept(), await stored(), events(held)]).toEqual(['none', [], 1]);
    await Promise.all([held.change(CACHE), held.change(PROFILE)]);
    expect([held.kept(), events(held)]).toEqual(['profile', 1]);
  });

  it('leaves what an earlier visit stored while the answer is on its way, and deletes it where that is no', async () => {
    const earlier = await hold(PROFILE);
    look(earlier);
    await vi.waitFor(async () => expect(await stored()).toEqual(BOTH));
    await new Promise((resolve) => setTimeout(resolve, 50));
    earlier.close();

    const agrees = await hold(undefined);
    expect([agrees.pending(), agrees.kept(), events(agrees)]).toEqual([true, 'none', 0]);
    look(agrees, 1);
    expect(await stored()).toEqual(BOTH);
    await agrees.change(PROFILE);
    expect([agrees.pending(), events(agrees)]).toEqual([false, 2]);
    agrees.close();

    const refuses = await hold(undefined);
    await refuses.change(NONE);
    await vi.waitFor(async () => expect(await stored()).toEqual([]));
  });

  it('goes on as it was where more may be kept and it cannot be opened anew', async () => {
    const held = await hold(NONE);
    const before = held.shelf();
    look(held);
    at.shop.files.clear();
    await expect(held.change(PROFILE)).rejects.toThrow(/manifest\.json: found status 404/);
    expect([held.kept(), events(held), held.shelf() === before]).toEqual(['none', 1, true]);
  });

  it('has forgotten all after forget, until it may keep again', async () => {
    const held = await hold(PROFILE);
    look(held);
    await held.forget();
    expect([held.kept(), events(held), await stored()]).toEqual(['none', 0, []]);
    await held.change(PROFILE);
    expect([held.kept(), events(held)]).toEqual(['profile', 0]);
  });

  it.each([
    ['are sent with their time once they may be', true],
    ['are dropped where they may not be', false],
  ])('while the answer is on its way what shelves have shown and what was done %s', async (_, may) => {
    const sent: { item: string; kind: string; time: number }[] = [];
    vi.stubGlobal('document', new EventTarget());
    vi.stubGlobal('navigator', {
      sendBeacon: (_: string, body: string) =>
        sent.push(...(JSON.parse(body) as { events: typeof sent }).events) > 0,
    });
    onTestFinished(() => void vi.unstubAllGlobals());
    for (const consent of ['none', 'cache'] as const) {
      sent.length = 0;
      const held = await hold(undefined, undefined, { events: true });
      const item = at.shop.items[0]!.id;
      const began = Date.now() / 1000;
      held.show([{ item, kind: 'impression' }]);
      look(held);
      const ended = Date.now() / 1000;
      await held.change({ consent, events: may });
      held.show([{ item, kind: 'click' }]);
      // Another shelf is told again what was done, but sends nothing twice.
      await held.change({ consent: 'profile', events: may });
      held.close();
      expect(sent.map(({ kind }) => kind)).toEqual(may ? ['impression', 'view', 'click'] : []);
      for (const { time } of sent.slice(0, 2)) {
        expect(time).toBeGreaterThanOrEqual(began);
        expect(time).toBeLessThanOrEqual(ended);
      }
    }
  });
});
