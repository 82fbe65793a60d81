import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { chromium } from '@playwright/test';
import { launchOptions, SOFTWARE_WEBGPU } from '../packages/sdk/test/launchOptions.ts';
import { openPlaces } from './screenshots/Places.ts';
import { pictures } from './screenshots/pictures.ts';
import { takePicture } from './screenshots/takePicture.ts';

/**
 * Takes the pictures in docs/screenshots, each of a visit of its own, and starts all that they show:
 *
 *     npx tsx test/screenshots.ts
 *
 * `--only WORD`, also several times, takes those whose name has one of the words, and leaves the others as they are.
 */
const { values } = parseArgs({
  options: {
    only: { type: 'string', multiple: true, default: [''] },
    out: { type: 'string', default: fileURLToPath(new URL('../docs/screenshots/', import.meta.url)) },
  },
});

await mkdir(values.out, { recursive: true });
// Others stay until they are replaced: the site, of which there are pictures too, is not built without them.
const names = new Set(pictures.map(({ name }) => `${name}.webp`));
for (const name of await readdir(values.out))
  if (name.endsWith('.webp') && !names.has(name)) await rm(join(values.out, name));
const browser = await chromium.launch(launchOptions(SOFTWARE_WEBGPU));
const { places, close } = openPlaces();
try {
  for (const { name, scene, viewport, colorScheme } of pictures) {
    if (!values.only.some((word) => name.includes(word))) continue;
    const context = await browser.newContext({ viewport, colorScheme, reducedMotion: 'reduce' });
    const page = await context.newPage();
    await scene(page, places);
    await writeFile(join(values.out, `${name}.webp`), await takePicture(page));
    await context.close();
    console.log(name);
  }
} finally {
  await browser.close();
  await close();
}
