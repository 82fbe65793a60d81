import type { PageState, PlacementName, PlacementOptions } from '../Storefront.ts';
import type { AttributeReader } from './attributeReader.ts';
import { PLACEMENT_NAMES } from './placementNames.ts';
import { PLACEMENTS } from './placements.ts';

const MOST = 100;

/** Where a shelf stands, and with how many cards: as its element says, else the page or the shop's configuration, else as ever. */
export function placementOf(
  { oneOf, numberIn }: AttributeReader,
  page: PageState,
  configured: (placement: PlacementName) => PlacementOptions,
): { readonly placement: PlacementName; readonly count: number } {
  const placement = oneOf('placement', PLACEMENT_NAMES) ?? page.placement ?? 'home';
  const count =
    numberIn('count', 1, MOST, true) ?? configured(placement).count ?? PLACEMENTS[placement].count;
  return { placement, count };
}
