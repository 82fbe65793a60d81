import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { feedOf, rss, tsv } from './feedOf.ts';

const blank = ' '.repeat(16_000);
const item = (more: string): string => `<g:id>1</g:id><title>Tea</title>${more}`;

describe('a feed from an attacker', () => {
  // What backs up on white space takes minutes for these; all of them take milliseconds.
  it.each([
    ['a price', `<g:price>1${blank}x</g:price>`],
    [
      'the dates of a sale',
      `<g:sale_price>1 EUR</g:sale_price><g:sale_price_effective_date>1${blank}x</g:sale_price_effective_date>`,
    ],
    ['a category', `<g:product_type>${`a${blank}`.repeat(1)}x</g:product_type>`],
    ['a colour', `<g:color>a${blank}x</g:color>`],
    ['pictures', `<g:additional_image_link>a${blank}x</g:additional_image_link>`],
  ])('is read where %s holds nothing but white space', async (_, xml) => {
    const entries = await feedOf(rss(...Array.from({ length: 20 }, () => item(xml))));
    expect(entries).toHaveLength(20);
    expect(entries[0]).toMatchObject({ item: { id: '1', title: 'Tea' } });
  });

  it('keeps 256 values of an attribute, and 256 attributes, of a table without end', async () => {
    const names = ['id', 'title', ...Array.from({ length: 50_000 }, () => 'tags')];
    const [same] = await feedOf(
      tsv(
        names,
        names.map((_, k) => (k === 0 ? '1' : 'x')),
      ),
    );
    expect(same).toMatchObject({ item: { id: '1', tags: Array.from({ length: 256 }, () => 'x') } });
    const others = ['id', 'title', ...Array.from({ length: 50_000 }, (_, k) => `a${k}`)];
    const [many] = await feedOf(
      tsv(
        others,
        others.map((_, k) => (k === 0 ? '1' : 'x')),
      ),
    );
    expect(many).toMatchObject({ item: { id: '1', title: 'x' } });
  });

  it.each([
    ['white space without end', gzipSync(' '.repeat(2 ** 20))],
    ['elements in each other without end', `<rss>${'<a xmlns:b="c">'.repeat(20_000)}`],
    // sax compares each with all before it: a minute for 200,000 of them.
    [
      'an element with attributes without end',
      rss(`<a ${Array.from({ length: 3000 }, (_, k) => `b${k}=""`).join(' ')}/>`),
    ],
    ['an item that is wrong everywhere', rss(item(`<g:color>${'& '.repeat(250_001)}</g:color>`))],
    ['entities that double', '<!DOCTYPE a [<!ENTITY b "x"><!ENTITY c "&b;&b;">]><rss></rss>'],
  ])('is refused where it is %s', async (_, content) => {
    await expect(feedOf(content)).rejects.toThrow(/found .*, wanted /s);
  });

  it('has no item where its first line has no end', async () => {
    expect(await feedOf('x'.repeat(2 ** 18))).toEqual([]);
  });

  it('leaves out what is too much for one item', async () => {
    const names = ['id', 'title', ...Array.from({ length: 40 }, (_, k) => `a${k}`)];
    const [entry] = await feedOf(
      tsv(
        names,
        names.map((_, k) => (k === 0 ? '1' : 'x'.repeat(4000))),
      ),
    );
    expect(entry).toMatchObject({ item: { id: '1', title: 'x'.repeat(4000), a7: 'x'.repeat(4000) } });
    expect((entry as { refused: object[] }).refused).toHaveLength(32);
    expect(entry).not.toHaveProperty('item.a8');
  });

  it('leaves out what any object answers to', async () => {
    const [entry] = await feedOf(
      tsv(['id', 'title', '__proto__', 'constructor', 'tostring'], ['1', 'Tea', 'a', 'b', 'c']),
    );
    expect(entry).toMatchObject({ item: { id: '1', title: 'Tea', tostring: 'c' } });
    expect(Object.getPrototypeOf((entry as { item: object }).item)).toBe(Object.prototype);
  });
});
