import { memoryStore, service } from './handler.js';

const { fetch } = await service({ store: memoryStore(), token: 'secret', flushSeconds: 0.1 });
const server = Bun.serve({
  hostname: '127.0.0.1',
  port: 0,
  fetch: (request, server) => fetch(request, { address: server.requestIP(request)?.address }),
});
console.log(`listening on ${server.url}`);
