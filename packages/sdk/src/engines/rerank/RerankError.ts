/** The page's own model failed, whatever ranked before it. */
export class RerankError extends Error {
  override readonly name = 'RerankError';
}
