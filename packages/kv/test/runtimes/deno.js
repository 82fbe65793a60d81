import { memoryStore, service } from './handler.js';

const { fetch } = await service({ store: memoryStore(), token: 'secret', flushSeconds: 0.1 });
Deno.serve(
  {
    hostname: '127.0.0.1',
    port: 0,
    onListen: ({ port }) => console.log(`listening on http://127.0.0.1:${port}/`),
  },
  (request, { remoteAddr }) => fetch(request, { address: remoteAddr.hostname }),
);
