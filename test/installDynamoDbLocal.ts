import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, rename, writeFile } from 'node:fs/promises';
import { dynamoDbLocal } from '../packages/kv/test/servers/dynamoDbLocal.ts';
import { installFromDebian } from './installFromDebian.ts';

/**
 * Fetches what is missing of DynamoDB Local and, where we may, Java. From the Maven repository that `EVERSHELF_MAVEN` names, else
 * from Maven Central.
 *
 * @throws where a file cannot be had, or is not the one that was pinned
 */
export async function installDynamoDbLocal(): Promise<void> {
  if (!dynamoDbLocal.isForThisMachine) return;
  if (!dynamoDbLocal.hasJava()) installFromDebian('default-jre-headless');
  const missing = Object.entries(dynamoDbLocal.files).filter(
    ([path]) => !existsSync(dynamoDbLocal.fileOf(path)),
  );
  if (missing.length === 0) return;
  console.log(`No DynamoDB Local yet: fetching ${missing.length} files.`);
  await mkdir(dynamoDbLocal.folder, { recursive: true });
  await Promise.all(
    Array.from({ length: 8 }, async () => {
      for (let next = missing.pop(); next !== undefined; next = missing.pop()) await fetchFile(...next);
    }),
  );
}

async function fetchFile(path: string, wanted: string): Promise<void> {
  const repository = process.env['EVERSHELF_MAVEN'] ?? 'https://repo1.maven.org/maven2';
  const answer = await fetch(`${repository}/${path}`);
  if (!answer.ok)
    throw new Error(`${path}: found status ${answer.status}, wanted 200; name a mirror in EVERSHELF_MAVEN`);
  const bytes = Buffer.from(await answer.arrayBuffer());
  const found = createHash('sha256').update(bytes).digest('hex');
  if (found !== wanted) throw new Error(`${path}: found SHA-256 ${found}, wanted ${wanted}`);
  const file = dynamoDbLocal.fileOf(path);
  await writeFile(`${file}.part`, bytes);
  await rename(`${file}.part`, file);
}
