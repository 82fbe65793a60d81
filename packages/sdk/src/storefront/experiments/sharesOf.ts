import type { Experiment } from '../Storefront.ts';

/** The share of the shoppers, in (0, 1], that sees each variant of a split, as `[variant, share]`; they add up to 1. */
export function sharesOf({ variants, shares }: Experiment): [variant: string, share: number][] {
  const names = Object.keys(variants);
  return names.map((name) => [name, shares?.[name] ?? 1 / names.length]);
}
