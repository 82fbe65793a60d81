import type { ConsentView } from '../consent/ConsentView.ts';
import { checkExperiments } from './checkExperiments.ts';
import { openBucket } from './openBucket.ts';
import type { Plan, Question } from './Plan.ts';
import { planOf } from './planOf.ts';

/** The experiments of a page: a chunk of its own, for shops that have any. */
export interface Experiments {
  plan(question: Question): Plan;
  close(): void;
}

/** @throws {TypeError} naming the experiment, what was found and what was wanted */
export function openExperiments(found: unknown, consent: ConsentView): Experiments {
  const experiments = checkExperiments(found);
  const { bucket, close } = openBucket(consent);
  return { plan: (question) => planOf(question, experiments, bucket()), close };
}
