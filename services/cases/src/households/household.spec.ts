import { addDays } from '@okienko/contracts/calendar';
import fc from 'fast-check';
import { DayInTheFuture, PeriodReversed } from '../plans/plan-errors';
import { Household, InAnotherHousehold, type NewMember, OneReference } from './household';

const today = '2026-03-02';
const member = (personId: string, more: Partial<NewMember> = {}): NewMember => ({
  personId,
  relation: 'UNRELATED',
  from: '2026-01-01',
  ...more,
});
const formed = (...members: NewMember[]) => Household.form('household', 'main', members, today);

describe('a household', () => {
  it('is formed of people with the day each joined, and says no more of them', () => {
    const household = formed(member('anna', { relation: 'REFERENCE' }), member('jan', { relation: 'CHILD' }));
    expect(household.formed().data).toEqual({
      members: [
        { personId: 'anna', from: '2026-01-01' },
        { personId: 'jan', from: '2026-01-01' },
      ],
    });
  });

  it('has one member of reference at a time', () => {
    const household = formed(member('anna', { relation: 'REFERENCE' }));
    const jan = member('jan', { relation: 'REFERENCE', from: today });
    expect(() => household.join(jan, today)).toThrow(OneReference);
    household.leave('anna', today, today);
    expect(() => household.join(jan, today)).not.toThrow();
  });

  it('is neither joined nor left on a day to come, nor left before it was joined', () => {
    const household = formed(member('anna'));
    expect(() => household.join(member('jan', { from: addDays(today, 1) }), today)).toThrow(DayInTheFuture);
    expect(() => household.leave('anna', addDays(today, 1), today)).toThrow(DayInTheFuture);
    expect(() => household.leave('anna', '2025-12-31', today)).toThrow(PeriodReversed);
    expect(() => household.leave('jan', today, today)).toThrow('member');
  });

  it('has nobody twice on one day, whatever the order of joining and leaving', () => {
    const day = fc.integer({ min: 0, max: 20 }).map((n) => addDays('2026-02-01', n));
    const act = fc.record({ who: fc.constantFrom('anna', 'jan'), joins: fc.boolean(), day });
    fc.assert(
      fc.property(fc.array(act, { maxLength: 12 }), (acts) => {
        const household = formed(member('ewa'));
        for (const { who, joins, day: on } of acts) {
          try {
            if (joins) household.join(member(who, { from: on }), today);
            else household.leave(who, on, today);
          } catch (error) {
            if (!(error instanceof Error)) throw error;
          }
        }
        for (let n = 0; n < 25; n += 1) {
          const on = addDays('2026-02-01', n);
          const there = household.members.filter(({ from, to }) => from <= on && (to === null || on <= to));
          expect(new Set(there.map(({ personId }) => personId)).size).toBe(there.length);
        }
      }),
    );
  });

  it('refuses whoever belongs to it already', () =>
    expect(() => formed(member('anna'), member('anna', { from: '2026-02-01' }))).toThrow(InAnotherHousehold));
});
