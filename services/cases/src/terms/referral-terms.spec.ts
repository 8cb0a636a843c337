import { referralTermsOn } from './referral-terms';

describe('terms of referrals', () => {
  it('weigh with whole points', () => {
    const { weights } = referralTermsOn('2026-11-22');
    for (const points of Object.values(weights)) expect(Number.isInteger(points) && points >= 0).toBe(true);
  });

  it('have bands of distance from nought on, at least three kilometres wide, in which nearer is never worth less', () => {
    const { distanceBands } = referralTermsOn('2026-11-22');
    const nearestFirst = distanceBands.toReversed();
    expect(nearestFirst[0]?.fromKm).toBe(0);
    nearestFirst.slice(1).forEach(({ fromKm, points }, at) => {
      const nearer = nearestFirst[at];
      expect(fromKm - (nearer?.fromKm ?? 0)).toBeGreaterThanOrEqual(3);
      expect(points).toBeLessThanOrEqual(nearer?.points ?? 0);
    });
  });

  it('are the first ones for a day before the Act', () => {
    expect(referralTermsOn('1999-01-01').validFrom).toBe('2020-01-01');
  });
});
