import { here } from '../shops/here.ts';
import { slug } from './slug.ts';

/** The tint, in degrees, that a department's pictures stand on. */
export function departmentHue(department: string | undefined): number {
  return here.hues[slug(department ?? '')] ?? 110;
}
