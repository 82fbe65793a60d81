import type { Item } from '@evershelf/model';
import type { Why } from '../placements/whyOf.ts';
import type { Wish } from '../placements/wishOf.ts';
import type { PageState } from '../Storefront.ts';
import type { OwnMessages } from './messages.ts';

/** A shelf on the page, as the board sees it that fills it. */
export interface Spot {
  readonly element: HTMLElement;
  /** True where it is in the window or near it, or was. */
  near(): boolean;
  /** An attribute of the element; undefined where it has not got it. */
  text(attribute: string): string | undefined;
  /** What the shop calls it. */
  name(): string | undefined;
  /** True where its cards say why they are there. */
  wantsWhy(): boolean;
  /** True where a shopper is at a card: they have the focus there, or the pointer. */
  isHeld(): boolean;
  /**
   * Shows cards, or that there are none.
   *
   * @returns the elements of the cards, in their order; undefined where none may move now: then it asks again when they may
   */
  show(filling: Filling): readonly HTMLElement[] | undefined;
  /** Shows what the shop has for a shelf that cannot be filled, or nothing. */
  fail(): void;
}

/** What a shelf is to show. */
export interface Filling {
  readonly wish: Wish;
  readonly page: PageState;
  readonly messages: OwnMessages;
  readonly cards: readonly { readonly item: Item; readonly why: Why | undefined }[];
}
