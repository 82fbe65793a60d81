import type { Shop } from '../app/Shop.ts';
import type { DrawerSwitch } from '../drawer/DrawerSwitch.ts';
import type { Router } from '../router/Router.ts';
import type { TourMemory } from './TourMemory.ts';

/** What a step works with. */
export interface TourContext {
  readonly shop: Shop;
  readonly router: Router;
  readonly drawer: DrawerSwitch;
  readonly memory: TourMemory;
  /** Says how far a step is, while it runs. */
  say(text: string): void;
}

/** An idea, shown by something that the visitor does to the shop. */
export interface Step {
  readonly title: string;
  readonly text: string;
  /** What can be done; the first one that is wanted now is offered. */
  readonly actions: readonly Action[];
  /** What is seen of it, in a sentence; undefined while there is nothing to see. */
  seen(context: TourContext): string | undefined;
  /** What on the page it is about. */
  readonly target?: string;
}

interface Action {
  readonly label: string;
  /** True where there is something for it to do. */
  wanted(context: TourContext): boolean;
  /** @throws {Error} that says why it cannot be done, in words for the visitor */
  run(context: TourContext): Promise<void>;
}
