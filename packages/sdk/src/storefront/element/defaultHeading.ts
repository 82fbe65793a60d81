import type { PlacementName } from '../Storefront.ts';
import type { Wish } from '../placements/wishOf.ts';
import { type Messages, say } from './messages.ts';

/**
 * The text over a shelf for which the shop has none.
 *
 * @param intent as the element has it, for as long as nothing was asked
 * @param wish of what it shows; undefined for as long as nothing was asked
 */
export function defaultHeading(
  messages: Messages,
  placement: PlacementName,
  intent: string | null,
  wish: Wish | undefined,
): string {
  const asked = wish?.optionsOf({});
  if ((asked?.intent ?? intent) === 'again') return messages.again;
  const isAboutItem = placement === 'product' || placement === 'cart';
  if (isAboutItem && asked !== undefined && asked.context === undefined) return messages.home;
  const leaf = wish?.category?.at(-1);
  if (placement === 'category' && leaf !== undefined) return say(messages.categoryOf, leaf);
  return messages[placement];
}
