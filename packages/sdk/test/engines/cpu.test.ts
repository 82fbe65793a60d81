import { expect, it } from 'vitest';
import { cpuEngine } from '../../src/engines/cpu.ts';
import { engineFailures } from './engineConformance.ts';

it('the CPU engine ranks as the reference scorer does', { timeout: 60_000 }, async () => {
  const engine = cpuEngine();
  expect(await engineFailures(engine)).toEqual([]);
  engine.close();
});
