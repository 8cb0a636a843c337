import fc from 'fast-check';
import { commonIndicators } from '../projects/common-indicators';
import type { Answers } from '../projects/indicator';
import { figuresOf } from './project-figures';

const labour = commonIndicators.filter(({ code }) => code === 'LABOUR_STATUS');
const persons = (count: number, value: string): Answers[] =>
  Array.from({ length: count }, () => ({ LABOUR_STATUS: value }));
const status = fc.constantFrom('EMPLOYED', 'UNEMPLOYED', 'LONG_TERM_UNEMPLOYED', 'INACTIVE');
const participants = fc.array(fc.option(status.map((value): Answers => ({ LABOUR_STATUS: value }))), { maxLength: 60 });

describe('the figures of a project', () => {
  it('count each person once in each indicator, those of whom nothing is known too', () => {
    fc.assert(
      fc.property(participants, (answers) => {
        const { persons: all, indicators } = figuresOf(labour, answers);
        const sum = indicators[0]?.answers.reduce((total, { persons: { value } }) => total + (value ?? NaN), 0);
        expect([all.value, sum]).toEqual([answers.length, answers.length]);
      }),
    );
  });

  it('tell nobody outside the unit of fewer than five', () => {
    fc.assert(
      fc.property(participants, (answers) => {
        const { persons: all, indicators } = figuresOf(labour, answers, 5);
        const told = [all, ...indicators.flatMap((one) => one.answers.map((answer) => answer.persons))];
        for (const { value, why } of told) expect(value === null ? why === 'TOO_FEW_PERSONS' : value >= 5).toBe(true);
      }),
    );
  });

  it('do not let one withheld answer be found from the total and the others', () => {
    const answers = [...persons(20, 'EMPLOYED'), ...persons(9, 'UNEMPLOYED'), ...persons(2, 'INACTIVE')];
    const [{ answers: told = [] } = {}] = figuresOf(labour, answers, 5).indicators;
    expect(told.filter(({ persons: { value } }) => value !== null)).toEqual([
      { value: 'EMPLOYED', persons: { value: 20 } },
    ]);
  });
});
