import { readAssumptions } from '@okienko/local/sizing/model';
import { intensityAt, ratesOf } from './living';

describe('how busy a city is', () => {
  it('is what docs/sizing.md says, at its peak', () => {
    const assumed = readAssumptions();
    const rates = ratesOf(115_000, assumed);
    const peak = (act: keyof typeof rates): number => Number((rates[act] * assumed.peak.value).toPrecision(2));
    expect([peak('journey'), peak('write'), peak('look'), peak('search')]).toEqual([0.0048, 0.72, 1.9, 0.64]);
  });

  it('comes to the mean over a week of work, is most on Monday morning, and hardly anything at night', () => {
    const week = Array.from({ length: 7 * 24 }, (_, hour) => intensityAt(new Date(Date.UTC(2026, 10, 23, hour))));
    const inWork = week.filter((value) => value > 0.1);
    expect(inWork).toHaveLength(5 * 8);
    expect(inWork.reduce((sum, value) => sum + value, 0) / 40).toBeCloseTo(1, 5);
    expect(week.indexOf(Math.max(...week))).toBe(8);
    expect(week[3]).toBeLessThan(0.1);
  });
});
