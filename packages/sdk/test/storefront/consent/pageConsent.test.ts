import { expect, it, onTestFinished, vi } from 'vitest';
import { pageConsent } from '../../../src/storefront/consent/pageConsent.ts';

it("the shop's own word is all that is asked: neither a platform nor the page is listened to", async () => {
  const platform = vi.fn<() => void>();
  vi.stubGlobal('__tcfapi', platform);
  vi.stubGlobal('navigator', { globalPrivacyControl: true });
  vi.stubGlobal('dataLayer', Object.freeze([['consent', 'update', { ad_storage: 'denied' }]]));
  onTestFinished(() => void vi.unstubAllGlobals());
  const changed = vi.fn<() => void>();
  const agreed = pageConsent('profile', 'dataLayer', changed);
  await agreed.answered(60_000);
  expect([agreed.settled(), agreed.terms()]).toEqual([true, { consent: 'profile', events: false }]);
  agreed.say('none');
  expect(agreed.terms()).toEqual({ consent: 'none', events: false });
  agreed.close();
  expect([platform.mock.calls, changed.mock.calls]).toEqual([[], []]);
});
