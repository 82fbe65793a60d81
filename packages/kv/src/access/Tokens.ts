/** What a token lets its bearer do: `write` writes items and reads, `read` reads alone. */
export type Role = 'read' | 'write';

/** The tokens that are valid now, by role; each as it is sent, or as `sha256:` and its SHA-256 in 64 hexadecimal digits. */
export type Tokens = Readonly<Record<Role, readonly string[]>>;

export const ROLES: readonly Role[] = ['write', 'read'];
export const NO_TOKENS: Tokens = { write: [], read: [] };
