import type { Storefront } from '../Storefront.ts';

/** What those who store something for themselves see of the shopper's consent. */
export interface ConsentView extends Pick<Storefront, 'consent' | 'on'> {
  /** True while the shopper's answer is on its way: what an earlier page stored is neither read nor deleted. */
  pending(): boolean;
}
