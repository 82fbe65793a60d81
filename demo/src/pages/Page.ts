import type { PageState } from 'evershelf/storefront';

/** What the router puts in place. */
export interface Page {
  readonly title: string;
  /** What the shelves of the page have to know of it. */
  readonly state: PageState;
  readonly element: HTMLElement;
}
