const KINDS = new Map([
  ['view_item', 'view'],
  ['add_to_cart', 'cart'],
  ['add_to_wishlist', 'wishlist'],
  ['purchase', 'purchase'],
]);

/**
 * The kind of an event that GA4 names; undefined where it says nothing new of what the shopper wants: lists that were shown, what was
 * opened from them (a view follows), what left the cart, and the cart's items once more.
 */
export function eventKind(name: string): string | undefined {
  return KINDS.get(name);
}
