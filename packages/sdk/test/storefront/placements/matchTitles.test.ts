import { describe, expect, it } from 'vitest';
import { matchTitles } from '../../../src/storefront/placements/matchTitles.ts';

const TITLES = [
  'Red wool hat',
  'Blue wool scarf',
  'Red cotton shirt',
  'Crème brûlée torch',
  'Bananas, 40 lb',
  'Banana bread mix',
  'Pear',
  'The wool wash',
];
const items = [...TITLES.map((title) => ({ id: title, title })), { id: 'no title' }];
const found = async (text: string) => [...(await matchTitles(items, text)).keys()];

describe('titles that share words with a search', () => {
  it('are those that share most', async () =>
    expect(await found('red wool hat XXL')).toEqual(['Red wool hat']));
  it('are found where a letter is wrong, missing, too many, or has changed places', async () => {
    for (const word of ['bananna', 'banan', 'bamana', 'abnana'])
      expect(await found(word), word).toEqual(expect.arrayContaining(['Banana bread mix']));
  });
  it('are found without accents, and by the beginning of a word', async () => {
    expect(await found('creme brulee')).toEqual(['Crème brûlée torch']);
    expect(await found('BANAN')).toEqual(expect.arrayContaining(['Bananas, 40 lb', 'Banana bread mix']));
  });
  it('are found by a rare word rather than by a common one', async () => {
    expect(await found('wool torch')).toEqual(['Crème brûlée torch']);
  });
  it('name the words of the title that match, as they stand there, and no others', async () => {
    expect(await matchTitles(items, 'red wool gloves XXL')).toEqual(new Map([['Red wool hat', 'Red wool']]));
    expect(await matchTitles(items, 'brulee coton')).toEqual(
      new Map([
        ['Red cotton shirt', 'cotton'],
        ['Crème brûlée torch', 'brûlée'],
      ]),
    );
    expect(await matchTitles(items, '40 bananas')).toEqual(new Map([['Bananas, 40 lb', 'Bananas 40']]));
  });
  it.each(['', 'a', '!!', 'xylophone', 'per'])('are none for "%s"', async (text) =>
    expect(await found(text)).toEqual([]),
  );
});
