import { describe, expect, it } from 'vitest';
import { readShop } from '../src/index.ts';
import { folderWith, shopFolder } from './syntheticShop.ts';

const read = (events: string, items?: string, map = {}) =>
  readShop({ events: [events], items: items === undefined ? undefined : [items], map });

describe('reading items', () => {
  it('recognises roles, types and the levels of a category', async () => {
    const path = await folderWith({
      'e.csv': 'time,user,item\n1,u,007\n',
      'i.csv':
        'sku,name,department,category,product_type,price,availability,tags,maker_id,year\n' +
        '007,Tea,Food,Drinks,Green tea,$2.50,in stock,hot|dry,12,1999\n' +
        '8,Cup,Home,,,3,out of stock,hot,13,2001\n',
    });
    const { items } = await read(path('e.csv'), path('i.csv'));
    expect(items[0]).toEqual({
      id: '007',
      title: 'Tea',
      category: ['Food', 'Drinks', 'Green tea'],
      price: 2.5,
      inStock: true,
      tags: ['hot', 'dry'],
      maker_id: '12',
      year: 1999,
    });
    expect(items[1]).toMatchObject({ id: '8', category: ['Home'], inStock: false });
  });

  it('splits a category path written in one text', async () => {
    const path = await folderWith({
      'e.csv': 'time,user,item\n1,u,1\n',
      'i.csv': 'id,category\n1,Food > Drinks > Tea\n',
    });
    expect((await read(path('e.csv'), path('i.csv'))).items[0]!.category).toEqual(['Food', 'Drinks', 'Tea']);
  });

  it.each([
    ['1.299,00 €', 1299],
    ['"12,99"', 12.99],
    ['"1,299.50"', 1299.5],
    ['EUR 5', 5],
    ['-5', undefined],
  ])('reads a price of %s as pages and feeds write it', async (written, price) => {
    const path = await folderWith({
      'e.csv': 'time,user,item\n1,u,1\n',
      'i.csv': `id;price\n1;${written}\n2;\n`,
    });
    expect((await read(path('e.csv'), path('i.csv'))).items[0]!.price).toBe(price);
  });

  it('leaves out descriptions, which no shelf shows', async () => {
    const path = await folderWith({
      'e.csv': 'time,user,item\n1,u,1\n',
      'i.csv': 'id,title,description\n1,One,Long words\n',
    });
    expect((await read(path('e.csv'), path('i.csv'))).items).toEqual([{ id: '1', title: 'One' }]);
  });

  it('keeps the first of two items with one id, and counts events of unknown items', async () => {
    const path = await folderWith({
      'e.csv': 'time,user,item\n1,u,1\n2,u,stray\n',
      'i.csv': 'id,title\n1,First\n1,Second\n,Nameless\n',
    });
    const { items, problems } = await read(path('e.csv'), path('i.csv'));
    expect(items).toEqual([{ id: '1', title: 'First' }, { id: 'stray' }]);
    expect(problems.map(({ what, count, row }) => [what.split(',')[0], count, row])).toEqual([
      ['items with the id of an earlier one', 1, 2],
      ['items without an id', 1, 3],
      ['events of items that the items file lacks', 1, 2],
    ]);
  });

  it('names the row of the first event of an unknown item as it stands in the file', async () => {
    const path = await folderWith({
      'e.csv': 'time,user,item\n9,u,1\n8,u,stray\n1,u,1\n',
      'i.csv': 'id,title\n1,One\n',
    });
    const { problems } = await read(path('e.csv'), path('i.csv'));
    expect(problems).toMatchObject([{ file: 'e.csv', count: 1, row: 2, example: 'item stray' }]);
  });

  it('goes on without items where the file has none, and says so', async () => {
    const path = await folderWith({
      'e.csv': 'time,user,item\n1,u,1\n',
      'none.csv': 'id,title\n',
      'i.csv': '',
    });
    for (const name of ['none.csv', 'i.csv']) {
      const { items, problems } = await read(path('e.csv'), path(name));
      expect(items).toEqual([{ id: '1' }]);
      expect(problems).toContainEqual({ file: name, what: 'no item in it', count: 1 });
    }
  });

  it('leaves out what no item can have, which the service would refuse', async () => {
    const path = await folderWith({
      'e.csv': 'time,user,item\n1,u,1\n',
      'i.csv': `id,title,constructor,category\n1,One,x,${'deep > '.repeat(20)}deep\n2,Two,,A\n${'9'.repeat(300)},Long,,A\n`,
    });
    const { items, problems } = await read(path('e.csv'), path('i.csv'));
    expect(items).toEqual([
      { id: '1', title: 'One' },
      { id: '2', title: 'Two', category: ['A'] },
    ]);
    expect(problems).toMatchObject([
      {
        what: expect.stringContaining('cannot have'),
        count: 3,
        row: 1,
        example: expect.stringMatching(/^item 1, /),
      },
    ]);
  });

  it('reads lists that stand as JSON in a text, and JSON of every type', async () => {
    const path = await folderWith({
      'e.csv': 'time,user,item\n1,u,1\n',
      'i.csv': 'id,category,tags\n1,"[""A"", ""B""]","[""x"", ""y""]"\n2,A,[draft\n',
      'i.jsonl':
        '{"id": 1, "category": ["A", "B"], "tags": ["x", "y"]}\n{"id": "2", "category": "A", "tags": "[draft"}\n',
    });
    for (const name of ['i.csv', 'i.jsonl'])
      expect((await read(path('e.csv'), path(name))).items).toEqual([
        { id: '1', category: ['A', 'B'], tags: ['x', 'y'] },
        { id: '2', category: ['A'], tags: '[draft' },
      ]);
  });

  it('takes the columns of a category by hand, and refuses those that are not there', async () => {
    const path = await folderWith({
      'e.csv': 'time,user,item\n1,u,1\n',
      'i.csv': 'id,aisle,shelf\n1,Food,Tea\n',
    });
    const { items } = await read(path('e.csv'), path('i.csv'), { category: 'aisle,shelf' });
    expect(items[0]!.category).toEqual(['Food', 'Tea']);
    await expect(read(path('e.csv'), path('i.csv'), { category: 'nope' })).rejects.toThrow(
      'wanted nope for category',
    );
  });

  it('infers a schema by what the values are', async () => {
    const path = await shopFolder();
    const { schema } = await read(path('events.csv'), path('items.csv'));
    expect(schema).toEqual([
      { as: 'path', attribute: 'category' },
      { as: 'value', attribute: 'brand' },
      { as: 'bins', attribute: 'price', perDoubling: 2 },
      { as: 'words', attribute: 'title', max: 6 },
    ]);
  });
});
