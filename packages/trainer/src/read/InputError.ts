/** Thrown where the input or an option cannot be used; its message is all that the user needs. */
export class InputError extends Error {
  override readonly name = 'InputError';
}
