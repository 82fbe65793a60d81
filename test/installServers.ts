import { installDynamoDbLocal } from './installDynamoDbLocal.ts';
import { installNginx } from './installNginx.ts';
import { installRedis } from './installRedis.ts';
import { installRuntimes } from './installRuntimes.ts';

/** Installs what the metadata service's tests start and this machine lacks. Where one cannot be had its tests are skipped, but on CI they fail. */
export async function installServers(): Promise<void> {
  for (const install of [installRedis, installDynamoDbLocal, installNginx, installRuntimes])
    try {
      await install();
    } catch (error) {
      console.error(error instanceof Error ? error.message : error);
    }
}
