/** What one client may ask, whatever it asks for. A client is a network address. */
export interface RequestLimits {
  /** Requests of a client a minute, of all kinds; more are answered 429. */
  readonly callsPerMinute: number;
  /** Writes with one token a minute; more are answered 429. */
  readonly writesPerMinute: number;
  /** Streams of changes that a client has open; more are answered 429. */
  readonly streamsPerClient: number;
  /** Streams of changes that are open in all; more are answered 503. */
  readonly streams: number;
  /** Characters of an address; longer ones are answered 414. */
  readonly urlLength: number;
  /** Headers of a request; more are answered 431. */
  readonly headers: number;
}

/** A first visit asks some 300 times: a hundred of them a minute behind one address are let through. */
export const REQUEST_LIMITS: RequestLimits = {
  callsPerMinute: 30_000,
  writesPerMinute: 3000,
  streamsPerClient: 500,
  streams: 20_000,
  urlLength: 12_288,
  headers: 100,
};
