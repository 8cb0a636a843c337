import fc from 'fast-check';
import { type Said, satisfactionOf } from './satisfaction';

const fewest = 5;
const quarters = ['2026-01-01', '2026-04-01'];
const edition = '2020-01-01';
const cell = (offerId: string | null, quarter: string, answers: number): Said[] =>
  ['RESPECT', 'ON_TIME'].map((question) => ({ offerId, quarter, edition, question, answers, mean: 4.256 }));
const withTotal = (quarter: string, answers: readonly number[]): Said[] => {
  const total = answers.reduce((sum, each) => sum + each, 0);
  const parts = answers.flatMap((each, index) => (each === 0 ? [] : cell(`offer-${index}`, quarter, each)));
  return total === 0 ? [] : [...parts, ...cell(null, quarter, total)];
};

it('tells means by question where enough have answered', () => {
  const told = satisfactionOf(withTotal('2026-01-01', [6, 7]), fewest);
  const questions = [
    { code: 'ON_TIME', mean: 4.26 },
    { code: 'RESPECT', mean: 4.26 },
  ];
  expect([...told]).toEqual([
    ['offer-0', [{ quarter: '2026-01-01', edition, answers: 6, questions }]],
    ['offer-1', [{ quarter: '2026-01-01', edition, answers: 7, questions }]],
    [null, [{ quarter: '2026-01-01', edition, answers: 13, questions }]],
  ]);
});

it('tells nothing of few, nor what the total less the rest would tell of them; quarters stay apart', () => {
  const answers = fc.array(fc.integer({ min: 0, max: 12 }), { minLength: 1, maxLength: 5 });
  fc.assert(
    fc.property(answers, answers, (first, second) => {
      const told = satisfactionOf([...withTotal('2026-01-01', first), ...withTotal('2026-04-01', second)], fewest);
      quarters.forEach((quarter, at) => {
        const of = (offerId: string | null) => told.get(offerId)?.find((one) => one.quarter === quarter);
        const asked = [first, second][at] ?? [];
        const parts = asked.map((_, index) => of(`offer-${index}`));
        for (const one of [of(null), ...parts]) {
          if (!one) continue;
          expect(one.answers === null || one.answers >= fewest).toBe(true);
          expect(one.questions.length > 0).toBe(one.answers !== null);
        }
        const hidden = asked.filter((_, index) => parts[index]?.why);
        if (of(null)?.answers != null && hidden.length > 0) {
          expect(hidden.length).toBeGreaterThan(1);
          expect(hidden.reduce((sum, each) => sum + each, 0)).toBeGreaterThanOrEqual(fewest);
        }
      });
    }),
  );
});
