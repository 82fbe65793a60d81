/**
 * Attributes of a shelf element that say something of its items, as `rulesOf` reads them, in the order in which they win over each
 * other. Their reader is fetched where there is one.
 */
export const RULE_ATTRIBUTES = [
  'rules',
  'where',
  'price',
  'boosts',
  'pins',
  'brand-cap',
  'diversity',
  'exclude',
] as const;
