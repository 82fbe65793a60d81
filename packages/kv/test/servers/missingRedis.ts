import { execFileSync } from 'node:child_process';

/** Why no Redis can be started here; undefined where one can. */
export function missingRedis(): string | undefined {
  try {
    const version = execFileSync('redis-server', ['--version'], { encoding: 'utf8' });
    const [found] = /\d+(\.\d+)+/.exec(version) ?? ['0'];
    return Number.parseInt(found, 10) >= 7
      ? undefined
      : `redis-server is of version ${found}, wanted 7 or later`;
  } catch {
    return 'there is no redis-server; pnpm test installs it on Debian';
  }
}
