import type { Page } from '@playwright/test';

/** Milliseconds between two looks, and looks until a page that never rests is an error. */
const PAUSE = 1000;
const LOOKS = 60;

/** A picture of a page once it rests, as WebP: two in a row are the same. */
export async function takePicture(page: Page): Promise<Buffer> {
  let before = await page.screenshot();
  for (let look = 0; look < LOOKS; look += 1) {
    await page.waitForTimeout(PAUSE);
    const now = await page.screenshot();
    if (now.equals(before)) return await webp(page, now);
    before = now;
  }
  throw new Error(`found a page that changes for ${(LOOKS * PAUSE) / 1000} s, wanted one that rests`);
}

/** A picture as WebP, a fourth of its size: the browser can write it. */
async function webp(page: Page, png: Buffer): Promise<Buffer> {
  const address = await page.evaluate(
    async (source) => {
      const bitmap = await createImageBitmap(await (await fetch(source)).blob());
      const canvas = new OffscreenCanvas(bitmap.width, bitmap.height);
      canvas.getContext('2d')!.drawImage(bitmap, 0, 0);
      const blob = await canvas.convertToBlob({ type: 'image/webp', quality: 0.7 });
      const reader = new FileReader();
      return await new Promise<string>((resolve) => {
        reader.addEventListener('load', () => resolve(reader.result as string));
        reader.readAsDataURL(blob);
      });
    },
    `data:image/png;base64,${png.toString('base64')}`,
  );
  return Buffer.from(address.split(',')[1]!, 'base64');
}
