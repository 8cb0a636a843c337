import fc from 'fast-check';
import { fold, stemOf, vectorOf, wordsOf } from './polish-analysis';
import { isOneSlipAway, shadowsOf } from './spelling';

describe('Polish words', () => {
  it.each([
    ['teleopieka', 'teleopiekę', 'teleopieki', 'teleopieką'],
    ['usługa', 'usługi', 'usług', 'usługami', 'uslugach'],
    ['opiekuńcze', 'opiekuńczych', 'opiekunczymi', 'opiekuńczego'],
    ['żłobek', 'żłobka', 'żłobki', 'zlobkach'],
    ['asystent', 'asystenta', 'asystentem', 'asystenci'],
    ['niepełnosprawność', 'niepełnosprawności', 'niepelnosprawnoscia'],
    ['dzieci', 'dziecko', 'dziećmi', 'dziecka'],
    ['ośrodek', 'ośrodka', 'ośrodki'],
    ['hospicjum', 'hospicja', 'hospicjów', 'hospicjom'],
    ['stypendium', 'stypendia', 'stypendiami'],
  ])('are one word in whatever form: %s', (...forms) => {
    expect(new Set(forms.map(stemOf)).size).toBe(1);
  });

  it('are read without those that say nothing', () => {
    expect(wordsOf('Szukam pomocy dla babci, 75+!').map(({ word }) => word)).toEqual(['pomocy', 'babci', '75']);
  });

  it('lose their diacritics, whatever way they are composed', () => {
    expect(fold('ZAŻÓŁĆ gęślą JAŹŃ'.normalize('NFD'))).toBe('zazolc gesla jazn');
  });

  it('become a vector whose every stem knows its places and weights', () => {
    expect(
      vectorOf([
        { weight: 'A', text: 'Teleopieka' },
        { weight: 'C', text: 'teleopieka w domu' },
      ]),
    ).toBe("'teleopik':1A,2C 'dom':3C");
  });

  it('of any text make a vector of letters and digits only', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) =>
        /^('[\p{L}\p{N}]+':\d+A(,\d+A)*( |$))*$/u.test(vectorOf([{ weight: 'A', text }])),
      ),
    );
  });
});

describe('slips of the keyboard', () => {
  it.each([
    ['telopiek', 'teleopiek', true],
    ['asystnet', 'asystent', true],
    ['rechabilitacj', 'rehabilitacj', true],
    ['psyholog', 'psycholog', true],
    ['dom', 'dym', true],
    ['dom', 'dama', false],
    ['kot', 'tok', false],
  ])('%s and %s: %s', (one, other, expected) => {
    expect([isOneSlipAway(one, other), isOneSlipAway(other, one)]).toEqual([expected, expected]);
  });

  it('are found by a shadow that both words cast', () => {
    const letter = fc.constantFrom(...'abcde');
    const slips = fc.tuple(fc.array(letter, { minLength: 4, maxLength: 9 }), fc.nat(), letter, fc.nat(3));
    fc.assert(
      fc.property(slips, ([letters, place, another, kind]) => {
        const at = place % (letters.length - 1);
        const slipped = [...letters];
        if (kind === 0) slipped.splice(at, 1);
        else if (kind === 1) slipped.splice(at, 0, another);
        else if (kind === 2) slipped[at] = another;
        else [slipped[at], slipped[at + 1]] = [slipped[at + 1] as string, slipped[at] as string];
        const [right, wrong] = [letters.join(''), slipped.join('')];
        expect(isOneSlipAway(right, wrong)).toBe(true);
        expect(shadowsOf(wrong).some((shadow) => shadowsOf(right).includes(shadow))).toBe(true);
      }),
    );
  });
});
