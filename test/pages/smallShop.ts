import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Item, itemsOf, toCatalogue, writeArtifact } from '../../packages/model/src/index.ts';
import { smallArtifact } from '../../packages/model/test/smallArtifact.ts';

const FRUIT = ['Apples', 'Bananas', 'Cherries', 'Grapes', 'Lemons', 'Oranges', 'Pears', 'Plums'];
const FOOD = [
  'Bread',
  'Butter',
  'Cheese',
  'Chocolate',
  'Coffee',
  'Honey',
  'Jam',
  'Milk',
  'Olives',
  'Pasta',
  'Rice',
  'Tea',
];
const KINDS = ['organic', 'from the region, in a box that is made of paper alone', 'family size', ''];

/** What a catalogue may hold, and no page may run, follow or break over. */
const HOSTILE: Readonly<Record<number, Partial<Item>>> = {
  0: { title: '<img src=x onerror="hacked=1"><script>hacked=1</script>', brand: '"><b onclick=hacked=1>' },
  1: { url: 'javascript:hacked=1', image: 'javascript:hacked=1', title: 'Javascript addresses' },
  2: {
    url: ' java\nscript:hacked=1',
    image: 'data:text/html,<script>hacked=1</script>',
    title: 'Split addresses',
  },
  3: { title: `${'Endless'.repeat(60)}`, url: '//[', image: '/small/none.svg' },
  14: { url: 'JaVa\tScRiPt:hacked=1', image: '\u0001javascript:hacked=1', title: 'Mixed addresses' },
  43: { url: 'DATA:text/html,<script>hacked=1</script>', title: 'Data addresses' },
  4: { title: '\u202Eright to left\u202C {id} $& {{title}}' },
};

/** Writes the files of a shop of sixty products into a folder: its model in `model`, and their pictures. Gives its items. */
export async function writeSmallShop(folder: string): Promise<Item[]> {
  const { draft, parts } = smallArtifact();
  const items = itemsOf(parts.catalogue).map((item, i): Item => ({
    ...item,
    ...lookOf(i, item),
    ...HOSTILE[i],
  }));
  const files = await writeArtifact(draft, { ...parts, catalogue: toCatalogue(items) });
  await mkdir(join(folder, 'model'), { recursive: true });
  for (const [name, bytes] of files) await writeFile(join(folder, 'model', name), bytes);
  for (const [hue, svg] of pictures()) await writeFile(join(folder, `${hue}.svg`), svg);
  return items;
}

function lookOf(i: number, { category }: Item): Partial<Item> {
  const names = category!.length > 1 ? FRUIT : FOOD;
  const kind = KINDS[i % KINDS.length]!;
  return {
    title: `${names[i % names.length]}${kind && `, ${kind}`}`,
    url: `/elements/bare.html?product=${i}`,
    image: `/small/${i % 12}.svg`,
    price: 0.99 + (i % 17),
    colour: ['red', 'green', 'blue'][i % 3]!,
    organic: i % 4 === 0,
  };
}

function pictures(): [number, string][] {
  return Array.from({ length: 12 }, (_, n) => [
    n,
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 240 240" width="240" height="240">` +
      `<ellipse cx="120" cy="206" rx="70" ry="10" fill="#0002"/>` +
      `<rect x="${60 + 3 * n}" y="${40 + 4 * (n % 5)}" width="${120 - 6 * n}" height="${166 - 4 * (n % 5)}" rx="${8 + 4 * n}" fill="hsl(${n * 30} 60% 55%)"/>` +
      `<rect x="${60 + 3 * n}" y="110" width="${120 - 6 * n}" height="46" fill="#fffc"/></svg>`,
  ]);
}
