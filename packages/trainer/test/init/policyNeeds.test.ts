import { describe, expect, it } from 'vitest';
import { policiesOf, policyNeeds } from '../../src/init/policyNeeds.ts';

const needs = (policy: string, more: { script?: string; model?: string; kv?: string } = {}): string[] => {
  const page = new URL('https://shop.example/p/kettle');
  const url = (address: string): URL => new URL(address, page);
  return policyNeeds(policiesOf([policy]), {
    page,
    script: url(more.script ?? '/evershelf.js'),
    model: url(more.model ?? '/model/'),
    kv: more.kv === undefined ? undefined : url(more.kv),
  });
};
const WASM = "'wasm-unsafe-eval'";

describe('what a policy lacks', () => {
  it.each([
    ['', {}],
    [`default-src 'self' ${WASM}; style-src 'unsafe-inline'`, {}],
    [`default-src 'self' ${WASM}; style-src-elem 'nonce-abc'`, {}],
    [`script-src https: 'unsafe-eval'; connect-src *; worker-src 'self'`, { kv: 'https://kv.example' }],
    [
      `default-src https://*.example ${WASM} 'unsafe-inline'; worker-src blob:`,
      { script: 'https://cdn.example/evershelf.js', kv: 'https://kv.example' },
    ],
    [`script-src 'self' ${WASM}; connect-src 'self' kv.example:8443`, { kv: 'https://kv.example:8443/kv' }],
    ["img-src 'none'", {}],
  ])('given %j, then nothing', (policy, more) => expect(needs(policy, more)).toEqual([]));

  it.each([
    [`script-src 'nonce-abc' ${WASM}`, {}, /names a nonce/],
    [`script-src https://other.example ${WASM}`, {}, /script-src lacks https:\/\/shop\.example/],
    ["script-src 'self'", {}, /lacks 'wasm-unsafe-eval'/],
    [
      `default-src 'self' ${WASM}`,
      { kv: 'https://kv.example' },
      /connect-src lacks https:\/\/kv\.example, where the metadata service is/,
    ],
    [`default-src 'self' ${WASM}`, {}, /style-src allows no inline styles/],
    ["connect-src 'none'", {}, /connect-src lacks https:\/\/shop\.example, where the model is/],
    [
      `script-src https://cdn.example ${WASM}`,
      { script: 'https://cdn.example/e.js' },
      /worker-src lacks blob:/,
    ],
    ["worker-src 'none'", {}, /worker-src lacks 'self'/],
    ["require-trusted-types-for 'script'; trusted-types default", {}, /trusted-types lacks evershelf/],
    ['connect-src https://shop.example:444', {}, /connect-src lacks/],
  ])('given %j, then says what', (policy, more, said) => {
    expect(needs(policy, more)).toContainEqual(expect.stringMatching(said));
  });

  it('given two policies, then both have to allow it', () => {
    expect(needs("connect-src *, connect-src 'none'")).toHaveLength(1);
  });
});
