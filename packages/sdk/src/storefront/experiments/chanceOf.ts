import { murmur3 } from '@evershelf/model';

/** A number in [0, 1) that looks random and is the same for the same text. */
export function chanceOf(text: string): number {
  return murmur3(text, 0) / 4_294_967_296;
}
