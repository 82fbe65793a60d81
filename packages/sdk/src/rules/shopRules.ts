import { pacer } from '../engines/breathe.ts';
import type { Ask, Ranked } from '../engines/Engine.ts';
import type { Shop } from '../shop/shop.ts';
import { boostedPriors } from './boostedPriors.ts';
import { checkRules } from './checkRules.ts';
import { conditionMasks } from './conditionMasks.ts';
import { type Filling, fillShelf, type RuledShelf } from './fillShelf.ts';
import type { Rules } from './Rules.ts';

// For who has to know beforehand: it comes with the code that follows the rules.
export { checkRules };

/** A shelf that may have rules. */
interface RulesOfShelf {
  readonly rules: Rules | undefined;
  /** How many items are asked for. */
  readonly k: number;
}

/** The rules of a shop's shelves. */
export interface ShopRules {
  /**
   * Checks rules, and gets ready for them without holding the page up.
   *
   * @throws {TypeError} naming the field, what was found and what was wanted
   */
  prepare(shelves: readonly RulesOfShelf[]): Promise<void>;
  /**
   * Ranks shelves by their rules.
   *
   * @param asks what each of the shelves asks for, but for its rules
   * @param rank asks an engine, for all shelves at once; and again for those that caps have left open
   */
  rank<E>(
    asks: readonly Ask[],
    shelves: readonly RulesOfShelf[],
    rank: (asks: readonly Ask[]) => Promise<{ ranked: Ranked[]; engine: E }>,
  ): Promise<{ ranked: RuledShelf[]; engine: E }>;
}

export function openRules(shop: Shop): ShopRules {
  const conditions = conditionMasks(shop);
  const compiled = { conditions, boosted: boostedPriors(conditions) };
  const fill = (ask: Ask, rules: Rules | undefined): Filling =>
    rules === undefined ? plain(ask) : fillShelf(shop, ask, rules, compiled);

  return {
    async prepare(shelves) {
      const all = shelves.flatMap(({ rules, k }) => (rules === undefined ? [] : [checkRules(rules, k)]));
      const boosts = all.flatMap((rules) => rules.boosts ?? []);
      await conditions.prepare(
        [...all, ...boosts].flatMap(({ where }) => (where === undefined ? [] : [where])),
      );
    },
    async rank(asks, shelves, rank) {
      const pace = pacer();
      const fillings = asks.map((ask, a) => fill(ask, shelves[a]!.rules));
      let steps = await Promise.all(fillings.map((filling) => filling.next()));
      for (;;) {
        await pace();
        const { ranked, engine } = await rank(steps.flatMap((step) => (step.done ? [] : step.value)));
        await pace();
        let next = 0;
        steps = await Promise.all(
          steps.map((step, s) =>
            step.done ? step : fillings[s]!.next(ranked.slice(next, (next += step.value.length))),
          ),
        );
        if (steps.every(({ done }) => done))
          return { ranked: steps.map(({ value }) => value as RuledShelf), engine };
      }
    },
  };
}

/** A shelf without rules. */
async function* plain(ask: Ask): Filling {
  const [ranked] = yield [ask];
  return ranked!;
}
