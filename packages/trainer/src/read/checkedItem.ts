import { checkStored, type Item, ItemError } from '@evershelf/model';

/**
 * The item without what `checkStored` refuses.
 *
 * @param refuse is told of each attribute that is left out: what was found and what was wanted
 * @returns undefined where it is the id that is refused
 */
export function checkedItem(item: Item, refuse: (message: string) => void): Item | undefined {
  for (;;) {
    try {
      return checkStored(item);
    } catch (error) {
      if (!(error instanceof ItemError)) throw error;
      refuse(error.message);
      if (error.attribute === 'id') return undefined;
      const { [error.attribute]: _refused, ...rest } = item;
      item = { ...rest, id: item.id };
    }
  }
}
