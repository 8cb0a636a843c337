import fc from 'fast-check';
import { acts, type Assumptions, type Cost, type Costs, sizeOf, spenders } from './model';

const each = <Key extends string>(keys: readonly Key[], value: number): Record<Key, number> =>
  Object.fromEntries(keys.map((key) => [key, value])) as Record<Key, number>;
const assumed = (value: number): { value: number; why: string } => ({ value, why: 'for the test' });

/** Each act takes a hundredth of a second of everybody, and a kilobyte wherever something is kept. */
const cost: Cost = { cpu: each(spenders, 0.01), wal: 1024, stored: 1024, streamed: 1024 };
const costs: Costs = {
  measured: { at: '2026-01-01', hardware: '', versions: '', journeys: 1 },
  acts: { journey: cost, write: cost, look: cost, search: cost },
  memory: each(spenders, 2 ** 27),
};
const assumptions: Assumptions = {
  places: [],
  yearly: {
    journey: { perResident: 0.1, why: '' },
    write: { perJourney: 10, why: '' },
    look: { perJourney: 20, why: '' },
    search: { perResident: 1, why: '' },
  },
  hoursOfWork: assumed(1000),
  peak: assumed(10),
  utilisation: assumed(0.5),
  years: assumed(5),
  indexAndBloat: assumed(2),
  copies: assumed(3),
  diskBefore: assumed(4),
  streamCopies: assumed(2),
  streamDays: assumed(14),
  archiveDays: assumed(14),
  prices: { currency: 'EUR', vCpu: 10, memoryGb: 2, diskGb: 0.1, why: '' },
};
const of = (residents: number) =>
  sizeOf({ name: 'a place', residents, overlay: 'whole', replicas: 2 }, costs, assumptions);

describe('what a place needs', () => {
  it('follows from acts a year, their costs and the peak', () => {
    const { yearly, peak, busy, replicas } = of(3_600_000);
    expect(yearly).toEqual({ journey: 360_000, write: 3_600_000, look: 7_200_000, search: 3_600_000 });
    expect(peak).toEqual({ journey: 1, write: 10, look: 20, search: 10 });
    for (const who of spenders) expect(busy[who]).toBeCloseTo(0.41);
    expect(replicas).toEqual({ catalogue: 2, cases: 2, providers: 2, notifications: 2, postgres: 3, nats: 3 });
    // Each of 41 acts a second takes a core for 0.01 s: at ten times as many two replicas would be busy beyond the half.
    expect(of(36_000_000).replicas.cases).toBe(9);
  });

  it('is paid for in full, and keeps the history on every copy', () => {
    const { money, vCpu, memoryGb, diskGb, databaseGb } = of(3_600_000);
    expect(databaseGb).toBeCloseTo(1 + (14_760_000 * 1024 * 2 * 5) / 2 ** 30, 5);
    expect(diskGb).toBeGreaterThan(databaseGb * 4);
    expect(money.total).toBe(Math.round(vCpu * 10 + memoryGb * 2 + diskGb * 0.1));
  });

  it('is never less for more residents', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 5_000_000 }), fc.integer({ min: 0, max: 5_000_000 }), (few, more) => {
        const [small, large] = [of(few), of(few + more)];
        expect(large.vCpu).toBeGreaterThanOrEqual(small.vCpu);
        expect(large.memoryGb).toBeGreaterThanOrEqual(small.memoryGb);
        expect(large.diskGb).toBeGreaterThanOrEqual(small.diskGb);
        expect(large.money.total).toBeGreaterThanOrEqual(small.money.total);
        expect(acts.reduce((all, act) => all + small.shares[act], 0)).toBeCloseTo(1);
      }),
    );
  });
});
