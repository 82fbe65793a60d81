import { cdn, shop } from './addresses.ts';

/** What a page that has no inline style, no eval and no plain addresses of scripts allows. */
const STRICT = {
  'script-src': "'nonce-{{nonce}}' 'wasm-unsafe-eval'",
  'connect-src': `'self' ${cdn} ${shop}`,
  'img-src': `'self' ${shop}`,
  'worker-src': "'self' blob:",
  'require-trusted-types-for': "'script'",
  'trusted-types': 'evershelf',
};

/** Directives of `test/pages/strict.html` that differ; an empty one is left out. */
export type PolicyChanges = Partial<typeof STRICT>;

/** The policy of `test/pages/strict.html`, as it is asked for in its address. */
export function strictPolicy(changes: PolicyChanges = {}): string {
  return Object.entries({ ...STRICT, ...changes })
    .filter(([, value]) => value !== '')
    .map(([directive, value]) => `${directive} ${value}`)
    .join('; ');
}
