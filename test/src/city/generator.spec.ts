import { isPesel } from '@okienko/identifiers/pesel';
import { assumptions } from './assumptions';
import { digestOf, planCity, settledAfter, weeksOf } from './generator';
import { addDays } from '@okienko/contracts/calendar';

const today = '2026-11-23';
const plan = planCity(13_000, 7, 5, today);

describe('a city from a seed', () => {
  it('is the same for the same seed, and another for another', () => {
    expect(digestOf(planCity(13_000, 7, 5, today))).toBe(digestOf(plan));
    expect(digestOf(planCity(13_000, 8, 5, today))).not.toBe(digestOf(plan));
  });

  it('has the shares that are assumed', () => {
    expect(plan.applicants).toHaveLength(Math.round(13_000 * assumptions.applicants.value));
    const served = plan.matters.filter(({ outcome }) => outcome === 'served').length / plan.matters.length;
    expect(Math.abs(served - assumptions.outcomes.value.served)).toBeLessThan(0.05);
    const old = plan.applicants.filter(({ age }) => age >= 65).length / plan.applicants.length;
    expect(old).toBeGreaterThan(0.5);
    expect(plan.households).toBeGreaterThan(13_000 / 4);
  });

  it('has nobody in it who could exist, and nobody twice', () => {
    expect(plan.applicants.every(({ pesel, birthDate }) => isPesel(pesel) && birthDate.startsWith('18'))).toBe(true);
    expect(new Set(plan.applicants.map(({ pesel }) => pesel)).size).toBe(plan.applicants.length);
  });

  it('lets nobody have two matters at a time, and nothing happen on a Sunday or later than today', () => {
    const until = new Map<number, string>();
    for (const matter of plan.matters) {
      expect((until.get(matter.resident) ?? '') <= matter.filedOn).toBe(true);
      expect(matter.filedOn < today).toBe(true);
      expect([0, 6]).not.toContain(new Date(`${matter.filedOn}T00:00:00Z`).getUTCDay());
      const end = addDays(matter.filedOn, 7 * (weeksOf(matter) + settledAfter));
      expect(matter.open).toBe(end > today);
      until.set(matter.resident, end);
    }
  });
});
