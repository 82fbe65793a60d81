import { slug } from '../catalogue/slug.ts';

/** Addresses of the shop's pages. */
export const addressOf = {
  category: (path: readonly string[]): string => `/category/${path.map(slug).join('/')}`,
  order: (number: string): string => `/order/${encodeURIComponent(number)}`,
  product: (id: string): string => `/product/${encodeURIComponent(id)}`,
  search: (words: string): string => `/search?q=${encodeURIComponent(words)}`,
};
