/** Where in a shop a shelf may stand. */
export const PLACEMENT_NAMES = ['home', 'category', 'product', 'cart', 'search', 'missing'] as const;
