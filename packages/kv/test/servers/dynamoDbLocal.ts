import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import files from './dynamoDbLocal.json' with { type: 'json' };

/** DynamoDB Local: its files on Maven Central with what they must hash to, and where they lie on this machine. */
export const dynamoDbLocal = {
  /** SHA-256 by path in a Maven repository. */
  files: files as Readonly<Record<string, string>>,
  folder: fileURLToPath(new URL('../../../../node_modules/.cache/dynamodb-local', import.meta.url)),
  fileOf: (path: string): string => join(dynamoDbLocal.folder, basename(path)),
  isForThisMachine: process.platform === 'linux' && process.arch === 'x64',
  /** Whether there is a Java that runs it. */
  hasJava(): boolean {
    try {
      const version = execFileSync('java', ['--version'], {
        encoding: 'utf8',
        stdio: ['ignore', 'pipe', 'ignore'],
      });
      return Number(/\d+/.exec(version)?.[0]) >= 17;
    } catch {
      return false;
    }
  },
  /** Why it cannot be started here; undefined where it can. */
  missing(): string | undefined {
    if (!dynamoDbLocal.isForThisMachine)
      return `DynamoDB Local runs on linux x64, this is ${process.platform} ${process.arch}`;
    if (!Object.keys(files).every((path) => existsSync(dynamoDbLocal.fileOf(path))))
      return 'DynamoDB Local is not here; pnpm test fetches it';
    if (!dynamoDbLocal.hasJava()) return 'there is no java of version 17 or later';
    return undefined;
  },
};
