import { RULE_ATTRIBUTES } from '../placements/ruleAttributes.ts';

/** Attributes of `<evershelf-shelf>`; a change of any of them has the shelf drawn and asked for again. */
export const SHELF_ATTRIBUTES: readonly string[] = [
  ...['placement', 'count', 'intent', 'item', 'category', 'query', 'repeat', 'fatigue'],
  ...RULE_ATTRIBUTES,
  ...['name', 'heading', 'level', 'layout', 'template', 'href', 'why', 'currency'],
];
