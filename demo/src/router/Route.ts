/** A page of the shop. */
export type Route =
  | { readonly page: 'home' }
  | { readonly page: 'category'; readonly path: readonly string[] }
  | { readonly page: 'product'; readonly id: string }
  | { readonly page: 'cart' }
  | { readonly page: 'checkout' }
  | { readonly page: 'order'; readonly number: string }
  | { readonly page: 'search'; readonly words: string }
  | { readonly page: 'missing' };
