import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { departmentIcons, iconRules } from './icons.ts';

interface IconSet {
  width: number;
  height: number;
  icons: Record<string, { body: string; width?: number; height?: number }>;
}

const target = fileURLToPath(new URL('../public/products/', import.meta.url));
const partial = fileURLToPath(new URL('../public/.products-partial/', import.meta.url));
const setFile = createRequire(import.meta.url).resolve('@iconify-json/fluent-emoji-flat/icons.json');
const set = JSON.parse(await readFile(setFile, 'utf8')) as IconSet;
const names = new Set([...iconRules.map(([icon]) => icon), ...Object.values(departmentIcons)]);

await rm(partial, { recursive: true, force: true });
await mkdir(partial, { recursive: true });
for (const name of names) {
  const icon = set.icons[name];
  if (icon === undefined) throw new Error(`Fluent Emoji Flat has no icon ${name}`);
  const { body, width = set.width, height = set.height } = icon;
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}">${body}</svg>\n`;
  await writeFile(`${partial}${name}.svg`, svg);
}
await rm(target, { recursive: true, force: true });
await rename(partial, target);
console.log(`${names.size} icons`);
