/**
 * Events and items in, an artifact out.
 *
 * @module @evershelf/trainer
 */
export { evaluate, type Evaluation, type Protocol } from './evaluate/evaluate.ts';
export { type Slice, type Slices } from './evaluate/judge.ts';
export type { Quality } from './evaluate/Tally.ts';
export { InputError } from './read/InputError.ts';
export type { EventLog } from './read/EventLog.ts';
export type { Problem } from './read/Problems.ts';
export { readShop, type Shop, type ShopFiles } from './readShop.ts';
export { buildArtifact } from './train/buildArtifact.ts';
export { TRAIN_DEFAULTS, type TrainOptions } from './train/options.ts';
export { type Progress, type TrainedModel, trainModel } from './train/trainModel.ts';
export { type Workers, withWorkers } from './workers/Workers.ts';
