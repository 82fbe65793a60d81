import { createServer } from 'node:http';
import { getRequestListener } from '@hono/node-server';
import { memoryStore, service } from './handler.js';

const { fetch } = await service({ store: memoryStore(), token: 'secret', flushSeconds: 0.1 });
const server = createServer(
  getRequestListener((request, { incoming }) => fetch(request, { address: incoming.socket.remoteAddress })),
);
server.listen(0, '127.0.0.1', () => console.log(`listening on http://127.0.0.1:${server.address().port}/`));
