import type { Consent } from '../../types.ts';
import { within } from '../../within.ts';
import { watchDataLayer } from '../page/watchDataLayer.ts';
import { watchGrowth } from '../page/watchGrowth.ts';
import { consentMode } from './consentMode.ts';
import { openTcf } from './tcf.ts';
import { leastOf, type Signal, type Terms } from './Terms.ts';

/** What the shopper agreed to, by the shop's own word or by the signals of the page. */
export interface PageConsent {
  /** As of now. */
  terms(): Terms;
  /** False while an answer is on its way: what an earlier visit stored is neither used nor deleted. */
  settled(): boolean;
  /** Settles with the answer, and after so many milliseconds. */
  answered(milliseconds: number): Promise<void>;
  /** The shop's own word, from now on in place of the page's signals. */
  say(consent: Consent): void;
  close(): void;
}

/** Milliseconds after which no answer is expected any more. */
const PATIENCE = 3000;

/**
 * Follows Google Consent Mode, a consent platform with IAB TCF v2, and Global Privacy Control: what all of them that are there allow, and
 * `cache` where there is none. Global Privacy Control forbids a profile, and that events are sent, whoever else allows it.
 *
 * @param consent the shop's own word, or `auto`
 * @param dataLayer its name
 * @param changed called when they say something else
 */
export function pageConsent(consent: Consent | 'auto', dataLayer: string, changed: () => void): PageConsent {
  const isPrivate = (navigator as { globalPrivacyControl?: boolean }).globalPrivacyControl === true;
  if (consent !== 'auto') return ownConsent(consent, isPrivate);
  let own: PageConsent | undefined;
  let isLate = false;
  let open = false;
  let settle = (): void => {};
  const answer = new Promise<void>((resolve) => (settle = resolve));
  let last = '';
  const heard = (): void => {
    if (!open) return;
    if (settled()) settle();
    const now = JSON.stringify([signal(), settled()]);
    if (now !== last) changed();
    last = now;
  };

  const mode = consentMode();
  const tcf = openTcf(heard);
  const layer = watchDataLayer(dataLayer, (message) => {
    if (mode.take(message)) heard();
  });
  const growth = watchGrowth(() => {
    const before = tcf.signal();
    tcf.look();
    if (before !== undefined || tcf.signal() === undefined) return;
    growth.close();
    heard();
  });
  const timer = setTimeout(() => {
    isLate = true;
    heard();
  }, PATIENCE);
  last = JSON.stringify([signal(), settled()]);
  open = true;

  const close = (): void => {
    if (!open) return;
    open = false;
    settle();
    clearTimeout(timer);
    tcf.close();
    layer.close();
    growth.close();
  };

  function signal(): Signal {
    const signals = [mode.signal(), tcf.signal()].filter((each) => each !== undefined);
    const said: Signal =
      signals.length > 0 ? leastOf(signals) : { consent: 'cache', events: true, settled: true };
    return isPrivate ? leastOf([said, { consent: 'cache', events: false, settled: true }]) : said;
  }
  function settled(): boolean {
    return own !== undefined || isLate || signal().settled;
  }

  return {
    terms: () => own?.terms() ?? signal(),
    settled,
    answered: (milliseconds) => within(milliseconds, settled() ? Promise.resolve() : answer),
    say(consent) {
      close();
      own = ownConsent(consent, isPrivate);
    },
    close,
  };
}

/** The shop's own word: nothing of the page is listened to. */
function ownConsent(consent: Consent, isPrivate: boolean): PageConsent {
  return {
    terms: () => ({ consent, events: !isPrivate }),
    settled: () => true,
    answered: () => Promise.resolve(),
    say: (next) => void (consent = next),
    close() {},
  };
}
