/** Thrown where the service cannot start as asked; its message is all that the user needs. */
export class ServiceError extends Error {
  override readonly name = 'ServiceError';
}
