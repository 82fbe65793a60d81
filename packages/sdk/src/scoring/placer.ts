import {
  type Item,
  type Learned,
  type Listing,
  type Placement,
  placeItem,
  vocabularyOf,
} from '@evershelf/model';

/**
 * Places items by all of a model.
 *
 * @param find the number of an id in the shop
 */
export function placer(
  artifact: Pick<Listing, 'manifest' | 'index'> & Pick<Learned, 'tables'>,
  find: (id: string) => number | undefined,
): (item: Item) => Placement {
  const vocabulary = vocabularyOf(artifact, find);
  return (item) => placeItem(item, vocabulary);
}
