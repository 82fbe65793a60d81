/** Where on a shop's page an item stood that a shopper saw, opened or took, and what had put it there. */
export interface Placed {
  /** Name of the shelf. */
  readonly shelf?: string;
  /** Place on the shelf, from 1. */
  readonly position?: number;
  /** Id of the artifact that ranked. */
  readonly model?: string;
  /** Probability, over the random choices of the experiment, that the item is on the shelf; 1 without one. In (0, 1]. */
  readonly propensity?: number;
  readonly experiment?: string;
  /** The variant of the experiment that put it there. */
  readonly variant?: string;
}

/** The names of `Placed`, as events and the columns of a log have them. */
export const PLACED = [
  'shelf',
  'position',
  'model',
  'propensity',
  'experiment',
  'variant',
] as const satisfies readonly (keyof Placed)[];

/** What of a value says where an item stood; names that it does not have are left out. */
export function placedOf(value: Placed): Placed {
  return Object.fromEntries(
    PLACED.flatMap((name) => (value[name] === undefined ? [] : [[name, value[name]]])),
  ) as Placed;
}
