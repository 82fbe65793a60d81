import { readFileSync } from 'node:fs';
import type { Soak } from './Soak.ts';

/** docs/reliability.md, of the files beside it. */
export function reliabilityPage(): string {
  const soak = JSON.parse(readFileSync('docs/reliability/soak.json', 'utf8')) as Soak;
  return JSON.stringify(soak);
}
