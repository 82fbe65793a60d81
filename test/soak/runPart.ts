import { availableParallelism } from 'node:os';
import type { PartRun } from './Soak.ts';
import type { Budget, SoakPart } from './SoakPart.ts';

/**
 * Runs a part to its end or until the signal, and does what it left to be done then.
 *
 * @throws what the part throws, or the signal's reason
 */
export async function runPart(part: SoakPart, budget: Omit<Budget, 'onEnd'>): Promise<PartRun> {
  const { length, signal } = budget;
  const tasks: (() => unknown)[] = [];
  const began = performance.now();
  const told = new Promise<never>((_, reject) => {
    if (signal.aborted) reject(signal.reason as Error);
    signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true });
  });
  try {
    const rows = await Promise.race([part({ ...budget, onEnd: (task) => tasks.push(task) }), told]);
    return {
      length,
      date: new Date().toISOString().slice(0, 10),
      cores: availableParallelism(),
      node: process.versions.node,
      seconds: (performance.now() - began) / 1000,
      rows,
    };
  } finally {
    for (const task of tasks.reverse()) await task();
  }
}
