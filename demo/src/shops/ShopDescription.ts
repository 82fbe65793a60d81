/** All that makes one shop another: the code below the pages knows no groceries. */
export interface ShopDescription {
  readonly id: 'grocer' | 'gifts';
  readonly name: string;
  /** What it sells, in a word: the title of its front. */
  readonly sells: string;
  /** BCP 47; prices and counts are written so. */
  readonly language: string;
  /** ISO 4217. */
  readonly currency: string;
  /** For search engines and the installed app. */
  readonly about: string;
  readonly hero: { readonly title: string; readonly text: string; readonly pictures: readonly string[] };
  readonly search: { readonly hint: string; readonly examples: readonly [string, string] };
  /** Departments that a newcomer is shown: some together, and some by themselves. */
  readonly first: {
    readonly title: string;
    readonly note: string;
    readonly departments: readonly string[];
    readonly alone: readonly string[];
  };
  /** The tint, in degrees, that a department's pictures stand on, by its name in an address. */
  readonly hues: Readonly<Record<string, number>>;
  /** Attributes that say more than a title. */
  readonly details: readonly string[];
  /** The address that the checkout begins with, and ways to pay. All invented. */
  readonly checkout: {
    readonly name: string;
    readonly street: string;
    readonly town: string;
    readonly ways: readonly { readonly name: string; readonly note: string }[];
  };
  /** Where products and pictures come from, and what may be done with them. */
  readonly source: string;
  /** Colour of the browser's own parts, light and dark. */
  readonly theme: { readonly light: string; readonly dark: string };
}
