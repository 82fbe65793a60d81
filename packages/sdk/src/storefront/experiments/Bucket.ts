/** What chance decides by: the same texts give the same choices. */
export interface Bucket {
  /** Of a shopper as far as one is known again: which variant of a split they see. */
  readonly shopper: string;
  /** Of this page view: who of an interleaving chooses first. */
  readonly page: string;
}
