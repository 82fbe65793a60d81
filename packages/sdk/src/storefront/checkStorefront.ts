import { INTENTS } from '@evershelf/model';
import { refuse } from '../refuse.ts';
import { PLACEMENT_NAMES } from './placements/placementNames.ts';
import type { StorefrontOptions } from './Storefront.ts';

const CONSENTS = ['none', 'cache', 'profile'];
/** Most items of a placement. */
const MOST = 100;

type Check = (name: string, found: unknown) => void;

const text: Check = (name, found) => {
  if (typeof found !== 'string' || found === '') refuse(name, found, 'a text');
};
const flag: Check = (name, found) => {
  if (typeof found !== 'boolean') refuse(name, found, 'true or false');
};
const object: Check = (name, found) => {
  if (typeof found !== 'object' || found === null || Array.isArray(found)) refuse(name, found, 'an object');
};
const elsewhere: Check = () => {};

/** By option. Those of the shelf, and experiments, are looked at where they are used. */
const CHECKS: Readonly<Record<keyof StorefrontOptions, Check>> = {
  ...{ model: elsewhere, kv: elsewhere, engine: elsewhere, tf: elsewhere, refresh: elsewhere },
  ...{ signal: elsewhere, fetch: elsewhere, now: elsewhere, experiments: elsewhere },
  consent: oneOf('auto', ...CONSENTS),
  events(name, found) {
    if (typeof found !== 'boolean' && typeof found !== 'function') refuse(name, found, 'true or false');
  },
  read: flag,
  dataLayer: text,
  id: text,
  placements: checkPlacements,
  messages: object,
  measure: flag,
  announce(name, found) {
    if (typeof found !== 'boolean' && found !== 'create') refuse(name, found, 'true, false or "create"');
  },
};

/**
 * Checks how a page opens its storefront, also where that comes from a file.
 *
 * @throws {TypeError} naming the option, what was found and what was wanted
 */
export function checkStorefront(options: unknown): asserts options is StorefrontOptions {
  object('options', options);
  for (const [name, found] of Object.entries(options as object)) {
    if (!Object.hasOwn(CHECKS, name)) refuse('options', name, `one of ${Object.keys(CHECKS).join(', ')}`);
    if (found !== undefined) CHECKS[name as keyof StorefrontOptions](name, found);
  }
}

/** @throws {TypeError} */
export function checkConsent(found: unknown): void {
  oneOf(...CONSENTS)('consent', found);
}

function checkPlacements(name: string, found: unknown): void {
  object(name, found);
  for (const [placement, options] of Object.entries(found as object)) {
    oneOf(...PLACEMENT_NAMES)(name, placement);
    checkPlacement(`${name}.${placement}`, options);
  }
}

/**
 * Checks what a placement, or a variant of an experiment, asks for.
 *
 * @param of names it in the message
 * @throws {TypeError}
 */
export function checkPlacement(of: string, options: unknown): void {
  object(of, options);
  for (const [key, value] of Object.entries(options as object)) {
    oneOf('intent', 'count', 'rules')(of, key);
    if (value === undefined) continue;
    if (key === 'intent') oneOf(...INTENTS)(`${of}.intent`, value);
    else if (key === 'rules') object(`${of}.rules`, value);
    else if (!Number.isInteger(value) || value < 1 || value > MOST)
      refuse(`${of}.count`, value, `a whole number from 1 to ${MOST}`);
  }
}

function oneOf(...wanted: readonly string[]): Check {
  return (name, found) => {
    if (!wanted.includes(found as string)) refuse(name, found, `one of ${wanted.join(', ')}`);
  };
}
