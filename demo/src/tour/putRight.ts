import { askBackstage } from '../app/askBackstage.ts';
import type { TourContext } from './Step.ts';

/** Gives a product its price back and another its stock, where the tour has changed them. */
export async function putRight({ memory }: Pick<TourContext, 'memory'>): Promise<void> {
  const { changed } = memory.now;
  if (!changed) return;
  await askBackstage('POST', 'changes', changed.cheaper);
  await askBackstage('POST', 'changes', { id: changed.gone, inStock: true });
  memory.restore();
}
