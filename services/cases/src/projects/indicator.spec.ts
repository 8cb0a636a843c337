import fc from 'fast-check';
import { commonIndicators } from './common-indicators';
import { type Answer, answersTo, AnswersWrong, choicesOf, type Indicator } from './indicator';

const visits: Indicator = {
  code: 'VISITS',
  name: 'Liczba wizyt',
  kind: 'COUNT',
  options: [],
  askedAt: ['EXIT'],
  mayBeRefused: false,
  validFrom: '2026-01-01',
  validTo: null,
};
const asked = [...commonIndicators, visits];

const answerTo = (indicator: Indicator): fc.Arbitrary<Answer> => {
  const value = indicator.kind === 'COUNT' ? fc.nat(999_999).map(String) : fc.constantFrom(...choicesOf(indicator));
  return value.map((given) => ({ code: indicator.code, value: given }));
};
const answers = fc
  .tuple(...asked.map(answerTo))
  .chain((all) => fc.shuffledSubarray(all, { minLength: all.length, maxLength: all.length }));
const anyIndex = fc.nat(asked.length - 1);

function pointersOf(given: readonly Answer[]): string[] {
  try {
    answersTo(asked, given);
    return [];
  } catch (error) {
    if (!(error instanceof AnswersWrong)) throw error;
    return error.errors.map(({ pointer }) => pointer);
  }
}

describe('answers to indicators', () => {
  it('are taken whenever they are whole, in whatever order', () => {
    fc.assert(
      fc.property(answers, (given) => {
        expect(answersTo(asked, given)).toEqual(Object.fromEntries(given.map(({ code, value }) => [code, value])));
      }),
    );
  });

  it('are refused when one is missing, doubled, foreign or not to be chosen, and the fault is named', () => {
    fc.assert(
      fc.property(answers, anyIndex, (given, at) => {
        const [one] = given.slice(at, at + 1) as [Answer];
        expect(pointersOf(given.toSpliced(at, 1))).toEqual(['/indicators']);
        expect(pointersOf([...given, one])).toEqual([`/indicators/${given.length}/code`]);
        expect(pointersOf([...given, { code: 'SHOE_SIZE', value: '42' }])).toEqual([
          `/indicators/${given.length}/code`,
        ]);
        expect(pointersOf(given.with(at, { ...one, value: 'PERHAPS' }))).toEqual([`/indicators/${at}/value`]);
      }),
    );
  });

  it('may be withheld of special categories, and of nothing else', () => {
    const refusable = commonIndicators.filter((one) => choicesOf(one).includes('REFUSED')).map(({ code }) => code);
    expect(refusable).toEqual(['DISABILITY', 'FOREIGN_BACKGROUND', 'MINORITY']);
  });
});
