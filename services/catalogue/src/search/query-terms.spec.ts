import { anyTerm, type Term } from './query-terms';

const word = (stem: string, df: number): Term => ({ typed: stem, meanings: [{ stem, weight: 1, df }] });

describe('any of the words', () => {
  it.each([
    ['the rarest ones that are few enough together', ['pomok 900', 'bar 3', 'mlecz 80'], `('bar') | ('mlecz')`],
    ['a word of very many offers where no other is', ['bar 5000'], `('bar')`],
    ['a word of very many offers beside one that none has', ['bar 5000', 'mlecz 0'], `('mlecz') | ('bar')`],
  ])('are %s', (_, words, expected) => {
    const terms = words.map((one) => one.split(' ')).map(([stem = '', df]) => word(stem, Number(df)));
    expect(anyTerm(terms, 100)).toBe(expected);
  });
});
