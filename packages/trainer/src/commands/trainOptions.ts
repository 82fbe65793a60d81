import { SIGNALS } from '@evershelf/model';
import { InputError } from '../read/InputError.ts';
import { TRAIN_DEFAULTS, type TrainOptions } from '../train/options.ts';
import type { ShopOptions } from './shopOptions.ts';

/** The training options among the options of a command. */
export function trainOptions(options: ShopOptions): TrainOptions {
  if (SIGNALS.every((signal) => options.without.includes(signal)))
    throw new InputError('--without: found every signal, wanted one at least that heads may read');
  return Object.fromEntries(
    Object.keys(TRAIN_DEFAULTS).map((key) => [key, options[key as keyof TrainOptions]]),
  ) as unknown as TrainOptions;
}
