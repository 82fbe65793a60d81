/** What intervals are given for. */
export const MEASURES = ['recall@20', 'ndcg@20'] as const;
export type Measure = (typeof MEASURES)[number];

/** Something for each measure; k counts them. */
export function byMeasure<T>(make: (measure: Measure, k: number) => T): Record<Measure, T> {
  return Object.fromEntries(MEASURES.map((measure, k) => [measure, make(measure, k)])) as Record<Measure, T>;
}
