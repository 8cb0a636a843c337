import { Settlement, type SettlementDocument } from './settlement';
import { approved, checked, computed, costsStated, paid, returned, submitted } from './settlement-events';
import { exampleTerms, hours } from './settlement-example';
import type { Totals } from './totals';

const totals: Totals = {
  lines: 1,
  unpriced: 0,
  grosze: 9000,
  offers: [{ offerId: hours, unit: 'HOUR', quantity: 2, grosze: 9000 }],
  funding: [{ source: 'OWN', grosze: 9000 }],
  held: [{ offerId: hours, due: 9000, cut: 0 }],
  digest: 'a'.repeat(64),
};
const document: SettlementDocument = { kind: 'INVOICE', number: 'FV/1', issuedOn: '2026-04-02', grosze: 9000 };
const today = '2026-04-05';
const draft = (changes: Partial<Totals> = {}): Settlement =>
  Settlement.of('0197a000-0000-7000-8000-0000000000e1', exampleTerms(), '2026-03-01', '2861011', {
    ...totals,
    ...changes,
  });
const whose = { agreementId: exampleTerms().agreementId, providerId: exampleTerms().providerId, month: '2026-03-01' };

function handedIn(): Settlement {
  const settlement = draft();
  settlement.submit(document, 'account', today, totals);
  return settlement;
}

describe('a settlement', () => {
  it('goes from its computation to the payment, by four eyes, and says each step', () => {
    const settlement = draft();
    expect(computed(settlement)).toMatchObject({
      gmina: '2861011',
      data: { ...whose, lines: 1, grosze: 9000, digest: totals.digest },
    });
    settlement.submit(document, 'account', today, totals);
    expect(submitted(settlement, document)).toMatchObject({
      contract: { $id: 'providers.settlement.submitted.v1' },
      data: { ...whose, grosze: 9000, documentKind: 'INVOICE', issuedOn: '2026-04-02' },
    });
    settlement.check('ala');
    expect(checked(settlement).data).toEqual({ ...whose, grosze: 9000 });
    expect(() => settlement.approve('ala')).toThrow(/another person/);
    settlement.approve('jan');
    const { offers, funding, digest } = totals;
    expect(approved(settlement).data).toEqual({ ...whose, grosze: 9000, offers, funding, digest });
    expect(() => settlement.pay('2026-04-06', today)).toThrow(/still to come/);
    settlement.pay('2026-04-05', today);
    expect(paid(settlement, '2026-04-05').data).toEqual({ ...whose, grosze: 9000, paidOn: '2026-04-05' });
    expect(settlement.state).toBe('PAID');
  });

  it('is returned for a reason, computed again, and handed in again as a correction', () => {
    const settlement = handedIn();
    settlement.return('DOCUMENT_FAULTY');
    expect(returned(settlement, 'DOCUMENT_FAULTY').data).toEqual({ ...whose, reasonCode: 'DOCUMENT_FAULTY' });
    settlement.compute({ ...totals, grosze: 4500, digest: 'b'.repeat(64) });
    settlement.submit({ ...document, grosze: 4500 }, 'account', today, { ...totals, digest: 'b'.repeat(64) });
    expect(submitted(settlement, document).contract.$id).toBe('providers.settlement.corrected.v1');
    expect([settlement.state, settlement.acts]).toEqual(['CORRECTED', { submittedBy: 'account' }]);
    settlement.check('ala');
    settlement.return('OTHER');
    expect(settlement.state).toBe('RETURNED');
  });

  it('is handed in only when the month is over, and for exactly what it comes to as things are now', () => {
    const submit =
      (settlement: Settlement, changes: object = {}, on = today, now = totals) =>
      () =>
        settlement.submit({ ...document, ...changes }, 'account', on, now);
    expect(submit(draft(), {}, '2026-03-31')).toThrow(/not over/);
    expect(submit(draft(), {}, today, { ...totals, digest: 'c'.repeat(64) })).toThrow(/have changed/);
    expect(submit(draft({ unpriced: 1 }))).toThrow(/NO_PRICE/);
    expect(submit(draft(), { grosze: 8999 })).toThrow(/9000 grosze/);
    const grant = draft();
    grant.stateCosts(
      [{ offerId: hours, category: 'WAGES', documentNumber: 'LP/1', issuedOn: '2026-03-02', grosze: 9000 }],
      totals,
    );
    expect(costsStated(grant).data.costs).toEqual([
      { offerId: hours, category: 'WAGES', issuedOn: '2026-03-02', grosze: 9000 },
    ]);
    expect(submit(grant)).toThrow(/grant report/);
    submit(grant, { kind: 'GRANT_REPORT' })();
    expect(grant.state).toBe('SUBMITTED');
  });

  it('takes no act out of turn', () => {
    const acts: [string, (settlement: Settlement) => void][] = [
      ['compute', (one) => one.compute(totals)],
      ['submit', (one) => one.submit(document, 'account', today, totals)],
      ['return', (one) => one.return('OTHER')],
      ['check', (one) => one.check('ala')],
      ['approve', (one) => one.approve('jan')],
      ['pay', (one) => one.pay(today, today)],
    ];
    const may: Record<string, readonly string[]> = {
      DRAFT: ['compute', 'submit'],
      SUBMITTED: ['return', 'check'],
      RETURNED: ['compute', 'submit'],
      CORRECTED: ['return', 'check'],
      CHECKED: ['return', 'approve'],
      APPROVED: ['pay'],
      PAID: [],
    };
    for (const [state, allowed] of Object.entries(may))
      for (const [name, act] of acts) {
        const settlement = Object.assign(draft(), { state });
        if (allowed.includes(name)) expect(() => act(settlement)).not.toThrow();
        else expect(() => act(settlement)).toThrow(/cannot be/);
      }
  });
});
