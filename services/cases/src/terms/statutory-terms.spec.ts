import { termsOn } from './statutory-terms';

describe('statutory terms', () => {
  it('are 14 days for a letter that nobody took and one year for a plan', () => {
    expect(termsOn('2026-11-21')).toMatchObject({ fictionDays: 14, planYears: 1 });
  });

  it('are the first ones for a day before the Act', () => expect(termsOn('1999-01-01').validFrom).toBe('2020-01-01'));
});
