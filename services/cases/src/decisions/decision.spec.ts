import fc from 'fast-check';
import { AppealDateWrong, AppealLate } from './appeal';
import { Decision } from './decision';
import { deliveryDay, DeliveryDateWrong } from './delivery';

const refusal = {
  kind: 'REFUSAL' as const,
  applicationId: 'application',
  itemId: 'item',
  personId: 'person',
  number: 'CUS.1',
  legalBasis: 'art. 42 ust. 3',
  reasons: Buffer.from('ciphertext'),
  authorisationId: 'authorisation',
  appealDays: 14,
};
const issued = () => Decision.refuse('decision', { unit: 'main', terc: '2861011' }, refusal, 'ous', '2026-02-20');

describe('a decision', () => {
  it('says what it decides, never why', () => {
    const { applicationId, itemId, personId, authorisationId, appealDays } = refusal;
    expect(issued().issued()).toMatchObject({
      gmina: '2861011',
      data: { applicationId, itemId, personId, kind: 'REFUSAL', authorisationId, appealDays },
    });
  });

  it('can be appealed against for 14 days after the day of delivery', () => {
    const decision = issued();
    decision.deliver('2026-02-20', 'POST', '2026-03-01');
    expect(decision.delivered().data).toMatchObject({ deliveredOn: '2026-02-20', appealUntil: '2026-03-06' });
  });

  it('can be appealed against on the next working day where the term would end on a free one (KPA art. 57 § 4)', () => {
    const decision = issued();
    decision.deliver('2026-02-21', 'POST', '2026-03-01');
    expect(decision.delivered().data).toMatchObject({ appealUntil: '2026-03-09' });
  });

  it('is delivered once, not before it was issued and not in the future', () => {
    const decision = issued();
    expect(() => decision.delivered()).toThrow('ISSUED');
    for (const day of ['2026-02-19', '2026-03-02'])
      expect(() => decision.deliver(day, 'POST', '2026-03-01')).toThrow(DeliveryDateWrong);
    decision.deliver('2026-03-01', 'IN_PERSON', '2026-03-01');
    expect(() => decision.deliver('2026-03-01', 'IN_PERSON', '2026-03-01')).toThrow('DELIVERED');
  });
});

describe('the day of delivery', () => {
  it('is the day of receipt, or 14 days after the first notice of a letter that nobody took', () => {
    expect(deliveryDay('2026-02-20', undefined)).toBe('2026-02-20');
    expect(deliveryDay(undefined, '2026-02-20')).toBe('2026-03-06');
    expect(() => deliveryDay(undefined, undefined)).toThrow(DeliveryDateWrong);
    expect(() => deliveryDay('2026-02-20', '2026-02-20')).toThrow(DeliveryDateWrong);
  });

  it('is remembered with the notice, which cannot be older than the decision', () => {
    const decision = issued();
    expect(() => decision.deliver('2026-03-05', 'POST', '2026-03-05', '2026-02-19')).toThrow(DeliveryDateWrong);
    expect(decision.deliver('2026-03-06', 'POST', '2026-03-06', '2026-02-20')).toMatchObject({ dueOn: '2026-03-20' });
  });
});

describe('an appeal', () => {
  const delivered = (): Decision => {
    const decision = issued();
    decision.deliver('2026-02-20', 'POST', '2026-02-20');
    return decision;
  };

  it('is in time on the last day of its term, late on the day after, and never before the delivery', () => {
    for (const [filedOn, inTime] of [
      ['2026-03-06', true],
      ['2026-03-07', false],
    ] as const) {
      const decision = delivered();
      decision.fileAppeal(filedOn, 'POST', '2026-04-01');
      expect(decision.appealed().data).toMatchObject({ filedOn, inTime });
    }
    expect(() => delivered().fileAppeal('2026-02-19', 'POST', '2026-04-01')).toThrow(AppealDateWrong);
    expect(() => delivered().fileAppeal('2026-04-02', 'POST', '2026-04-01')).toThrow(AppealDateWrong);
    expect(() => issued().fileAppeal('2026-02-20', 'POST', '2026-04-01')).toThrow('ISSUED');
  });

  it('that is late goes to the appeal body; the centre cannot grant it', () => {
    const decision = delivered();
    decision.fileAppeal('2026-03-07', 'POST', '2026-03-08');
    expect(() => decision.review('2026-03-08')).toThrow(AppealLate);
    decision.handOver('2026-03-08', '2026-03-08');
    expect(() => decision.rule('UPHELD', '2026-03-07', '2026-03-09')).toThrow(AppealDateWrong);
  });

  it('leads nowhere but along its course, and only what is quashed or reviewed stands no more', () => {
    const acts: Record<string, (decision: Decision) => void> = {
      appeal: (decision) => decision.fileAppeal('2026-03-01', 'POST', '2026-03-02'),
      handOver: (decision) => decision.handOver('2026-03-02', '2026-03-02'),
      review: (decision) => decision.review('2026-03-02'),
      uphold: (decision) => decision.rule('UPHELD', '2026-03-02', '2026-03-02'),
      quash: (decision) => decision.rule('QUASHED', '2026-03-02', '2026-03-02'),
      withdraw: (decision) => decision.withdrawAppeal('2026-03-02', '2026-03-02'),
    };
    const courses = ['', 'appeal', 'appeal review', 'appeal withdraw', 'appeal handOver', 'appeal handOver uphold'];
    const possible = new Set([...courses, 'appeal handOver quash', 'appeal handOver withdraw']);
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...Object.keys(acts)), { maxLength: 8 }), (names) => {
        const decision = delivered();
        const done = names.filter((name) => {
          try {
            acts[name]?.(decision);
            return true;
          } catch {
            return false;
          }
        });
        expect(possible).toContain(done.join(' '));
        expect(decision.stands).toBe(!done.includes('quash') && !done.includes('review'));
      }),
    );
  });
});
