import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import { openapi } from '../../src/http/openapi.ts';
import { type Operation, operations, type Schema } from './operations.ts';

const ajv = new Ajv2020({ strict: true, allErrors: true, strictTypes: false, strictTuples: false });
ajv.addVocabulary(['components']);
ajv.addSchema({ $id: 'document', components: openapi.components } as object, 'document', undefined, false);
const validators = new Map<Schema, ValidateFunction>();

/** What is wrong with a value by a schema of the document; undefined where nothing is. */
export function faultOf(schema: Schema, value: unknown): string | undefined {
  let validate = validators.get(schema);
  if (validate === undefined) {
    const text = JSON.stringify(schema).replaceAll('"#/components/', '"document#/components/');
    validate = ajv.compile(JSON.parse(text) as object);
    validators.set(schema, validate);
  }
  return validate(value) ? undefined : ajv.errorsText(validate.errors);
}

/** The call that a request makes, undefined where the document has none. */
function operationOf(method: string, path: string): Operation | undefined {
  const { pathname } = new URL(path, 'http://service');
  return operations.find(
    (each) =>
      each.method === method && new RegExp(`^${each.path.replace(/\{\w+\}/, '[^/]+')}$`).test(pathname),
  );
}

/** What an address that is none can be answered. */
const ANYWHERE = new Set([404, 405, 414, 429, 431]);

/**
 * Holds an answer against the document.
 *
 * @throws where the document says otherwise, or has no such call and the service answered one
 */
export function conforms(
  method: string,
  path: string,
  { status, headers, text }: { readonly status: number; readonly headers: Headers; readonly text: string },
): void {
  const fail = (what: string): never => {
    throw new Error(`${method} ${path}, ${status}: ${what}; found ${text.slice(0, 300)}`);
  };
  const operation = operationOf(method, path);
  if (operation === undefined) {
    if (!ANYWHERE.has(status)) fail('the document has no such call');
    return;
  }
  const answer = operation.responses[status];
  if (answer === undefined)
    return fail(`the document has only ${Object.keys(operation.responses).join(', ')}`);
  for (const [name, { schema }] of Object.entries(answer.headers ?? {})) {
    const fault = faultOf(schema, headers.get(name));
    if (fault !== undefined) fail(`${name}: ${fault}`);
  }
  if (answer.content === undefined) {
    if (text !== '') fail('the document has no body');
    return;
  }
  const type = headers.get('content-type')?.split(';')[0] ?? '';
  const content = answer.content[type];
  if (content === undefined) return fail(`the document has no ${type}`);
  const fault = faultOf(content.schema, type === 'application/json' ? JSON.parse(text) : text);
  if (fault !== undefined) fail(fault);
}
