import { slug } from './slug.ts';

const HUES: Readonly<Record<string, number>> = {
  baby: 230,
  bakery: 70,
  beauty: 350,
  cafe: 50,
  deli: 30,
  'flowers-plants': 330,
  'fresh-meat': 15,
  'fresh-seafood': 215,
  'fruit-vegetables': 135,
  'garden-center': 150,
  grocery: 95,
  'household-health': 250,
  'natural-foods': 115,
  'packaged-meat': 40,
  'packaged-seafood': 200,
  'salad-bar': 125,
  spirits: 290,
};

/** The tint, in degrees, that a department's pictures stand on. */
export function departmentHue(department: string | undefined): number {
  return HUES[slug(department ?? '')] ?? 110;
}
