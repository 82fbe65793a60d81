import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { freePorts } from './freePorts.ts';
import { startServer } from './startServer.ts';

const CONFIGURATION = new URL('../../deploy/nginx.conf', import.meta.url);

/** An nginx of its own, configured as the project ships it, before a service on a port of the loopback. Settles with its address. */
export async function startNginx(service: number): Promise<string> {
  const [port] = await freePorts(1);
  const folder = await mkdtemp(join(tmpdir(), 'evershelf-nginx-'));
  const text = await readFile(CONFIGURATION, 'utf8');
  const file = join(folder, 'nginx.conf');
  const here = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map(
    (name) => `${name}_temp_path ${name};`,
  );
  await writeFile(
    file,
    text
      .replace('evershelf:8787', `127.0.0.1:${service}`)
      .replace('listen 8080', `listen 127.0.0.1:${port}`)
      .replace('http {', `http {\naccess_log off;\n${here.join('\n')}`),
  );
  const globals = `daemon off; master_process off; pid nginx.pid; error_log stderr warn;`;
  const answers = (): Promise<boolean> =>
    fetch(`http://127.0.0.1:${port}/`).then(
      () => true,
      () => false,
    );
  const server = await startServer('nginx', ['-p', folder, '-c', file, '-g', globals], answers);
  onTestFinished(async () => {
    await server.kill();
    await rm(folder, { recursive: true });
  });
  return `http://127.0.0.1:${port}`;
}
