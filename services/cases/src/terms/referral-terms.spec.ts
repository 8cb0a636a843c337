import { referralTermsOn } from './referral-terms';

describe('terms of referrals', () => {
  it('weigh with whole points', () => {
    const { weights } = referralTermsOn('2026-11-22');
    for (const points of Object.values(weights)) expect(Number.isInteger(points) && points >= 0).toBe(true);
  });

  it('are the first ones for a day before the Act', () => {
    expect(referralTermsOn('1999-01-01').validFrom).toBe('2020-01-01');
  });
});
