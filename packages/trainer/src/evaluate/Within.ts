/** What items have in common: a session, or the whole history of a sequence. */
export type Within = 'session' | 'history';
