/** How long and how many connections may be. They are the server's, where there is one; a handler's platform has its own. */
export interface ConnectionLimits {
  /** Bytes of all headers of a request, its address included; more are answered 431. */
  readonly headerBytes: number;
  /** Seconds until all headers of a request are here; then it is answered 408. */
  readonly headerSeconds: number;
  /** Seconds until all of a request is here; then it is answered 408. */
  readonly requestSeconds: number;
  /** Seconds that a connection stays open between two requests. */
  readonly idleSeconds: number;
  /** Seconds for which nothing comes or goes: then the connection is closed, as of who does not read what it asked for. */
  readonly silentSeconds: number;
  /** Connections of a client; more are closed at once. Not where a proxy says who asks (`clientHeader`). */
  readonly connectionsPerClient: number;
  /** Connections in all; more are closed at once. */
  readonly connections: number;
}

export const CONNECTION_LIMITS: ConnectionLimits = {
  headerBytes: 16_384,
  headerSeconds: 10,
  requestSeconds: 60,
  idleSeconds: 5,
  silentSeconds: 60,
  connectionsPerClient: 1000,
  connections: 25_000,
};
