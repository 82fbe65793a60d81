let handed: unknown;

/** Hands an error of the page's own code, which the SDK has called, to the page's handlers of errors. */
export function handToPage(error: unknown): void {
  handed = error;
  reportError(error);
  handed = undefined;
}

/** True for the error that is being handed to the page. */
export function isHanded(error: unknown): boolean {
  return error === handed;
}
