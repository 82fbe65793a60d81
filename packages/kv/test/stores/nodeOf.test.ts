import { describe, expect, it } from 'vitest';
import { nodeOf } from '../../src/stores/redis/nodeOf.ts';

describe('nodeOf', () => {
  it.each([
    ['localhost', { host: 'localhost', port: 6379, database: 0, username: '', password: '' }],
    ['10.0.0.7:7000/2', { host: '10.0.0.7', port: 7000, database: 2 }],
    ['[::1]:7000/', { host: '::1', port: 7000, database: 0 }],
    ['shop:p%2Fw%25@redis-1.example', { host: 'redis-1.example', username: 'shop', password: 'p/w%' }],
    [':a,b:c@d@host', { host: 'host', username: '', password: 'a,b:c@d' }],
  ])('reads %s', (text, node) => {
    expect(nodeOf(text)).toMatchObject(node);
  });

  it.each(['', ':7000', 'host:seven', 'host:70000', 'host/shop', 'host/1/2', 'a,b', ':%@host', ':a/b@host'])(
    'finds none in %j',
    (text) => {
      expect(nodeOf(text)).toBeUndefined();
    },
  );
});
