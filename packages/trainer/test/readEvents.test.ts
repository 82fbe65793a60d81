import { gzipSync } from 'node:zlib';
import { DuckDBInstance } from '@duckdb/node-api';
import { describe, expect, it } from 'vitest';
import { InputError, readShop } from '../src/index.ts';
import { folderWith, shopFolder, syntheticShop, toCsv } from './syntheticShop.ts';

const read = (events: string, items?: string, map = {}) =>
  readShop({ events: [events], items: items === undefined ? undefined : [items], map });

describe('reading events', () => {
  it('gives the same log from CSV, gzipped CSV, Parquet and JSON lines', async () => {
    const { events } = syntheticShop();
    const csv = toCsv(events);
    const path = await folderWith({
      'a.csv': csv,
      'b.csv.gz': gzipSync(csv),
      'c.jsonl': events.map((event) => JSON.stringify(event)).join('\n'),
    });
    const db = await (await DuckDBInstance.create(':memory:')).connect();
    await db.run(
      `COPY (SELECT * FROM read_csv('${path('a.csv')}', all_varchar = true)) TO '${path('d.parquet')}'`,
    );
    const [first, ...others] = await Promise.all(
      ['a.csv', 'b.csv.gz', 'c.jsonl', 'd.parquet'].map((name) => read(path(name))),
    );
    expect(first!.log.count).toBeGreaterThan(3000);
    expect(first!.log.itemIds).toContain('001');
    for (const other of others) expect(other.log).toEqual(first!.log);
  });

  it('reads the files of a folder, and those that a pattern names, in the order of their names', async () => {
    const line = (item: string): string => `{"timestamp":1700000000,"item_id":"${item}","session_id":"s"}\n`;
    const path = await folderWith({
      'b.jsonl': line('b'),
      'a.jsonl.gz': gzipSync(line('a')),
      'c1.jsonl': line('c1'),
      'readme.md': 'not of these',
    });
    expect((await read(path('.'))).log.itemIds).toEqual(['a', 'b', 'c1']);
    expect((await read(path('[bc]*.jsonl'))).log.itemIds).toEqual(['b', 'c1']);
    await expect(read(path('d*.jsonl'))).rejects.toThrow('d*.jsonl: found no such file, wanted');
    const empty = await folderWith({ 'readme.md': '' });
    await expect(read(empty('.'))).rejects.toThrow('found no such file in this folder, wanted');
  });

  it('leaves out what shelves have shown, and says how much', async () => {
    const lines = [
      { kind: 'impression', item: 'seen', shelf: 'home' },
      { kind: 'click', item: 'a', shelf: 'home' },
      { kind: 'view', item: 'a' },
      { kind: 'purchase', item: 'b', shelf: 'home' },
    ].map(({ kind, item, shelf }, k) => ({
      timestamp: 1_700_000_000 + k,
      session_id: 's',
      item_id: item,
      event_type: kind,
      shelf,
    }));
    const path = await folderWith({ 'e.jsonl': lines.map((line) => JSON.stringify(line)).join('\n') });
    const { log, problems } = await read(path('e.jsonl'));
    expect(Array.from(log.item, (item) => log.itemIds[item])).toEqual(['a', 'b']);
    expect(log.time[0]).toBe(1_700_000_002);
    expect(log.kinds.toSorted()).toEqual(['', 'purchase', 'view']);
    expect(problems).toMatchObject([{ count: 2, row: 1, example: 'impression of item seen' }]);
  });

  it('reads a log of clicks that says nothing of shelves as it is', async () => {
    const path = await folderWith({
      'e.csv': 'timestamp,session_id,item_id,event\n1700000000,s,a,click\n1700000060,s,b,click\n',
    });
    const { log, problems } = await read(path('e.csv'));
    expect([log.count, problems]).toEqual([2, []]);
  });

  it.each([
    ['seconds', '1700000000', '1700000060'],
    ['milliseconds', '1700000000000', '1700000060000'],
    ['microseconds', '1700000000000000', '1700000060000000'],
    ['ISO 8601', '2023-11-14T22:13:20Z', '2023-11-14T22:14:20Z'],
    ['a time in words', '2023-11-14 22:13:20 UTC', '2023-11-14 22:14:20 UTC'],
    ['ISO 8601 of other zones', '2023-11-14T23:13:20+01:00', '2023-11-15T03:44:20+0530'],
    ['a time with its zone apart', '2023-11-14 17:13:20 -05:00', '2023-11-14 22:14:20 GMT'],
    ['nanoseconds', '1700000000000000000', '1700000060000000000'],
  ])('reads times in %s', async (_, first, second) => {
    const path = await folderWith({
      'e.csv': `event_time,user_id,product_id\n${first},u,1\n${second},u,2\n`,
    });
    expect([...(await read(path('e.csv'))).log.time]).toEqual([1_700_000_000, 1_700_000_060]);
  });

  it('reads times without seconds, and days', async () => {
    const path = await folderWith({
      'e.csv': 'date,user,item\n2023-11-14,u,1\n2023-11-14T22:13Z,u,2\n2023-11-15 00:14+02:00,u,3\n',
    });
    expect([...(await read(path('e.csv'))).log.time]).toEqual([1_699_920_000, 1_699_999_980, 1_700_000_040]);
  });

  it('takes what names no instant for no time', async () => {
    const path = await folderWith({
      'e.csv':
        'time,user,item\nNaN,u,1\ninf,u,2\n-Infinity,u,3\n1e300,u,4\n-1e13,u,5\n290000-01-01,u,6\n5,u,7\n',
    });
    const { log, problems } = await read(path('e.csv'));
    expect([...log.time]).toEqual([5]);
    expect(problems).toMatchObject([{ count: 6, row: 1, example: 'item 1, time NaN' }]);
  });

  it('reads JSON lines whose ids are texts here and numbers there, first of all or late', async () => {
    const lines = Array.from({ length: 25_000 }, (_, e) =>
      JSON.stringify({ time: e, user: e % 7, item: e < 24_000 ? e % 9 : `x${e % 9}` }),
    );
    const path = await folderWith({
      'e.jsonl': [...lines, '{"time": 30000, "user": 1, "item": 3.0}', '{"item": 12345678901234567890}'].join(
        '\n',
      ),
    });
    const { log, problems } = await read(path('e.jsonl'));
    expect(log.count).toBe(25_001);
    expect(log.itemIds.toSorted()).toEqual([...Array(9).keys()].flatMap((k) => [`${k}`, `x${k}`]).toSorted());
    expect(problems).toMatchObject([{ row: 25_002, example: 'item 12345678901234567890, time (none)' }]);
  });

  it('leaves lines out that are no JSON object', async () => {
    const path = await folderWith({
      'e.jsonl':
        '{"time": 1, "user": "u", "item": "a"}\n{"time": 2, "us\n"text"\n{"time": 3, "user": "u", "item": "b"}\n',
    });
    const { log, problems } = await read(path('e.jsonl'));
    expect(log.itemIds).toEqual(['a', 'b']);
    expect(problems).toEqual([
      {
        file: 'e.jsonl',
        what: 'lines that are no JSON object, left out',
        count: 2,
        row: 2,
        example: '{"time": 2, "us',
      },
    ]);
  });

  it('names file and row as they stand there, of several files and behind broken lines', async () => {
    const path = await folderWith({
      'a.csv': 'time,user,item\n9,u,a\n',
      'b.csv': 'time,item,user\n8,b,u\nbroken\n3,c,u\nsoon,d,u\n',
      'c.csv': '',
    });
    const { log, problems } = await readShop({ events: ['a.csv', 'b.csv', 'c.csv'].map(path), map: {} });
    expect(log.itemIds).toEqual(['c', 'b', 'a']);
    expect(problems).toMatchObject([
      { file: 'c.csv', what: 'an empty file, nothing read' },
      { file: 'b.csv', what: expect.stringContaining('no valid CSV'), row: 2, example: 'broken' },
      { file: 'b.csv', what: expect.stringContaining('time cannot be read'), row: 4 },
    ]);
  });

  it('says why where nothing is left', async () => {
    const path = await folderWith({ 'e.csv': 'time,user,item\n12/1/2010 8:26,u,a\n12/1/2010 8:27,u,b\n' });
    await expect(read(path('e.csv'))).rejects.toThrow(
      /left out: 2; first in row 1: item a, time 12\/1\/2010/,
    );
  });

  it('refuses histories of what no event has', async () => {
    const path = await folderWith({ 'e.csv': 'time,user,item\n1,u,a\n' });
    await expect(readShop({ events: [path('e.csv')], map: {}, sequence: 'session' })).rejects.toThrow(
      'found no session',
    );
  });

  it('refuses a log that does not fit, and says by how much', async () => {
    const path = await shopFolder();
    await expect(readShop({ events: [path('events.csv')], map: {}, memory: 100_000 })).rejects.toThrow(
      /events\.csv: found 3,685 events, which take 0\.1 MB, wanted at most 0\.0 MB.*allow more \(--memory\)/,
    );
  });

  it('orders by time, and keeps the order of the file within a time', async () => {
    const path = await folderWith({ 'e.csv': 'ts,user,sku\n20,u,c\n10,u,b\n10,u,a\n' });
    const { log } = await read(path('e.csv'));
    expect([...log.item].map((item) => log.itemIds[item])).toEqual(['b', 'a', 'c']);
  });

  it('drops a second line of the same item in the same session, and only there', async () => {
    const path = await folderWith({ 'e.csv': 'time,user,session,item\n1,u,s1,a\n2,u,s1,a\n3,u,s2,a\n' });
    expect((await read(path('e.csv'))).log.count).toBe(2);
  });

  it('tells the kinds of events apart, the most frequent first; what has none has an empty one', async () => {
    const path = await folderWith({
      'kinds.csv':
        'timestamp,session_id,item_id,event_type\n1,a,x,purchase\n2,a,y,view\n3,a,z,view\n4,b,x,\n',
      'none.csv': 'timestamp,session_id,item_id\n1,a,x\n',
    });
    const { kind, kinds } = (await read(path('kinds.csv'))).log;
    expect(Array.from(kind, (each) => kinds[each])).toEqual(['purchase', 'view', 'view', '']);
    expect(kinds).toEqual(['', 'view', 'purchase']);
    expect((await read(path('none.csv'))).log.kinds).toEqual(['']);
  });

  it('takes the shopper for a history where nearly every event has one, else the session', async () => {
    const path = await folderWith({
      'both.csv': 'time,user,session,item\n1,u,s1,a\n2,u,s2,b\n',
      'few.csv': 'time,user,session,item\n1,,s1,a\n2,u,s2,b\n',
    });
    expect((await read(path('both.csv'))).log.sequenceKind).toBe('shopper');
    expect((await read(path('few.csv'))).log.sequenceKind).toBe('session');
  });

  it('takes columns by hand', async () => {
    const path = await folderWith({ 'e.csv': 'wann,wer,was\n1,u,a\n2,u,b\n' });
    const { log } = await read(path('e.csv'), undefined, { time: 'wann', shopper: 'wer', item: 'was' });
    expect(log.itemIds).toEqual(['a', 'b']);
  });

  it('counts what it cannot use, with the first row and an example', async () => {
    const path = await folderWith({ 'e.csv': 'time,user,item\n1,u,a\nsoon,u,b\n3,u,\n4,,c\nlater,u,d\n' });
    const { log, problems } = await read(path('e.csv'));
    expect(log.count).toBe(1);
    expect(problems).toEqual([
      expect.objectContaining({ what: expect.stringContaining('without an item'), count: 1, row: 3 }),
      expect.objectContaining({
        what: expect.stringContaining('time cannot be read'),
        count: 2,
        row: 2,
        example: 'item b, time soon',
      }),
      expect.objectContaining({
        what: expect.stringContaining('without shopper and session'),
        count: 1,
        row: 4,
      }),
    ]);
  });

  it.each([
    ['no.csv', undefined, 'found no such file'],
    ['e.csv', '', 'an empty file'],
    ['e.xlsx', 'x', 'found no known format'],
    ['e.csv', 'user,item\nu,a\n', 'wanted one for time'],
    ['e.csv', 'time,user\n1,u\n', 'wanted one for item'],
    ['e.csv', 'time,user,item\nsoon,u,a\n', 'found no row with an item and a time'],
    ['e.csv', 'time,item\n1,a\n', 'found no shopper and no session'],
  ])('refuses %s holding %j', async (name, content, message) => {
    const path = await folderWith(content === undefined ? {} : { [name]: content });
    await expect(read(path(name))).rejects.toThrow(InputError);
    await expect(read(path(name))).rejects.toThrow(message);
  });
});
