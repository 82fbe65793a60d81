/** Thrown where the service cannot start as asked, or its store does not answer; its message is all that its operator needs. */
export class ServiceError extends Error {
  override readonly name = 'ServiceError';
}
