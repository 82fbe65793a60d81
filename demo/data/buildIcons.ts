import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { giftShelves } from '../gifts/data/shelves.ts';
import { shops } from '../shops.ts';
import { gifts } from '../src/shops/gifts.ts';
import { departmentIcons, iconRules } from './icons.ts';

interface IconSet {
  width: number;
  height: number;
  icons: Record<string, { body: string; width?: number; height?: number }>;
}

/** Pictures of pages that have a sentence instead of products. */
const MESSAGES = ['package', 'plunger', 'pretzel', 'shopping-bags', 'shopping-cart', 'takeout-box'];

const setFile = createRequire(import.meta.url).resolve('@iconify-json/fluent-emoji-flat/icons.json');
const set = JSON.parse(await readFile(setFile, 'utf8')) as IconSet;
await write(shops.grocer.publicDir, [
  ...iconRules.map(([icon]) => icon),
  ...Object.values(departmentIcons),
  ...MESSAGES,
]);
await write(shops.gifts.publicDir, [
  ...giftShelves.map(({ icon }) => icon),
  ...gifts.hero.pictures,
  ...MESSAGES,
]);

/** Writes the drawings of a shop, in place of those that it had. */
async function write(publicDir: string, wanted: readonly string[]): Promise<void> {
  const names = new Set(wanted);
  const partial = `${publicDir}/.products-partial/`;
  await rm(partial, { recursive: true, force: true });
  await mkdir(partial, { recursive: true });
  for (const name of names) {
    const icon = set.icons[name];
    if (icon === undefined) throw new Error(`Fluent Emoji Flat has no icon ${name}`);
    const { body, width = set.width, height = set.height } = icon;
    const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}">${body}</svg>\n`;
    await writeFile(`${partial}${name}.svg`, svg);
  }
  await rm(`${publicDir}/products`, { recursive: true, force: true });
  await rename(partial, `${publicDir}/products`);
  console.log(`${publicDir}: ${names.size} icons`);
}
