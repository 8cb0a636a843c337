import { addDays } from '@okienko/contracts/calendar';
import { eventually } from '@okienko/testing/eventually';
import { coordinator, desk, director, finance, type Json, organiser } from './accounts';
import { Centre } from './centre';
import { Provision } from './provision';

jest.setTimeout(60_000);

describe('what becomes of a service', () => {
  let centre: Centre;
  let provision: Provision;
  beforeAll(async () => {
    centre = await Centre.open();
    provision = new Provision(centre);
  }, 120_000);
  afterAll(() => centre.close(), 30_000);

  const daily = { rule: 'FLAT', grosze: 100, per: 'DAY' };
  const assessed = async (application: string, itemId = ''): Promise<Json> => {
    const period = { from: centre.today, to: addDays(centre.today, 9) };
    return centre.post('cases', `/applications/${application}/items/${itemId}/fee`, coordinator, period);
  };

  test('a single service needs no plan: allocated, delivered, its fee paid, its notice issued', async () => {
    const [offered] = await centre.programme([5], daily);
    if (!offered) throw new Error('No offer.');
    const filed = await centre.qualified([offered]);
    const allocationId = await provision.allocateSingly(filed);
    const { id: offeredOrder } = await provision.order(offered, allocationId);
    const packet = `/service-orders/${String(offeredOrder)}/referral-packet`;
    await expect(centre.get('cases', packet, offered.provider)).rejects.toThrow('404');
    const orderId = await provision.accept(offered, allocationId);
    await provision.hasFree(offered, 2);
    expect(await centre.get('cases', packet, offered.provider)).toMatchObject({
      allocationId,
      quantity: 30,
      place: 'ul. Kwiatowa 1',
      person: { givenName: 'Żaneta' },
    });
    await provision.deliver(offered, orderId, allocationId, 4);

    const { id: feeId, reference, openGrosze } = await assessed(filed.id, filed.itemIds[0]);
    expect(openGrosze).toBe(1000);
    const line = { bookedOn: centre.today, grosze: 1000, bankReference: 'WB/1', title: `oplata ${String(reference)}` };
    expect(await centre.post('cases', '/payments/imports', finance, { lines: [line] })).toMatchObject({
      lines: [{ result: 'EXACT', feeId }],
    });
    expect(await centre.get('cases', `/fees/${String(feeId)}`, finance)).toMatchObject({
      state: 'PAID',
      balance: { openGrosze: 0, paidGrosze: 1000 },
    });

    const signatory = { name: 'Olga Ślęzak', position: 'organizatorka usług społecznych' };
    const notice = { kind: 'QUALIFICATION_NOTICE', subjectId: filed.id, form: 'STANDARD', signatory };
    const { id: documentId } = await centre.post('cases', '/documents', organiser, notice);
    expect(await centre.content(String(documentId), 'pdf')).toMatch(/^%PDF-/);
    expect(await centre.content(String(documentId), 'html')).toContain('Olga Ślęzak');

    await centre.act(`/allocations/${allocationId}`, 'completion', coordinator, { completedOn: centre.today });
    await provision.order(offered, allocationId, { state: 'COMPLETED' });
    await provision.hasFree(offered, 3);
    await centre.hasTold(filed.id, ['application.submitted', 'application.qualified']);
    await centre.hasTold(allocationId, [
      'allocation.created',
      'allocation.referred',
      'allocation.accepted',
      'allocation.started',
      'allocation.unit-delivered',
      'allocation.completed',
    ]);
    await centre.hasTold(String(feeId), ['fee.assessed', 'fee.paid']);
    await centre.gotLetters(filed.personId, ['application-received', 'application-qualified', 'help-arranged']);
  });

  test('a plan of three services is updated, compared, monitored, summed up and closed', async () => {
    const offers = await centre.programme([5, 5, 5]);
    const [first, , third] = offers;
    if (!first || !third) throw new Error('No offers.');
    const filed = await centre.qualified(offers);
    const plan = await provision.approvedPlan(filed);
    const allocations = await provision.allocations(plan);
    const allocationOf = (offerId: string): string => allocations.get(offerId) ?? '';
    for (const offered of offers) await provision.accept(offered, allocationOf(offered.offerId));
    const { id: orderId } = await provision.order(first, allocationOf(first.offerId));
    await provision.deliver(first, String(orderId), allocationOf(first.offerId), 2);

    const update = provision.draft(filed, { goals: ['Samodzielność', 'Spacery'] }, [2]);
    await centre.act(plan, 'update', coordinator, update);
    expect(await centre.get('cases', plan)).toMatchObject({
      planVersion: 1,
      update: { planVersion: 2, state: 'DRAFT' },
    });
    await provision.agreeAndApprove(plan);
    expect(await centre.get('cases', plan)).toMatchObject({ planVersion: 2, state: 'ACTIVE', update: null });
    expect(await centre.get('cases', `${plan}/versions/compare?from=1&to=2`)).toMatchObject({
      added: [],
      removed: [{ itemId: filed.itemIds[2] }],
      changed: [],
      fields: [{ field: 'goals', before: ['Samodzielność'], after: ['Samodzielność', 'Spacery'] }],
    });
    await provision.order(third, allocationOf(third.offerId), { state: 'COMPLETED' });
    await provision.hasFree(third, 3);

    await centre.act(plan, 'contacts', coordinator, { heldOn: centre.today, manner: 'VISIT', outcome: 'AS_PLANNED' });
    expect(await centre.list('cases', `${plan}/contacts`)).toMatchObject([{ manner: 'VISIT', outcome: 'AS_PLANNED' }]);
    await centre.act(plan, 'end', coordinator, { reason: 'ITEMS_CLOSED' });
    await centre.act(plan, 'closing-talk', coordinator, { heldOn: centre.today, outcome: 'HELD' });
    await centre.act(plan, 'closure', coordinator, { description: 'Zgodnie z planem.' });
    expect(await centre.get('cases', plan)).toMatchObject({ state: 'CLOSED', description: 'Zgodnie z planem.' });
    for (const offered of offers) await provision.hasFree(offered, 3);
    await centre.hasTold(plan.split('/')[2] ?? '', [
      'plan.draft-started',
      'plan.agreed',
      'plan.submitted-for-approval',
      'plan.approved',
      'plan.activated',
      'plan.update-started',
      'plan.agreed',
      'plan.submitted-for-approval',
      'plan.updated',
      'plan.monitoring-recorded',
      'plan.ended',
      'plan.closing-talk-held',
      'plan.closed',
    ]);
    const arranged = ['help-arranged', 'help-arranged', 'help-arranged'];
    const qualified = ['application-qualified', 'application-qualified', 'application-qualified'];
    await centre.gotLetters(filed.personId, [
      'application-received',
      ...qualified,
      'talk-arranged',
      'plan-approved',
      ...arranged,
      'plan-ended',
      'plan-closed',
    ]);
  });

  test('who resigns pays for the time used, and the director may waive that (art. 44)', async () => {
    const [offered] = await centre.programme([1], daily);
    if (!offered) throw new Error('No offer.');
    const filed = await centre.qualified([offered]);
    const next = await centre.file([offered]);
    await centre.onItem(next, 'waiting-list-entry');
    const allocationId = await provision.allocateSingly(filed);
    await provision.deliver(offered, await provision.accept(offered, allocationId), allocationId, 1);
    const fee = `/fees/${String((await assessed(filed.id, filed.itemIds[0]))['id'])}`;
    const waiver = { reason: 'Pobyt w szpitalu.' };
    expect((await centre.refusal(fee, 'waiver', director, waiver))[0]).toBeGreaterThanOrEqual(400);
    await centre.act(`/allocations/${allocationId}`, 'resignation', coordinator, { resignedOn: centre.today });
    await provision.order(offered, allocationId, { state: 'CANCELLED' });
    await provision.hasFree(offered, 3);
    // Persons are counted over time: a place that was used stays used.
    expect(await centre.refusal(next.path, `items/${next.itemIds[0]}/qualification`, coordinator)).toEqual([
      409,
      'limit-reached',
    ]);
    // The fee has ended with the service.
    expect(await centre.get('cases', fee)).toMatchObject({ state: 'ASSESSED', balance: { openGrosze: 100 } });
    expect(await centre.refusal(fee, 'waiver', organiser, waiver)).toEqual([403, 'not-allowed']);
    await centre.act(fee, 'waiver', director, waiver);
    expect(await centre.get('cases', fee)).toMatchObject({ state: 'WAIVED', balance: { openGrosze: 0 } });
    await eventually(async () => {
      const found = await centre.list('cases', `/allocations?applicationId=${filed.id}`, coordinator);
      expect(found).toMatchObject([{ state: 'RESIGNED', endedOn: centre.today, deliveredTotal: 1 }]);
    });
    await centre.hasTold(fee.split('/')[2] ?? '', ['fee.assessed', 'fee.revised', 'fee.waived']);
    expect(centre.told(allocationId).at(-1)).toBe('allocation.resigned');
    expect(await centre.list('cases', `/fees?personId=${filed.personId}`, finance)).toHaveLength(1);
    expect(await centre.get('cases', `/persons/${filed.personId}`, desk)).toMatchObject({ id: filed.personId });
  });
});
