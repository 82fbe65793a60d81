/** What the router puts in place. */
export interface Page {
  readonly title: string;
  readonly element: HTMLElement;
}
