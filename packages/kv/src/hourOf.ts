/** The hour of a moment in UTC, `2026-11-27T10`: sorts as time does. */
export function hourOf(seconds: number): string {
  return new Date(seconds * 1000).toISOString().slice(0, 13);
}
