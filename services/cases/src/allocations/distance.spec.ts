import fc from 'fast-check';
import { referralTermsOn } from '../terms/referral-terms';
import { bandOf, kilometresBetween, type Point } from './distance';

const { distanceBands } = referralTermsOn('2026-11-22');
const elblag = { latitude: 54.1561, longitude: 19.4045 };
const tolkmicko = { latitude: 54.3203, longitude: 19.5269 };
const cracow = { latitude: 50.0614, longitude: 19.9366 };

const point: fc.Arbitrary<Point> = fc.record({
  latitude: fc.double({ min: -90, max: 90, noNaN: true }),
  longitude: fc.double({ min: -180, max: 180, noNaN: true }),
});

describe('a distance', () => {
  it.each([
    [elblag, elblag, 0],
    [elblag, tolkmicko, 19],
    [elblag, cracow, 456],
    [{ latitude: 0, longitude: 179.95 }, { latitude: 0, longitude: -179.95 }, 11],
  ])('is told in whole kilometres', (one, other, kilometres) => {
    expect(kilometresBetween(one, other)).toBe(kilometres);
  });

  it('is the same both ways, and no more than half around the earth', () => {
    fc.assert(
      fc.property(point, point, (one, other) => {
        const kilometres = kilometresBetween(one, other);
        expect(kilometresBetween(other, one)).toBe(kilometres);
        expect(Number.isInteger(kilometres) && kilometres >= 0 && kilometres <= 20_015).toBe(true);
        expect(kilometresBetween(one, one)).toBe(0);
      }),
    );
  });
});

describe('the band of a distance', () => {
  it('is that of the nearest place', () => {
    expect(bandOf(elblag, [cracow, tolkmicko], distanceBands)).toMatchObject({ fromKm: 10 });
    expect(bandOf(elblag, [cracow], distanceBands)).toMatchObject({ fromKm: 25 });
  });

  it('exists exactly where both sides are known', () => {
    fc.assert(
      fc.property(fc.option(point), fc.array(point, { maxLength: 3 }), (home, places) => {
        expect(bandOf(home, places, distanceBands) === undefined).toBe(home === null || places.length === 0);
      }),
    );
  });
});
