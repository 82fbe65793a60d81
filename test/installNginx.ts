import { missingNginx } from '../packages/kv/test/servers/missingNginx.ts';
import { installFromDebian } from './installFromDebian.ts';

/** Installs nginx where there is none and we may. */
export function installNginx(): void {
  if (missingNginx() !== undefined) installFromDebian('nginx-light');
}
