import { fold } from '@okienko/catalogue/search/polish-analysis';
import { isOneSlipAway } from '@okienko/catalogue/search/spelling';
import { Chance } from '../../chance';
import { heldOut, inflected, slipped } from './held-out';

const descriptions = [
  { id: 'a', name: 'Usługi opiekuńcze', description: 'Pomoc asystenta oraz rehabilitacja w świetlicy środowiskowej' },
  { id: 'b', name: 'Poradnictwo rodzinne', description: 'Mediacja, terapia i szkoła dla rodziców, także wieczorami' },
  { id: 'c', name: 'Wypożyczalnia sprzętu', description: 'Łóżko rehabilitacyjne, wózek i chodzik dla mieszkańców' },
];
const made = heldOut(descriptions, 3, new Chance(1));

describe('held-out queries', () => {
  it('are the same for a seed, and others for another', () => {
    expect(heldOut(descriptions, 3, new Chance(1))).toEqual(made);
    expect(heldOut(descriptions, 3, new Chance(2))).not.toEqual(made);
  });

  it('are of every kind', () => {
    expect([...new Set(made.map(({ kind }) => kind))]).toEqual([
      'inflected',
      'no diacritics',
      'inflected, no diacritics',
      'typo',
      'inflected, no diacritics, typo',
      'word order',
    ]);
  });

  it('without diacritics have none', () => {
    const bare = made.filter(({ kind }) => kind.includes('no diacritics') && !kind.includes('typo'));
    expect(bare.map(({ query }) => fold(query))).toEqual(bare.map(({ query }) => query));
  });

  it.each([
    ['opiekuńcze', /^opiekuńcz(ego|ej|ym|ych)$/u],
    ['rehabilitacja', /^rehabilitacj(i|ę|ą|e)$/u],
    ['ośrodek', /^ośrod(ku|ka|kiem|ki|ków|kom)$/u],
    ['dom', /^dom$/u],
  ])('have %s in another case', (word, forms) => {
    for (let seed = 0; seed < 30; seed += 1) expect(inflected(word, new Chance(seed))).toMatch(forms);
  });

  it('with a slip are one slip away', () => {
    for (let seed = 0; seed < 300; seed += 1) {
      const typed = slipped('wypożyczalnia', new Chance(seed));
      expect([typed, typed !== 'wypożyczalnia' && isOneSlipAway(typed, 'wypożyczalnia')]).toEqual([typed, true]);
    }
  });
});
