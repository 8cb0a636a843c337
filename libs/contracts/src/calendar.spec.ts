import { dayOf } from './calendar';

describe('the day it is in Poland', () => {
  it.each([
    ['2026-01-15T22:59:59.999Z', '2026-01-15'],
    ['2026-01-15T23:00:00.000Z', '2026-01-16'],
    ['2026-01-15T22:59:59.999Z', '2026-01-15'],
    ['2026-07-15T21:59:59.999Z', '2026-07-15'],
    ['2026-07-15T22:00:00.000Z', '2026-07-16'],
  ])('begins at midnight there, whatever was asked before: %s', (moment, day) => {
    expect(dayOf(new Date(moment))).toBe(day);
  });

  it('is refused for what is no moment', () => {
    expect(() => dayOf(new Date(NaN))).toThrow(RangeError);
  });
});
