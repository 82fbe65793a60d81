/**
 * Tells whether an event of a kind says what a shopper wants. `impression` and `click` say what a shelf has shown and what of it was
 * opened: they measure shelves, and are neither counted nor trained on, or shelves would learn from themselves.
 */
export function isInterest(kind: string): boolean {
  return kind !== 'impression' && kind !== 'click';
}
