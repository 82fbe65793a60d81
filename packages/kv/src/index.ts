/**
 * The metadata service in Node, over any of its stores.
 *
 * @module @evershelf/kv
 */
export * from './handler.ts';
export { eventFolder, type EventFolderOptions } from './events/eventFolder.ts';
export { openStore } from './openStore.ts';
export { type RunningService, startService, type StartOptions } from './startService.ts';
export { lmdbStore } from './stores/lmdbStore.ts';
export { redisStore, type RedisOptions } from './stores/redis/redisStore.ts';
