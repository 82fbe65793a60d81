/** What the first shelf of a page does without: a chunk of its own, fetched beside the tables that it reads. */
export { drawn } from './drawn.ts';
export { openWebgpu } from './engines/openWebgpu.ts';
export { keepNewer } from './model/keepNewer.ts';
export { loadLearned } from './model/loadLearned.ts';
export { modelScoring } from './scoring/modelScoring.ts';
export { placer } from './scoring/placer.ts';
export { openWorkerEngine } from './engines/openWorkerEngine.ts';
export { movedRows } from './shop/movedRows.ts';
