import type { ShopDescription } from './ShopDescription.ts';

export const gifts: ShopDescription = {
  id: 'gifts',
  name: 'Thistlewick',
  sells: 'Gifts',
  language: 'en-GB',
  currency: 'GBP',
  about: 'A gift shop whose shelves are ranked in the shopper’s own browser.',
  hero: {
    title: 'Small things, nicely wrapped',
    text: 'A shop of mugs, wreaths and curiosities. It learns your taste in your own browser, and tells nobody.',
    pictures: [
      'teapot',
      'wrapped-gift',
      'candle',
      'nesting-dolls',
      'cupcake',
      'umbrella',
      'christmas-tree',
      'red-heart',
    ],
  },
  search: { hint: 'Search gifts', examples: ['mug', 'lantern'] },
  first: {
    title: 'For the season',
    note: 'What is hung up, lit and laid on tables in December.',
    departments: ['Christmas', 'Party & seasons', 'Candles & lights'],
    alone: ['Kitchen', 'Home', 'Paper & wrap'],
  },
  hues: {
    'bags-travel': 330,
    'bath-well-being': 215,
    'candles-lights': 75,
    children: 55,
    christmas: 150,
    garden: 130,
    home: 25,
    jewellery: 300,
    kitchen: 245,
    'paper-wrap': 190,
    'party-seasons': 355,
  },
  details: ['range'],
  checkout: {
    name: 'Whom it may please',
    street: '2 Imaginary Mews',
    town: 'Neverton ZZ0\u00A00ZZ',
    ways: [
      { name: 'Buttons', note: 'Two holes or four.' },
      { name: 'A song', note: 'To be sung at the till.' },
      { name: 'Sea shells', note: 'Unbroken ones count double.' },
    ],
  },
  source:
    'Thistlewick is an invented shop. Products come from Online Retail (Daqing Chen, UCI Machine Learning Repository, CC BY 4.0), with titles written out and categories added; pictures are Microsoft’s Fluent Emoji. Nothing is sold here.',
  theme: { light: '#fdfaf6', dark: '#17121a' },
};
