/** Stands in each message that Evershelf itself pushes to the shop's data layer, so that it is not read back. */
export const OWN = 'evershelf';

/** True for a message that Evershelf pushed. */
export function isOwn(message: object): boolean {
  return OWN in message;
}
