import { createHash, timingSafeEqual } from 'node:crypto';
import { type Role, ROLES, type Tokens } from './Tokens.ts';

/** What a token is good for. */
export interface Grant {
  readonly role: Role;
  /** Names the token among others, and does not tell it. */
  readonly key: string;
}

/** Tells tokens that are valid from those that are not. */
export interface Grants {
  /** Takes as long for a wrong token as for a right one, however much of it is right. */
  of(token: string): Grant | undefined;
  /** True for as long as a token that was valid still is. */
  holds(grant: Grant): boolean;
  /** True where any token is valid for it. */
  some(role: Role): boolean;
}

interface Known extends Grant {
  readonly digest: Buffer;
}

/** @param tokens asked each time, so that tokens come and go while the service runs */
export function grants(tokens: () => Tokens): Grants {
  let of: Tokens | undefined;
  let known: readonly Known[] = [];
  const current = (): readonly Known[] => {
    const now = tokens();
    if (now !== of) {
      of = now;
      known = ROLES.flatMap((role) => now[role].map((token) => knownOf(role, token)));
    }
    return known;
  };
  return {
    of(token) {
      const given = digest(token);
      let found: Grant | undefined;
      // All are looked at, so that the time does not say which one it was.
      for (const each of current()) if (timingSafeEqual(each.digest, given)) found ??= each;
      return found;
    },
    holds: (grant) => current().some(({ key, role }) => key === grant.key && role === grant.role),
    some: (wanted) => current().some(({ role }) => permits(role, wanted)),
  };
}

/** True where who may do the one may do the other. */
export function permits(role: Role, wanted: Role): boolean {
  return role === 'write' || role === wanted;
}

function knownOf(role: Role, token: string): Known {
  const stored = /^sha256:([0-9a-f]{64})$/i.exec(token)?.[1];
  const bytes = stored === undefined ? digest(token) : Buffer.from(stored, 'hex');
  return { role, digest: bytes, key: bytes.toString('base64url') };
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
