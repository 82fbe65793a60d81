import { here } from '../shops/here.ts';

const format = new Intl.NumberFormat(here.language, { style: 'currency', currency: here.currency });

/** A price, as the shop writes it. */
export const money = (amount: number): string => format.format(amount);
