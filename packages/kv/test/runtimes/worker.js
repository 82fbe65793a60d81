import { memoryStore, worker } from './handler.js';

const store = memoryStore();

export default worker((env) => ({
  store,
  token: env.TOKEN,
  clientHeader: 'cf-connecting-ip',
  flushSeconds: 0.1,
}));
