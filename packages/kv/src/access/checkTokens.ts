import { NO_TOKENS, type Role, ROLES, type Tokens } from './Tokens.ts';

/** Tokens that may be valid at once. */
const MOST = 100;
const LENGTH = 1000;
const DIGEST = /^sha256:[0-9a-f]{64}$/i;

/**
 * Checks tokens that came from a file.
 *
 * @returns the tokens, or a text that says what was found and wanted; it holds nothing of any token
 */
export function checkTokens(value: unknown): Tokens | string {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    return 'found no JSON object, wanted {"write": [...], "read": [...]}';
  const other = Object.keys(value).some((name) => !ROLES.includes(name as Role));
  if (other) return `found a role that is none, wanted ${ROLES.join(' or ')}`;
  for (const [role, tokens] of Object.entries(value) as [Role, unknown][]) {
    if (!Array.isArray(tokens) || tokens.length > MOST)
      return `${role}: found no list of at most ${MOST}, wanted one`;
    const bad = tokens.findIndex((token) => !isToken(token));
    if (bad !== -1)
      return `${role}[${bad}]: wanted a text of 1 to ${LENGTH} visible ASCII characters, or sha256: and 64 hexadecimal digits`;
  }
  return { ...NO_TOKENS, ...value };
}

/** True for what a header can carry, and a digest that can be one. */
function isToken(value: unknown): boolean {
  if (typeof value !== 'string' || value.length > LENGTH) return false;
  return value.startsWith('sha256:') ? DIGEST.test(value) : /^[!-~]+( +[!-~]+)*$/.test(value);
}
