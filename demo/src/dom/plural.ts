import { here } from '../shops/here.ts';

const format = new Intl.NumberFormat(here.language);

/** A count with its noun: `1 product`, `1,204 products`. */
export const plural = (count: number, one: string, many = `${one}s`): string =>
  `${format.format(count)} ${count === 1 ? one : many}`;
