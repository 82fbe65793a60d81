import type { Recommendation, RecommendOptions } from '../../types.ts';
import type { Experiment } from '../Storefront.ts';
import type { Bucket } from './Bucket.ts';
import { chanceOf } from './chanceOf.ts';
import type { Plan, PlannedCard, Question } from './Plan.ts';
import { plainPlan } from './plainPlan.ts';
import { sharesOf } from './sharesOf.ts';
import { chancesOnShelf, teamDraft } from './teamDraft.ts';
import { variantOf } from './variantOf.ts';

/**
 * Says what has to be asked for a shelf, and what its cards are then. All variants of an experiment are asked, for a card's
 * propensity is the probability that its item is on this shelf, whichever variant brings it there:
 *
 * - split: the sum of the shares of the variants whose answer has the item;
 * - interleaving: the share of the coins of the team draft that bring the item on the shelf.
 *
 * So the sum of r / propensity over the cards of a shelf estimates without bias what all items together that the experiment may show
 * there would bring, r being what a card brought (Horvitz and Thompson 1952), as long as that does not depend on the other cards.
 *
 * @param experiments as `checkExperiments` lets them through
 */
export function planOf(question: Question, experiments: readonly Experiment[], bucket: Bucket): Plan {
  const experiment = experiments.find(({ placement }) => placement === question.placement);
  if (experiment === undefined) return plainPlan(question);
  const plan = experiment.kind === 'split' ? splitPlan : interleavingPlan;
  return { ...plan(question, experiment, bucket), experiment: experiment.name };
}

/** The variant that is shown is asked first. */
function splitPlan(question: Question, experiment: Experiment, { shopper }: Bucket): Plan {
  const shown = variantOf(experiment, shopper);
  const shares = sharesOf(experiment).toSorted(([a], [b]) => Number(b === shown) - Number(a === shown));
  return {
    asks: shares.map(([name]) => question.optionsOf(experiment.variants[name]!)),
    cardsOf(answers) {
      const shown = answers.map(idsOf);
      const chance = (id: string): number =>
        shares.reduce((sum, [, share], v) => sum + (shown[v]!.includes(id) ? share : 0), 0);
      return cardsOf(answers[0]!, chance, shares[0]![0]);
    },
  };
}

function interleavingPlan(question: Question, { name, variants }: Experiment, { page }: Bucket): Plan {
  const called = Object.keys(variants);
  const asks = called.map((variant): RecommendOptions => question.optionsOf(variants[variant]!));
  return {
    asks,
    cardsOf(answers) {
      const [first, second] = answers.map(idsOf);
      const rankings = [first!, second!] as const;
      const k = asks[0]!.k ?? first!.length;
      const chances = chancesOnShelf(rankings, k);
      const coin = (round: number): 0 | 1 => (chanceOf(`${page} ${name} ${round}`) < 0.5 ? 0 : 1);
      return teamDraft(rankings, k, coin).map(({ id, team }) => ({
        recommended: answers[team]!.items[rankings[team].indexOf(id)]!,
        propensity: propensityOf(chances.get(id)!),
        variant: called[team]!,
      }));
    },
  };
}

function cardsOf({ items }: Recommendation, chance: (id: string) => number, variant?: string): PlannedCard[] {
  return items.map((recommended) => ({
    recommended,
    propensity: propensityOf(chance(recommended.item.id)),
    ...(variant === undefined ? {} : { variant }),
  }));
}

function idsOf({ items }: Recommendation): string[] {
  return items.map(({ item }) => item.id);
}

/** In (0, 1], without the last digits of a sum. */
function propensityOf(chance: number): number {
  return Math.min(1, Number(chance.toPrecision(12)));
}
