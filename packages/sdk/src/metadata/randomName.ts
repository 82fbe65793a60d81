/** A name of 48 random bits. */
export function randomName(): string {
  return crypto.randomUUID().slice(-12);
}
