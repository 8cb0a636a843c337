import { quarterOf } from '../figures/quarter';
import { figureTerms } from './figure-terms';
import { questionEditions } from './survey-questions';
import { surveyTerms } from './survey-terms';

it.each([
  ['terms of surveys', surveyTerms],
  ['terms of figures', figureTerms],
  ['questions', questionEditions],
])('%s have their editions in order, newest first, each with a basis', (_, history) => {
  const starts = history.map(({ validFrom }) => validFrom);
  expect(starts).toEqual([...new Set(starts)].sort().reverse());
  for (const { basis } of history) expect(basis).toMatch(/art\. \d+/);
});

it('questions are five at most, each once, in four languages, from the beginning of a quarter', () => {
  for (const { validFrom, questions } of questionEditions) {
    const codes = questions.map(({ code }) => code);
    expect(new Set(codes).size).toBe(codes.length);
    expect(codes.length).toBeLessThanOrEqual(5);
    for (const { text } of questions) {
      expect(Object.keys(text)).toEqual(['pl', 'pl-x-etr', 'uk', 'en']);
      for (const words of Object.values(text)) expect(words).toMatch(/\?$/);
    }
    // Figures are told by quarter, and never over two editions.
    expect(quarterOf(validFrom)).toBe(validFrom);
  }
});
