import type { Plan, Question } from './Plan.ts';

/** What is asked for a shelf without an experiment. */
export function plainPlan({ optionsOf }: Question): Plan {
  return {
    asks: [optionsOf({})],
    cardsOf: ([answer]) => answer!.items.map((recommended) => ({ recommended, propensity: 1 })),
  };
}
