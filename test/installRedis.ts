import { missingRedis } from '../packages/kv/test/servers/missingRedis.ts';
import { installFromDebian } from './installFromDebian.ts';

/** Installs Redis where there is none and we may. Debian starts one with it, which the tests leave alone: each starts its own. */
export function installRedis(): void {
  if (missingRedis() !== undefined) installFromDebian('redis-server');
}
