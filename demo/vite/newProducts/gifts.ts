import type { NewProduct } from './NewProduct.ts';

/** What a gift shop might list next. */
export const gifts: readonly NewProduct[] = [
  {
    title: 'Enamel teapot, woodland',
    category: ['Kitchen', 'Tea & coffee'],
    range: 'Woodland',
    price: 12.5,
    image: '/products/teapot.svg',
  },
  {
    title: 'Set of 4 T-light holders, retrospot',
    category: ['Candles & lights', 'Tea lights'],
    range: 'Retrospot',
    price: 4.95,
    image: '/products/diya-lamp.svg',
  },
  {
    title: 'Paper garland with hearts, vintage',
    category: ['Party & seasons', 'Bunting & garlands'],
    range: 'Heart',
    price: 3.75,
    image: '/products/party-popper.svg',
  },
  {
    title: 'Jumbo bag, strawberry',
    category: ['Bags & travel', 'Bags'],
    range: 'Strawberry',
    price: 2.08,
    image: '/products/handbag.svg',
  },
  {
    title: 'Hot water bottle, Scandinavian knit',
    category: ['Bath & well-being', 'Keep warm'],
    range: 'Scandinavian',
    price: 7.95,
    image: '/products/gloves.svg',
  },
  {
    title: 'Snap cards, circus parade',
    category: ['Children', 'Games & puzzles'],
    range: 'Circus Parade',
    price: 0.95,
    image: '/products/puzzle-piece.svg',
  },
  {
    title: 'Baking case set, polkadot, pack of 60',
    category: ['Kitchen', 'Baking'],
    range: 'Polkadot',
    price: 0.55,
    image: '/products/cupcake.svg',
  },
  {
    title: 'Wicker wreath with hearts',
    category: ['Christmas', 'Wreaths & garlands'],
    range: 'Heart',
    price: 5.95,
    image: '/products/pine-decoration.svg',
  },
];
