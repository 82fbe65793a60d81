import { mkdir, readFile } from 'node:fs/promises';
import { chromium } from '@playwright/test';
import { launchOptions } from '../packages/sdk/test/launchOptions.ts';
import { shops } from './shops.ts';

/** Draws the icons of the installed shops from their `favicon.svg`: `tsx demo/icons.ts` */
const browser = await chromium.launch(launchOptions());
const page = await browser.newPage();
for (const { publicDir, description } of Object.values(shops)) {
  const folder = `${publicDir}/icons`;
  await mkdir(folder, { recursive: true });
  const svg = await readFile(`${folder}/favicon.svg`, 'base64');
  const draw = async (name: string, size: number, share: number, background: string): Promise<void> => {
    await page.setViewportSize({ width: size, height: size });
    await page.setContent(
      `<body style="margin:0;display:grid;place-items:center;height:100vh;background:${background}">
        <img src="data:image/svg+xml;base64,${svg}" width="${size * share}" height="${size * share}">`,
    );
    await page.locator('img').evaluate((image: HTMLImageElement) => image.decode());
    await page.screenshot({ path: `${folder}/${name}.png`, omitBackground: true });
  };
  await draw('192', 192, 0.94, 'transparent');
  await draw('512', 512, 0.94, 'transparent');
  // A system may cut it to any shape that holds the inner four fifths.
  await draw('maskable', 512, 0.6, description.theme.light);
  await draw('touch', 180, 0.76, description.theme.light);
}
await browser.close();
