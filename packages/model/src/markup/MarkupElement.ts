/** What is read of an element: a part of the DOM's `Element` and `Document`, so that a browser and any parser can hand theirs over. */
export interface MarkupElement {
  readonly localName?: string;
  readonly textContent: string | null;
  readonly children: Iterable<MarkupElement>;
  getAttribute(name: string): string | null;
  querySelectorAll(selector: string): Iterable<MarkupElement>;
}

/** The page's document, or what stands for it. */
export type MarkupDocument = Pick<MarkupElement, 'querySelectorAll' | 'textContent'>;
