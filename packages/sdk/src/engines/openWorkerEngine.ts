import type { WorkerEngine } from './worker/workerEngine.ts';

/** Loads the engine in a worker, a chunk of its own. @throws where there is none */
export async function openWorkerEngine(): Promise<WorkerEngine> {
  return (await import('./worker/workerEngine.ts')).workerEngine();
}
