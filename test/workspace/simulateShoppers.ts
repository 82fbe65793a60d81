import { seededRandom } from '../../packages/trainer/src/train/random.ts';
import { planOf } from '../../packages/sdk/src/storefront/experiments/planOf.ts';
import type { Experiment, PlacementOptions } from '../../packages/sdk/src/storefront/Storefront.ts';
import type { Recommendation } from '../../packages/sdk/src/types.ts';

/** A shop of made-up shoppers, each of whom looks at all cards of one shelf. */
export interface SimulatedShop {
  readonly experiment: Experiment;
  /** What each variant ranks, by its name; items best first. */
  readonly rankings: Readonly<Record<string, readonly string[]>>;
  readonly k: number;
  /** Probability that an item is clicked where it is seen, whatever stands beside it. */
  readonly appeal: Readonly<Record<string, number>>;
  readonly sessions: number;
  readonly seed: number;
  /** Unix seconds of the first session; default some autumn. */
  readonly from?: number;
  /** Seconds from one session to the next; default 60. */
  readonly every?: number;
}

/**
 * The log of such a shop, as lines of JSON that the service would have written: the shelves are those that the storefront's own
 * experiments make. One of ten clicks leads to a cart and a purchase of the shelf, and one session of 50 buys something else.
 */
export function simulateShoppers(shop: SimulatedShop): string {
  const { experiment, rankings, k, appeal, sessions, seed, from = 1_795_000_000, every = 60 } = shop;
  const random = seededRandom(seed);
  const asked = new Map<object, string>();
  const question = {
    placement: experiment.placement,
    optionsOf(variant: PlacementOptions) {
      const options = { k };
      const [name] = Object.entries(experiment.variants).find(([, each]) => each === variant)!;
      asked.set(options, name);
      return options;
    },
  };
  const lines: string[] = [];
  for (let s = 0; s < sessions; s++) {
    const session = `${experiment.name} ${seed} ${s}`;
    const plan = planOf(question, [experiment], { shopper: session, page: session });
    const cards = plan.cardsOf(plan.asks.map((ask) => answerOf(rankings[asked.get(ask)!]!.slice(0, k))));
    const timestamp = from + s * every;
    const say = (event_type: string, item_id: string, more: object = {}): void =>
      void lines.push(
        JSON.stringify({
          timestamp,
          item_id,
          event_type,
          quantity: 1,
          session_id: session,
          user_id: null,
          ...more,
        }),
      );
    cards.forEach(({ recommended, propensity, variant }, place) => {
      const { id } = recommended.item;
      const placed = {
        shelf: experiment.placement,
        position: place + 1,
        model: 'simulated',
        propensity,
        experiment: experiment.name,
        variant,
      };
      say('impression', id, { ...placed, counted: false });
      if (random() >= appeal[id]!) return;
      say('click', id, { ...placed, counted: false });
      say('view', id);
      if (random() >= 0.1) return;
      say('cart', id, placed);
      say('purchase', id, placed);
    });
    if (random() < 0.02) say('purchase', 'something else');
  }
  return `${lines.join('\n')}\n`;
}

function answerOf(ids: readonly string[]): Recommendation {
  return {
    items: ids.map((id) => ({ item: { id }, score: 0, rung: 'known', freshness: 'fresh' })),
    engine: 'cpu',
    milliseconds: 1,
    model: 'simulated',
    complete: true,
    revision: 0,
  };
}
