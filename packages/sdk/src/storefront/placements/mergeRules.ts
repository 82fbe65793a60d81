import type { Condition, Rules } from '../../rules/Rules.ts';

/**
 * Rules of two places, of which the second wins: what it says of an attribute, a place, an item or a kind stands in for what the
 * first says of it. Boosts of both count.
 */
export function mergeRules(first: Rules = {}, second: Rules = {}): Rules {
  const where = mergeWhere(first.where, second.where);
  const boosts = [...(first.boosts ?? []), ...(second.boosts ?? [])];
  const pins = [
    ...(first.pins ?? []).filter(
      ({ item, place }) => !second.pins?.some((pin) => pin.item === item || pin.place === place),
    ),
    ...(second.pins ?? []),
  ];
  const caps = [
    ...(first.caps ?? []).filter(({ by }) => !second.caps?.some((cap) => cap.by === by)),
    ...(second.caps ?? []),
  ];
  const diversity = second.diversity ?? first.diversity;
  return {
    ...(where === undefined ? {} : { where }),
    ...(boosts.length === 0 ? {} : { boosts }),
    ...(pins.length === 0 ? {} : { pins }),
    ...(caps.length === 0 ? {} : { caps }),
    ...(diversity === undefined ? {} : { diversity }),
  };
}

/** Conditions of both; of one attribute, `in`, `out`, `from` and `to` each by itself. */
function mergeWhere(first: Rules['where'], second: Rules['where']): Rules['where'] {
  if (first === undefined || second === undefined) return first ?? second;
  const merged: Record<string, Condition> = { ...first };
  for (const [attribute, condition] of Object.entries(second))
    merged[attribute] = { ...merged[attribute], ...condition };
  return merged;
}
