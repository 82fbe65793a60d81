import { openapi } from '../../src/http/openapi.ts';

/** A JSON schema. */
export type Schema = { readonly [name: string]: unknown };

export interface Parameter {
  readonly name: string;
  readonly in: 'query' | 'path' | 'header';
  readonly schema: Schema;
  readonly explode?: boolean;
}

interface Answer {
  readonly headers?: Readonly<Record<string, { readonly schema: Schema }>>;
  readonly content?: Readonly<Record<string, { readonly schema: Schema }>>;
}

export interface Operation {
  readonly method: string;
  /** As the document names it, `/v1/pages/{page}`. */
  readonly path: string;
  readonly parameters: readonly Parameter[];
  readonly security: readonly object[];
  readonly requestBody?: { readonly content: Readonly<Record<string, { readonly schema: Schema }>> };
  readonly responses: Readonly<Record<string, Answer>>;
}

/** What the document says of each call. */
export const operations: readonly Operation[] = Object.entries(openapi.paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, operation]) => ({
    parameters: [],
    security: [],
    ...(operation as unknown as Pick<Operation, 'responses'>),
    method: method.toUpperCase(),
    path,
  })),
);
