import type { ReadBody } from './network.ts';

/** The body of an answer, however long it takes, as long as something of it comes. */
export const patientBody: ReadBody = ({ body }, heard) =>
  new Response(
    body?.pipeThrough(
      new TransformStream({
        transform(part, out) {
          heard();
          out.enqueue(part);
        },
      }),
    ),
  ).arrayBuffer();
