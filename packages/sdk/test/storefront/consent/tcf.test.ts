import { afterEach, describe, expect, it, vi } from 'vitest';
import { openTcf, type TcData } from '../../../src/storefront/consent/tcf.ts';

type Listener = (data: TcData | null, success: boolean) => void;

/** A consent platform that says what it is told to say. */
function platform(): { readonly asked: unknown[][]; say(data: TcData | null, success?: boolean): void } {
  const asked: unknown[][] = [];
  let listener: Listener | undefined;
  vi.stubGlobal('__tcfapi', (command: string, version: number, callback: Listener, parameter?: unknown) => {
    asked.push([command, version, parameter]);
    if (command === 'addEventListener') listener = callback;
  });
  return { asked, say: (data, success = true) => listener?.(data, success) };
}

const consents = (...purposes: number[]): TcData => ({
  gdprApplies: true,
  eventStatus: 'tcloaded',
  listenerId: 7,
  purpose: { consents: Object.fromEntries(purposes.map((purpose) => [purpose, true])) },
});

afterEach(() => vi.unstubAllGlobals());

describe('a consent platform with IAB TCF v2', () => {
  it('says nothing where there is none, until it comes', () => {
    const tcf = openTcf(() => {});
    expect(tcf.signal()).toBeUndefined();
    platform();
    tcf.look();
    expect(tcf.signal()).toEqual({ consent: 'none', events: false, settled: false });
  });

  it.each([
    ['no purpose', consents(), { consent: 'none', events: false }],
    ['purpose 1', consents(1), { consent: 'cache', events: false }],
    ['purposes 1 and 8', consents(1, 8), { consent: 'cache', events: true }],
    ['purposes 1 and 5', consents(1, 5), { consent: 'cache', events: false }],
    ['purposes 1, 5, 6 and 8', consents(1, 5, 6, 8), { consent: 'profile', events: true }],
    ['purposes 5 and 6 without 1', consents(5, 6), { consent: 'none', events: false }],
    ['that the GDPR does not apply', { gdprApplies: false }, { consent: 'profile', events: true }],
    [
      'that its questions are on the page',
      { gdprApplies: true, eventStatus: 'cmpuishown' },
      { consent: 'none', events: false },
    ],
  ] as const)('says %s', (_, data, wanted) => {
    const cmp = platform();
    const changed = vi.fn<() => void>();
    const tcf = openTcf(changed);
    cmp.say(data);
    expect(tcf.signal()).toEqual({ ...wanted, settled: true });
    expect(changed).toHaveBeenCalledTimes(1);
  });

  it('has agreed to nothing where it fails', () => {
    const cmp = platform();
    const tcf = openTcf(() => {});
    cmp.say(null, false);
    expect(tcf.signal()).toMatchObject({ consent: 'none', settled: false });
  });

  it('is not heard any more once that is ended, and is told so', () => {
    const cmp = platform();
    const changed = vi.fn<() => void>();
    const tcf = openTcf(changed);
    cmp.say(consents());
    tcf.close();
    cmp.say(consents(1));
    expect(changed).toHaveBeenCalledTimes(1);
    expect(cmp.asked.at(-1)).toEqual(['removeEventListener', 2, 7]);
  });
});
