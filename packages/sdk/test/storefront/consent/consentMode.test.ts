import { describe, expect, it } from 'vitest';
import { consentMode } from '../../../src/storefront/consent/consentMode.ts';

/** What gtag pushes: the `arguments` of its call. */
const gtag = function () {
  return arguments;
} as (...given: unknown[]) => IArguments;

const after = (
  ...commands: readonly (readonly unknown[])[]
): ReturnType<ReturnType<typeof consentMode>['signal']> => {
  const mode = consentMode();
  for (const command of commands) mode.take(gtag('consent', ...command));
  return mode.signal();
};
const all = (choice: 'granted' | 'denied', ...types: string[]): object =>
  Object.fromEntries(types.map((type) => [type, choice]));
/** The four of Consent Mode v2, which most banners name. */
const V2 = ['ad_storage', 'ad_user_data', 'ad_personalization', 'analytics_storage'];

describe('Google Consent Mode', () => {
  it('says nothing before a consent command, and by other messages', () => {
    const mode = consentMode();
    expect(mode.take({ event: 'view_item' })).toBe(false);
    expect(mode.take(gtag('config', 'G-1'))).toBe(false);
    expect(mode.take(gtag('consent', 'default', { security_storage: 'granted' }))).toBe(true);
    expect(mode.signal()).toBeUndefined();
  });

  it.each([
    [
      'denied by default',
      [['default', all('denied', ...V2)]],
      { consent: 'none', events: false, settled: false },
    ],
    [
      'granted by default',
      [['default', all('granted', ...V2)]],
      { consent: 'profile', events: true, settled: true },
    ],
    [
      'granted by an update',
      [
        ['default', all('denied', ...V2)],
        ['update', all('granted', ...V2)],
      ],
      { consent: 'profile', events: true, settled: true },
    ],
    [
      'denied again',
      [
        ['default', all('denied', ...V2)],
        ['update', all('granted', ...V2)],
        ['update', all('denied', ...V2)],
      ],
      { consent: 'none', events: false, settled: true },
    ],
    [
      'analytics alone',
      [
        ['default', all('denied', ...V2)],
        ['update', all('granted', 'analytics_storage')],
      ],
      { consent: 'cache', events: true, settled: true },
    ],
    [
      'functionality without personalization',
      [['update', { ...all('denied', ...V2, 'personalization_storage'), functionality_storage: 'granted' }]],
      { consent: 'cache', events: false, settled: true },
    ],
    [
      'functionality and personalization, without ads and analytics',
      [
        [
          'update',
          { ...all('denied', ...V2), ...all('granted', 'functionality_storage', 'personalization_storage') },
        ],
      ],
      { consent: 'profile', events: false, settled: true },
    ],
    [
      'functionality alone, nothing else named',
      [['update', all('granted', 'functionality_storage')]],
      { consent: 'cache', events: true, settled: true },
    ],
    [
      'an update before the default',
      [
        ['update', all('granted', ...V2)],
        ['default', all('denied', ...V2)],
      ],
      { consent: 'profile', events: true, settled: true },
    ],
    [
      'denied in some regions, wherever the page is',
      [
        ['default', { ...all('denied', ...V2), region: ['ES'] }],
        ['default', all('granted', ...V2)],
      ],
      { consent: 'none', events: false, settled: false },
    ],
    [
      'granted in some regions alone',
      [
        ['default', all('denied', ...V2)],
        ['default', { ...all('granted', ...V2), region: ['US'] }],
      ],
      { consent: 'none', events: false, settled: false },
    ],
  ] as const)('%s', (_, commands, wanted) => {
    expect(after(...commands)).toEqual(wanted);
  });

  it('is read where a page pushes a list in place of arguments, and not what is no choice', () => {
    const mode = consentMode();
    expect(mode.take(['consent', 'default', { ad_storage: 'granted', analytics_storage: 'maybe' }])).toBe(
      true,
    );
    expect(mode.signal()).toMatchObject({ consent: 'profile' });
    expect(mode.take(['consent', 'update', null])).toBe(false);
  });
});
