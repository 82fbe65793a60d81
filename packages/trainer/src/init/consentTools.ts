/** Consent tools by what their public installation guides put on a page: a part of the address of their script. */
const TOOLS: readonly (readonly [string, RegExp])[] = [
  ['Cookiebot', /consent\.cookiebot\.(?:com|eu)/],
  ['OneTrust', /cookielaw\.org|otSDKStub/],
  ['Usercentrics', /usercentrics\.(?:eu|com)/],
  ['Didomi', /privacy-center\.org/],
  ['Sourcepoint', /privacy-mgmt\.com/],
  ['consentmanager', /consentmanager\.(?:net|mgr\.consensu\.org)/],
  ['InMobi Choice (Quantcast)', /cmp\.(?:inmobi|quantcast)\.com/],
  ['iubenda', /\biubenda\.com/],
  ['CookieYes', /cookieyes/],
  ['Termly', /app\.termly\.io/],
  ['TrustArc', /consent\.trustarc\.com/],
  ['Osano', /cmp\.osano\.com/],
  ['Axeptio', /axept\.io/],
  ['Klaro', /klaro(?:[.-]\w+)*\.js/],
  ['Complianz', /complianz/],
];

/** What is used of a page to say which consent tools it has. */
export interface ConsentEvidence {
  /** Addresses of its scripts. */
  readonly sources: readonly string[];
  /** Code that stands in it. */
  readonly code: string;
  /** What it pushes to its data layer. */
  readonly messages: readonly unknown[];
}

/** The consent signals and tools of a page, by name: those that Evershelf follows by itself first. */
export function consentTools({ sources, code, messages }: ConsentEvidence): {
  readonly followed: readonly string[];
  readonly tools: readonly string[];
} {
  const setsMode = messages.some((message) => Array.isArray(message) && message[0] === 'consent');
  return {
    followed: [
      ...(setsMode ? ['Google Consent Mode'] : []),
      ...(/\b__tcfapi\b/.test(code) ? ['IAB TCF'] : []),
    ],
    tools: TOOLS.flatMap(([name, pattern]) => (sources.some((source) => pattern.test(source)) ? [name] : [])),
  };
}
