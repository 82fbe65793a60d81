/** What a grocer might list next: everything of an item but its id. */
export interface NewProduct {
  readonly title: string;
  readonly category: readonly string[];
  readonly brand: string;
  readonly size: string;
  readonly price: number;
  readonly image: string;
}

export const newProducts: readonly NewProduct[] = [
  {
    title: 'Oat & honey granola bars, 10 oz',
    category: ['Grocery', 'Breakfast & snack bars', 'Granola bars'],
    brand: 'Maker 584',
    size: '10 oz',
    price: 2.89,
    image: 'products/chocolate-bar.svg',
  },
  {
    title: 'Salted caramel ice cream, 1 pt',
    category: ['Grocery', 'Ice cream & sherbet', 'Super premium ice cream pints'],
    brand: 'Maker 2147',
    size: '1 pt',
    price: 3.49,
    image: 'products/ice-cream.svg',
  },
  {
    title: 'Jumbo blueberries, 1 pt',
    category: ['Fruit & vegetables', 'Berries', 'Blueberries'],
    brand: 'Maker 673',
    size: '1 pt',
    price: 3.29,
    image: 'products/blueberries.svg',
  },
  {
    title: 'Olive & rosemary loaf, 18 oz',
    category: ['Bakery', 'Bread', 'Bakery loaves'],
    brand: 'Own brand',
    size: '18 oz',
    price: 3.49,
    image: 'products/bread.svg',
  },
  {
    title: 'Blue corn tortilla chips, 12 oz',
    category: ['Grocery', 'Chips, pretzels & bagged snacks', 'Tortilla & nacho chips'],
    brand: 'Maker 544',
    size: '12 oz',
    price: 2.79,
    image: 'products/popcorn.svg',
  },
  {
    title: 'Lemon yogurt, own brand, 32 oz',
    category: ['Grocery', 'Yogurt', 'Yogurt cups & tubs'],
    brand: 'Own brand',
    size: '32 oz',
    price: 2.19,
    image: 'products/bowl-with-spoon.svg',
  },
  {
    title: 'Fire-roasted pasta sauce, 25 oz',
    category: ['Grocery', 'Pasta sauce', 'Classic pasta sauce'],
    brand: 'Maker 754',
    size: '25 oz',
    price: 2.39,
    image: 'products/spaghetti.svg',
  },
  {
    title: 'Single-origin ground coffee, 11 oz',
    category: ['Grocery', 'Coffee', 'Ground coffee'],
    brand: 'Maker 5879',
    size: '11 oz',
    price: 6.49,
    image: 'products/hot-beverage.svg',
  },
  {
    title: 'Aged cheddar, shredded, 8 oz',
    category: ['Grocery', 'Cheese', 'Shredded cheese'],
    brand: 'Maker 317',
    size: '8 oz',
    price: 2.59,
    image: 'products/cheese-wedge.svg',
  },
  {
    title: 'Spinach & mushroom pizza, 12 oz',
    category: ['Grocery', 'Frozen pizza & snacks', 'Premium frozen pizza'],
    brand: 'Maker 1755',
    size: '12 oz',
    price: 4.79,
    image: 'products/pizza.svg',
  },
  {
    title: 'Crunchy chopped salad kit, 12.5 oz',
    category: ['Fruit & vegetables', 'Salad mixes', 'Salad kits'],
    brand: 'Maker 1646',
    size: '12.5 oz',
    price: 3.29,
    image: 'products/green-salad.svg',
  },
  {
    title: 'Fig & thyme liquid soap, 7.5 oz',
    category: ['Household & health', 'Soap & body wash', 'Liquid soap'],
    brand: 'Maker 1942',
    size: '7.5 oz',
    price: 1.99,
    image: 'products/soap.svg',
  },
];
