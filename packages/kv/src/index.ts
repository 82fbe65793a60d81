/**
 * The metadata service in Node, over any of its stores.
 *
 * @module @evershelf/kv
 */
export * from './handler.ts';
export { type TokensFile, tokensFile, type TokensFileOptions } from './access/tokensFile.ts';
export { CONNECTION_LIMITS, type ConnectionLimits } from './ConnectionLimits.ts';
export { eventFolder, type EventFolderOptions } from './events/eventFolder.ts';
export type { Limits } from './limitsOf.ts';
export { openStore } from './openStore.ts';
export { type RunningService, startService, type StartOptions } from './startService.ts';
export { lmdbStore } from './stores/lmdb/lmdbStore.ts';
export { redisStore, type RedisOptions } from './stores/redis/redisStore.ts';
