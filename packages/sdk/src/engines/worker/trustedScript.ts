/** The part of Trusted Types that is used; not in the types of the platform yet. */
interface TrustedTypes {
  createPolicy(
    name: string,
    rules: { createScriptURL(url: string): string },
  ): { createScriptURL(url: string): string };
}

let policy: ReturnType<TrustedTypes['createPolicy']> | undefined;

/**
 * An address of the SDK's own code, as `new Worker()` takes it under `require-trusted-types-for 'script'`.
 *
 * @throws {TypeError} where the page's policy does not allow `trusted-types evershelf`
 */
export function trustedScript(address: string): string {
  const { trustedTypes } = globalThis as { trustedTypes?: TrustedTypes };
  policy ??= trustedTypes?.createPolicy('evershelf', { createScriptURL: (url) => url });
  return policy?.createScriptURL(address) ?? address;
}
