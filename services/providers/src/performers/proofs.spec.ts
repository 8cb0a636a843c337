import { addDays } from '@okienko/contracts/calendar';
import fc from 'fast-check';
import { PerformerConditionsUnmet, QualificationExpired, QualificationMissing } from './performer-errors';
import { performerTermsOn } from './performer-terms';
import { checkConditions, checkQualifications, type Proof } from './proofs';

const today = '2026-03-02';
const allocationId = '0197a000-0000-7000-8000-000000000008';
const another = '0197a000-0000-7000-8000-000000000009';
const qualification = (code: string, from: string, to: string | null = null): Proof => ({
  kind: 'QUALIFICATION',
  code,
  allocationId: null,
  from,
  to,
});
const { NEIGHBOUR, VOLUNTEER, STAFF } = performerTermsOn(today).conditions;
const met = (of: typeof NEIGHBOUR, whom = allocationId, from = today, to: string | null = null): Proof[] =>
  of.map((condition) => ({
    kind: 'CONDITION',
    code: condition.code,
    allocationId: condition.of === 'ALLOCATION' ? whom : null,
    from,
    to,
  }));

describe('a qualification that the service needs', () => {
  it('must have been shown, and hold on the day', () => {
    const shown = [qualification('CARE_ASSISTANT', '2026-01-01', '2026-03-02')];
    expect(() => checkQualifications(shown, ['CARE_ASSISTANT'], today)).not.toThrow();
    expect(() => checkQualifications(shown, ['CARE_ASSISTANT'], '2026-03-03')).toThrow(QualificationExpired);
    expect(() => checkQualifications(shown, ['CARE_ASSISTANT'], '2025-12-31')).toThrow(QualificationExpired);
    expect(() => checkQualifications(shown, ['NURSE'], today)).toThrow(QualificationMissing);
    expect(() => checkQualifications([], [], today)).not.toThrow();
  });

  it('is not replaced by a condition of the same name', () => {
    const condition: Proof = { ...qualification('FIRST_AID_COURSE', today), kind: 'CONDITION' };
    expect(() => checkQualifications([condition], ['FIRST_AID_COURSE'], today)).toThrow(QualificationMissing);
  });

  it('holds on the days of any of its proofs, and on no other', () => {
    const days = fc.integer({ min: -30, max: 30 }).map((count) => addDays(today, count));
    const period = fc.tuple(days, fc.option(days)).filter(([from, to]) => to === null || to >= from);
    fc.assert(
      fc.property(fc.array(period, { minLength: 1, maxLength: 6 }), days, (periods, on) => {
        const shown = periods.map(([from, to]) => qualification('NURSE', from, to));
        const check = (): void => checkQualifications(shown, ['NURSE'], on);
        if (periods.some(([from, to]) => from <= on && on <= (to ?? '9999'))) expect(check).not.toThrow();
        else expect(check).toThrow(QualificationExpired);
      }),
    );
  });
});

describe('what the law asks of a performer', () => {
  it('is nothing of staff, an agreement of a volunteer, and much of a neighbour', () => {
    expect(() => checkConditions([], STAFF, today)).not.toThrow();
    expect(() => checkConditions([], VOLUNTEER, today)).toThrow(PerformerConditionsUnmet);
    expect(() => checkConditions(met(VOLUNTEER), VOLUNTEER, today)).not.toThrow();
    expect(() => checkConditions(met(NEIGHBOUR), NEIGHBOUR, today, allocationId)).not.toThrow();
  });

  it('is told whole, with the law that asks it', () => {
    const unmet = (): void => checkConditions(met(NEIGHBOUR.slice(0, 4)), NEIGHBOUR, today, allocationId);
    expect(unmet).toThrow(/LIVES_NEARBY, ACCEPTED_BY_RECIPIENT, ACCEPTED_BY_ORGANISER/);
    expect(unmet).toThrow(expect.objectContaining({ basis: 'Social Assistance Act, art. 50(3a)' }));
  });

  it('is met for one recipient and for no other, and for nobody in particular not at all', () => {
    expect(() => checkConditions(met(NEIGHBOUR, another), NEIGHBOUR, today, allocationId)).toThrow(/NOT_FAMILY/);
    expect(() => checkConditions(met(NEIGHBOUR), NEIGHBOUR, today)).toThrow(/NOT_FAMILY/);
  });

  it('of a neighbour holds when each condition holds on the day, whichever is missing', () => {
    fc.assert(
      fc.property(fc.subarray([...NEIGHBOUR]), fc.integer({ min: -2, max: 12 }), (conditions, days) => {
        const on = addDays(today, days);
        const proofs = met(conditions, allocationId, today, addDays(today, 10));
        const holds = conditions.length === NEIGHBOUR.length && days >= 0 && days <= 10;
        const check = (): void => checkConditions(proofs, NEIGHBOUR, on, allocationId);
        if (holds) expect(check).not.toThrow();
        else expect(check).toThrow(PerformerConditionsUnmet);
      }),
    );
  });
});
