/** Everything of an item but its id. */
export interface NewProduct {
  readonly title: string;
  readonly category: readonly string[];
  readonly price: number;
  readonly image: string;
  readonly [attribute: string]: unknown;
}
