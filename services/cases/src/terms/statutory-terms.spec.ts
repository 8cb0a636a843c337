import { termsOn } from './statutory-terms';

describe('statutory terms', () => {
  it('are 14 days for an appeal, 30 for drafting and one year for a plan', () => {
    expect(termsOn('2026-11-21')).toMatchObject({ appealDays: 14, planDraftDays: 30, planYears: 1 });
  });

  it('are the first ones for a day before the Act', () => expect(termsOn('1999-01-01').validFrom).toBe('2020-01-01'));
});
