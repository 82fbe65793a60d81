import { giftScenes } from './giftScenes.ts';
import { grocerScenes } from './grocerScenes.ts';
import { plainScenes } from './plainScenes.ts';
import type { Scene } from './Scene.ts';

/** A picture in docs/screenshots, without its ending, and what is before the camera. */
export interface Picture {
  readonly name: string;
  readonly scene: Scene;
  readonly viewport: { readonly width: number; readonly height: number };
  readonly colorScheme: 'light' | 'dark';
}

const DEVICES = { desktop: { width: 1440, height: 900 }, phone: { width: 390, height: 844 } } as const;
const SCHEMES = ['light', 'dark'] as const;

/** All pictures, in the order in which they are taken. The site comes last: it shows some of the others. */
export const pictures: readonly Picture[] = Object.entries({
  ...grocerScenes,
  ...giftScenes,
  ...plainScenes,
}).flatMap(([name, scene]) =>
  Object.entries(DEVICES).flatMap(([device, viewport]) =>
    SCHEMES.map((colorScheme) => ({
      name: `${name}-${device}-${colorScheme}`,
      scene,
      viewport,
      colorScheme,
    })),
  ),
);
