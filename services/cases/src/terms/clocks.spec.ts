import fc from 'fast-check';
import { addDays, addMonths } from '@okienko/contracts/calendar';
import { deadlineKinds } from '../deadlines/deadlines';
import { clockFrom, clockOn, clockProlonged, clocks } from './clocks';
import { isWorkingDay } from './working-days';

const day = fc.integer({ min: 0, max: 20 * 365 }).map((days) => addDays('2020-01-01', days));

describe('clocks', () => {
  it.each([
    ['QUALIFICATION', '2026-01-31', '2026-02-21', '2026-02-28'],
    ['PLAN_DRAFT', '2026-11-22', '2026-12-15', '2026-12-22'],
    ['COORDINATORS_MEETING', '2026-11-30', '2027-02-14', '2027-02-28'],
    ['PLANS_SUMMARY', '2026-01-12', '2026-06-12', '2026-07-12'],
    ['PLAN_END', '2026-08-15', '2026-07-16', '2026-08-15'],
    ['FORWARDING', '2026-12-23', '2026-12-29', '2026-12-30'],
    ['ERASURE_ANSWER', '2026-02-10', '2026-03-03', '2026-03-10'],
  ] as const)('%s from %s warns on %s and ends on %s', (kind, from, warnOn, dueOn) =>
    expect(clockFrom(kind, from)).toMatchObject({ warnOn, dueOn }),
  );

  it('of a party end on a working day, of the centre on any', () => {
    expect(clockFrom('APPEAL', '2026-12-10')).toEqual({
      warnOn: '2026-12-25',
      dueOn: '2026-12-28',
      basis: 'KPA art. 129 § 2',
    });
    expect(clockFrom('APPEAL_HANDOVER', '2026-12-18').dueOn).toBe('2026-12-25');
  });

  it.each([
    ['a Saturday', '2026-01-31', '2026-03-02'],
    ['a Sunday', '2026-01-15', '2026-02-16'],
    ['Corpus Christi', '2026-05-04', '2026-06-05'],
    ['a holiday before a week-end', '2026-04-01', '2026-05-04'],
    ['Christmas Eve', '2026-11-24', '2026-12-28'],
    ['Christmas Eve, when it was a working day', '2024-11-24', '2024-12-24'],
  ])('of Union law that would end on %s end with the next working day, prolonged or not', (_, from, dueOn) => {
    expect(clockFrom('ERASURE_ANSWER', from).dueOn).toBe(dueOn);
    expect(clockProlonged('ERASURE_ANSWER', addMonths(from, -2))?.dueOn).toBe(dueOn);
  });

  it('run as long as a call, a decision or the centre says, and end on a working day all the same', () => {
    expect(clockFrom('COMPLETION', '2026-03-02', 12)).toEqual({
      warnOn: '2026-03-14',
      dueOn: '2026-03-16',
      basis: 'KPA art. 64 § 2',
    });
    expect(clockFrom('FEE_PAYMENT', '2026-04-20', 11).dueOn).toBe('2026-05-04');
  });

  it('warn no later than they end, and end no earlier than they begin; those of a party or of Union law never on a free day', () => {
    fc.assert(
      fc.property(fc.constantFrom(...deadlineKinds), day, (kind, from) => {
        const { warnOn, dueOn } = clockFrom(kind, from);
        expect(warnOn <= dueOn && from <= dueOn).toBe(true);
        const { isOfParty, isOfUnion } = clockOn(kind, from);
        if (isOfParty || isOfUnion) expect(isWorkingDay(dueOn)).toBe(true);
      }),
    );
  });

  it('have their editions in order, newest first, and a basis that an event may carry', () => {
    for (const history of Object.values(clocks)) {
      const starts = history.map(({ validFrom }) => validFrom);
      expect(starts).toEqual([...starts].sort().reverse());
      for (const { basis } of history) expect(basis).toMatch(/^((KPA |GDPR )?art\. |Regulation \(EU\) )/);
    }
  });
});
