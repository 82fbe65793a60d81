const format = new Intl.NumberFormat('en-US', { style: 'currency', currency: 'USD' });

/** US dollars, as the shop writes them. */
export const money = (dollars: number): string => format.format(dollars);
