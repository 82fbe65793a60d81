import { refuse } from '../../refuse.ts';
import { checkPlacement } from '../checkStorefront.ts';
import { PLACEMENT_NAMES } from '../placements/placementNames.ts';
import type { Experiment, PlacementName } from '../Storefront.ts';

/** Longest name of an experiment or a variant. */
const LONGEST = 64;
const MOST_VARIANTS = 16;
/** How far shares may be from 1 together, by rounding. */
const ROUNDING = 1e-6;

/**
 * Checks the experiments of a storefront.
 *
 * @throws {TypeError} naming the experiment, what was found and what was wanted
 */
export function checkExperiments(experiments: unknown): readonly Experiment[] {
  if (!Array.isArray(experiments)) refuse('experiments', experiments, 'a list of experiments');
  const names = new Set<string>();
  const placements = new Map<string, string>();
  experiments.forEach((value: unknown, at) => {
    if (!isObject(value)) refuse(`experiments[${at}]`, value, '{ name, placement, kind, variants }');
    const { name, placement, kind, variants, shares } = value;
    if (!isName(name)) refuse(`experiments[${at}].name`, name, `a text of 1 to ${LONGEST} characters`);
    const of = `experiment ${name}`;
    if (names.has(name)) refuse(of, name, 'a name that no other experiment has');
    names.add(name);
    if (!PLACEMENT_NAMES.includes(placement as PlacementName))
      refuse(`${of}: placement`, placement, `one of ${PLACEMENT_NAMES.join(', ')}`);
    const other = placements.get(placement as string);
    if (other !== undefined)
      refuse(
        `${of}: placement`,
        placement,
        `one that experiment ${other} has not: a shelf is in one experiment at most`,
      );
    placements.set(placement as string, name);
    if (kind !== 'split' && kind !== 'interleave') refuse(`${of}: kind`, kind, '"split" or "interleave"');
    const called = checkVariants(of, kind, variants);
    if (shares !== undefined) checkShares(of, kind, called, shares);
  });
  return experiments as readonly Experiment[];
}

function checkVariants(of: string, kind: string, variants: unknown): string[] {
  if (!isObject(variants))
    refuse(`${of}: variants`, variants, 'options of the placement by name of the variant');
  const called = Object.keys(variants);
  if (kind === 'interleave' ? called.length !== 2 : called.length < 2 || called.length > MOST_VARIANTS)
    refuse(
      `${of}: variants`,
      called,
      kind === 'interleave' ? 'two of them' : `2 to ${MOST_VARIANTS} of them`,
    );
  for (const name of called) {
    if (!isName(name)) refuse(`${of}: variant`, name, `a name of 1 to ${LONGEST} characters`);
    checkPlacement(`${of}: variant ${name}`, variants[name]);
  }
  const counts = new Set(called.map((name) => (variants[name] as { count?: unknown }).count));
  if (kind === 'interleave' && counts.size > 1)
    refuse(`${of}: count`, [...counts], 'the same in both variants: they share one shelf');
  return called;
}

function checkShares(of: string, kind: string, called: readonly string[], shares: unknown): void {
  if (kind === 'interleave') refuse(`${of}: shares`, shares, 'none: who is interleaved has one half each');
  if (!isObject(shares)) refuse(`${of}: shares`, shares, 'a number by name of the variant');
  const given = Object.keys(shares);
  if (given.length !== called.length || !called.every((name) => given.includes(name)))
    refuse(`${of}: shares`, given, `one for each of ${called.join(', ')}`);
  let sum = 0;
  for (const name of called) {
    const share = shares[name];
    if (typeof share !== 'number' || !(share > 0))
      refuse(`${of}: share of ${name}`, share, 'a number above 0');
    sum += share;
  }
  if (Math.abs(sum - 1) > ROUNDING) refuse(`${of}: shares`, sum, '1, all shares together');
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isName(value: unknown): value is string {
  return typeof value === 'string' && value !== '' && value.length <= LONGEST;
}
