import { Decision, DeliveryDateWrong } from './decision';

const refusal = {
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
