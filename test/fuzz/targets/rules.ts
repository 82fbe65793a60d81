import * as fc from 'fast-check';
import { ItemError } from '../../../packages/model/src/index.ts';
import { type Ranker, rankerOf } from '../../../packages/sdk/src/node/openRanker.ts';
import { checkRules } from '../../../packages/sdk/src/rules/shopRules.ts';
import type { Rules } from '../../../packages/sdk/src/rules/Rules.ts';
import { checkStorefront } from '../../../packages/sdk/src/storefront/checkStorefront.ts';
import { mergeRules } from '../../../packages/sdk/src/storefront/placements/mergeRules.ts';
import { RULE_ATTRIBUTES } from '../../../packages/sdk/src/storefront/placements/ruleAttributes.ts';
import { rulesOf } from '../../../packages/sdk/src/storefront/placements/rulesOf.ts';
import { editedJsonBytes, wordsBytes } from '../arbitraries.ts';
import { checkAnswers, NOW } from '../checkShelves.ts';
import { smallShop } from '../smallShop.ts';
import type { OpenTarget } from '../Target.ts';
import { jsonOf, textOf } from '../texts.ts';

const RULES = {
  where: { price: { from: 1, to: 5 }, brand: { out: ['Brand 1'] }, category: { in: [['Food']] } },
  boosts: [{ where: { brand: { in: ['Brand 2'] } }, by: 0.5 }],
  pins: [{ item: 'item 3 ü', place: 2 }],
  caps: [{ by: 'brand', most: 2 }],
  diversity: 0.3,
};
const PLACEMENTS = { model: '/model/', placements: { home: { intent: 'discover', count: 4, rules: RULES } } };

/** Inputs for one shop. */
const ENOUGH = 500;

/** Rules and placements as they stand in files and attributes: refused by name, or a shelf. */
export const rules: OpenTarget = async () => {
  const artifact = await smallShop();
  const open = (): Ranker => rankerOf(artifact, { engine: 'cpu', now: () => NOW });
  let ranker = open();
  let turn = 0;
  return {
    reads: 'rules and placements, and shelves by them',
    drawn: fc.oneof(
      {
        weight: 3,
        arbitrary: editedJsonBytes(RULES, PLACEMENTS, ['item 3 ü'], RULES.pins, {
          k: 3,
          rules: RULES,
          exclude: ['a'],
        }),
      },
      wordsBytes(
        [
          '{"price":{"to":',
          '5..20',
          '..',
          '5',
          '["a",',
          '"b"]',
          ' ',
          '}',
          '}}',
          '{"in":["x"]}',
          '{"id":',
          '1e400',
          '0.5',
        ],
        8,
      ),
    ),
    async run(input) {
      // A shop keeps the items that questions hand over.
      if (++turn % ENOUGH === 0) ranker = open();
      const json = jsonOf(input);
      refusing(() => checkStorefront(json));
      for (const attribute of RULE_ATTRIBUTES) {
        const { rules, exclude } = rulesOf(
          (name) => (name === attribute ? textOf(input) : undefined),
          8,
          checkRules,
        );
        if (Object.keys(rules).length + exclude.length > 0) await asked({ rules, exclude });
      }
      await asked({ rules: json as Rules });
      if (typeof json === 'object' && json !== null) {
        const { filter: _filter, ...question } = json as Record<string, unknown>;
        await asked(question);
      }
    },
  };

  async function asked(question: object): Promise<void> {
    try {
      await checkAnswers(ranker, artifact, [question]);
      const { rules } = question as { rules?: Rules };
      if (rules !== undefined)
        await checkAnswers(ranker, artifact, [{ rules: mergeRules(RULES as Rules, rules) }]);
    } catch (error) {
      if (!isRefusal(error)) throw error;
    }
  }
};

function refusing(check: () => void): void {
  try {
    check();
  } catch (error) {
    if (!isRefusal(error)) throw error;
  }
}

/** A TypeError of ours says what was wanted; one of the platform does not. */
function isRefusal(error: unknown): boolean {
  return error instanceof ItemError || (error instanceof TypeError && error.message.includes('wanted'));
}
