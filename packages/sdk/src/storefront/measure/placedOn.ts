import { ID_LENGTH, type Placed } from '@evershelf/model';
import type { DrawnCard, DrawnShelf } from './DrawnShelf.ts';

/** Where a card stands, as events say it. */
export function placedOn({ name, answer, experiment }: DrawnShelf, card: DrawnCard): Placed {
  const { position, propensity, variant } = card;
  return {
    // The service takes no longer ones.
    shelf: name.slice(0, ID_LENGTH),
    position,
    model: answer.model,
    propensity,
    ...(experiment === undefined ? {} : { experiment }),
    ...(variant === undefined ? {} : { variant }),
  };
}
