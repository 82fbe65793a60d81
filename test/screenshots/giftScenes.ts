import type { Scenes } from './Scene.ts';
import { shopScenes } from './shopScenes.ts';

const { home, ...others } = shopScenes('gifts', {
  department: 'kitchen',
  product: 'regency',
  bought: ['lantern', 'mug'],
});

/** The second shop, of the same code. */
export const giftScenes: Scenes = {
  gifts: home!,
  ...Object.fromEntries(Object.entries(others).map(([name, scene]) => [`gifts-${name}`, scene])),
};
