/** What one client and one session may do. A client is a network address. */
export interface EventLimits {
  /** Requests of a client a minute; more are answered 429. */
  readonly requestsPerMinute: number;
  /** Events of a client a minute; more are answered 429. */
  readonly eventsPerMinute: number;
  /** Characters of what a client sends a minute, as an event can be long and the log keeps it; more are answered 429. */
  readonly charactersPerMinute: number;
  /** Impressions and clicks of a client a minute, beside its events; more are left out. */
  readonly shownPerMinute: number;
  /** Items that a session counts, each once. */
  readonly itemsPerSession: number;
  /** How often a client counts one item in an hour, whatever its sessions. */
  readonly countsPerItem: number;
  /** How often a client counts two items as taken together in an hour, whatever its sessions. */
  readonly countsPerPair: number;
  /** How often a client counts any item in an hour. */
  readonly countsPerHour: number;
}

/** Enough for some dozens of shoppers behind one address. */
export const EVENT_LIMITS: EventLimits = {
  requestsPerMinute: 600,
  eventsPerMinute: 3000,
  charactersPerMinute: 4_000_000,
  shownPerMinute: 6000,
  itemsPerSession: 200,
  countsPerItem: 10,
  countsPerPair: 5,
  countsPerHour: 2000,
};
