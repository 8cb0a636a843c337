import fc from 'fast-check';
import { questionEditionOn } from '../terms/survey-questions';
import { type GivenAnswer, scoresOf } from './answers';
import { SurveyAnswersWrong } from './survey-errors';

const { questions } = questionEditionOn('2026-03-02');
const full = questions.map(({ code }): GivenAnswer => ({ question: code, score: 1 }));

function faultsOf(given: readonly GivenAnswer[]): string[] {
  try {
    scoresOf(questions, given);
    return [];
  } catch (error) {
    if (!(error instanceof SurveyAnswersWrong)) throw error;
    return error.errors.map(({ pointer, detail }) => `${pointer} ${detail}`);
  }
}

it('takes every question once, within its bounds, in any order', () => {
  const score = fc.integer({ min: -1, max: 6 });
  fc.assert(
    fc.property(fc.tuple(...questions.map(() => score)), fc.shuffledSubarray([...full.keys()]), (scores, order) => {
      const given = order.map((at) => ({ question: full[at]?.question ?? '', score: scores[at] ?? 0 }));
      const isGood = questions.every(({ code, kind }) =>
        given.some(
          (answer) =>
            answer.question === code &&
            (kind === 'SCALE' ? answer.score >= 1 && answer.score <= 5 : [0, 1].includes(answer.score)),
        ),
      );
      expect(faultsOf(given).length === 0).toBe(isGood);
    }),
  );
});

it('tells each fault with its place', () => {
  const [first, second, ...others] = full as [GivenAnswer, GivenAnswer, ...GivenAnswer[]];
  expect(faultsOf([first, first, { question: 'PRICE', score: 1 }, ...others])).toEqual([
    '/answers/1 ON_TIME is answered twice',
    '/answers/2 PRICE is not asked here',
    `/answers ${second.question} is not answered`,
  ]);
  expect(faultsOf([{ ...first, score: 0 }, second, ...others])).toEqual(['/answers/0 ON_TIME takes 1 to 5']);
});
