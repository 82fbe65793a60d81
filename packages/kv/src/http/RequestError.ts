import type { ContentfulStatusCode } from 'hono/utils/http-status';

/** Thrown where a request cannot be answered as asked; becomes `{error, ...details}` with its status. */
export class RequestError extends Error {
  override readonly name = 'RequestError';
  readonly status: ContentfulStatusCode;
  readonly details: object;

  constructor(status: ContentfulStatusCode, message: string, details: object = {}) {
    super(message);
    this.status = status;
    this.details = details;
  }
}
