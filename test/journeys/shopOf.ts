import type { Page } from '@playwright/test';
import type { Storefront } from '../../packages/sdk/src/storefront/index.ts';

/** Calls something with the storefront of a page, once it is open; `call` is sent as text. */
export function shopOf<T>(
  page: Page,
  call: (shop: Storefront, args: string[]) => T | Promise<T>,
  ...args: string[]
): Promise<T> {
  return page.evaluate(
    `new Promise((resolve) => (globalThis.evershelf = globalThis.evershelf || []).push((shop) => resolve((${call.toString()})(shop, ${JSON.stringify(args)}))))`,
  );
}
