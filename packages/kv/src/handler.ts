/**
 * The metadata service as a function from requests to answers: all of the package that runs anywhere, in Node, Bun, Deno and
 * Cloudflare Workers, with what these have of Node's modules.
 *
 * @module @evershelf/kv/handler
 */
export type { Role, Tokens } from './access/Tokens.ts';
export { EVENT_LIMITS, type EventLimits } from './events/EventLimits.ts';
export type { EventLog, LoggedEvent, Segment } from './events/EventLog.ts';
export { REQUEST_LIMITS, type RequestLimits } from './http/RequestLimits.ts';
export { type Service, service, type ServiceOptions } from './service.ts';
export { ServiceError } from './ServiceError.ts';
export type { PutAnswer } from './shop/putItems.ts';
export type { RemoveAnswer } from './shop/removeItems.ts';
export { dynamodbStore, type DynamodbOptions } from './stores/dynamodb/dynamodbStore.ts';
export { memoryStore } from './stores/memoryStore.ts';
export { type Entry, type Key, type Store, type Value, VALUE_BYTES } from './stores/Store.ts';
export { unstorageStore, type UnstorageLike } from './stores/unstorageStore.ts';
export { worker, type WorkerContext, type WorkerModule } from './worker.ts';
