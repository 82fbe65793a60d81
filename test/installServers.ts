import { installDynamoDbLocal } from './installDynamoDbLocal.ts';
import { installRedis } from './installRedis.ts';

/** Installs what the stores' tests start and this machine lacks. Where one cannot be had its tests are skipped, but on CI they fail. */
export async function installServers(): Promise<void> {
  for (const install of [installRedis, installDynamoDbLocal])
    try {
      await install();
    } catch (error) {
      console.error(error instanceof Error ? error.message : error);
    }
}
