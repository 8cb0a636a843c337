import { eventually } from '@okienko/testing/eventually';
import { coordinator, desk, director, type Json, organiser } from './accounts';
import { Centre, type Filed } from './centre';
import { Provision } from './provision';

jest.setTimeout(60_000);

describe('what becomes of people', () => {
  let centre: Centre;
  let provision: Provision;
  beforeAll(async () => {
    centre = await Centre.open();
    provision = new Provision(centre);
  }, 120_000);
  afterAll(() => centre.close(), 30_000);

  const jan = { sub: 'kipus-jan', roles: ['coordinator'] } as const;
  const idOf = (path: string): string => path.split('/')[2] ?? '';
  const itemsOf = async ({ path }: Filed): Promise<unknown> => (await centre.get('cases', path))['items'];

  test('a death ends application, plan and services; places are free again and no letter goes out', async () => {
    const offers = await centre.programme([5, 5, 5, 5]);
    const [first, second, third, fourth] = offers;
    if (!first || !second || !third || !fourth) throw new Error('No offers.');
    const planned = await centre.qualified([first, second]);
    const { personId } = planned;
    const plan = await provision.approvedPlan(planned);
    const allocations = await provision.allocations(plan);
    const accepted = allocations.get(first.offerId) ?? '';
    const unanswered = allocations.get(second.offerId) ?? '';
    await provision.deliver(first, await provision.accept(first, accepted), accepted, 1);
    const single = await centre.qualified([third], personId);
    const singly = await provision.allocateSingly(single);
    await provision.accept(third, singly);
    const open = await centre.file([fourth], personId);
    await provision.hasFree(third, 2);
    const letters = [
      'application-received',
      'application-received',
      'application-received',
      'application-qualified',
      'application-qualified',
      'application-qualified',
      'talk-arranged',
      'plan-approved',
      'help-arranged',
      'help-arranged',
    ];
    await centre.gotLetters(personId, letters);

    const death = { diedOn: centre.today, source: 'DEATH_CERTIFICATE' };
    const { ended } = await centre.act(`/persons/${personId}`, 'death', desk, death);
    expect(ended).toMatchObject({ plans: [idOf(plan)] });
    expect(await itemsOf(open)).toMatchObject([{ state: 'DISCONTINUED' }]);
    expect(await centre.get('cases', plan)).toMatchObject({ state: 'ENDED', ending: { reason: 'DEATH' } });
    for (const id of [accepted, unanswered, singly])
      await provision.becomes(id, { state: 'TERMINATED', endReason: 'DEATH', endedOn: centre.today });
    await provision.order(first, accepted, { state: 'CANCELLED' });
    await provision.order(second, unanswered, { state: 'CANCELLED' });
    await provision.order(third, singly, { state: 'CANCELLED' });
    for (const offered of [first, second, third]) await provision.hasFree(offered, 3);
    expect(await centre.list('cases', `/waiting-lists?programmeId=${first.programmeId}&serviceCode=usluga-1`)).toEqual(
      [],
    );
    await centre.hasTold(open.id, ['application.submitted', 'application.discontinued']);
    await eventually(() => {
      expect(centre.told(personId).at(-1)).toBe('person.died');
      expect(centre.told(idOf(plan)).at(-1)).toBe('plan.ended');
      for (const id of [accepted, unanswered, singly]) expect(centre.told(id).at(-1)).toBe('allocation.terminated');
    });
    const again = { personId, applicantRole: 'PERSON', channel: 'DESK', items: [{ offerId: first.offerId }] };
    const statement = { clauseVersion: '2020-01-01', acknowledged: true };
    expect(await centre.send('cases', '/applications', desk, { ...again, statement })).toMatchObject({
      status: 409,
      body: { type: expect.stringMatching(/person-dead$/) },
    });
    await centre.act(plan, 'closing-talk', coordinator, { heldOn: centre.today, outcome: 'IMPOSSIBLE' });
    await centre.act(plan, 'closure', coordinator, { description: 'Śmierć.' });
    await centre.hasTold(idOf(plan), [
      'plan.draft-started',
      'plan.agreed',
      'plan.submitted-for-approval',
      'plan.approved',
      'plan.activated',
      'plan.ended',
      'plan.closing-talk-held',
      'plan.closed',
    ]);
    await centre.gotLetters(personId, letters, true);
  });

  test.each([
    ['dies', 'death', (day: string) => ({ diedOn: day, source: 'FAMILY' })],
    ['moves away', 'departure', (day: string) => ({ leftOn: day, toTerc: '2804012' })],
  ])('when somebody %s, a place that was never used is offered to who waits', async (_, act, body) => {
    const [offered] = await centre.programme([1]);
    if (!offered) throw new Error('No offer.');
    const holder = await centre.qualified([offered]);
    const next = await centre.file([offered]);
    await centre.onItem(next, 'waiting-list-entry');
    // What is not sent by then is given up when somebody dies.
    await centre.gotLetters(holder.personId, ['application-received', 'application-qualified']);
    await centre.act(`/persons/${holder.personId}`, act, desk, body(centre.today));
    expect(await itemsOf(holder)).toMatchObject([{ state: 'DISCONTINUED' }]);
    await centre.onItem(next, 'place-offer/acceptance');
    await provision.accept(offered, await provision.allocateSingly(next));
    await provision.hasFree(offered, 2);
    await centre.hasTold(holder.id, ['application.submitted', 'application.qualified', 'application.discontinued']);
    await centre.gotLetters(next.personId, [
      'application-received',
      'application-qualified',
      'help-arranged',
      'place-offered',
    ]);
    await centre.gotLetters(holder.personId, ['application-received', 'application-qualified'], true);
  });

  test('another coordinator takes over the application and the plan, and finds them on the worklist', async () => {
    const worklist = async (as: typeof jan | typeof coordinator, filed: Filed): Promise<Json[]> =>
      (await centre.list('cases', `/worklist?assignee=${as.sub}&limit=100`, as)).filter(
        ({ applicationId }) => applicationId === filed.id,
      );
    const [offered] = await centre.programme([5]);
    if (!offered) throw new Error('No offer.');
    const filed = await centre.file([offered]);
    await centre.act(filed.path, 'coordinator', coordinator, { coordinator: coordinator.sub, reasonCode: 'WORKLOAD' });
    const kinds = (await worklist(coordinator, filed)).map(({ kind }) => kind);
    expect(kinds).toEqual(expect.arrayContaining(['QUALIFICATION']));
    await centre.act(filed.path, 'coordinator', director, { coordinator: jan.sub, reasonCode: 'LEAVE' });
    expect(await worklist(coordinator, filed)).toEqual([]);
    expect((await worklist(jan, filed)).map(({ kind }) => kind)).toEqual(kinds);
    expect(await centre.get('cases', filed.path)).toMatchObject({ coordinator: jan.sub });

    await centre.onItem(filed, 'qualification');
    const plan = await provision.approvedPlan(filed);
    const before = (await worklist(coordinator, filed)).map(({ kind }) => kind);
    expect(before).not.toEqual([]);
    await centre.act(plan, 'coordinator', organiser, { coordinator: jan.sub, reasonCode: 'LEAVE' });
    expect(await worklist(coordinator, filed)).toEqual([]);
    expect((await worklist(jan, filed)).map(({ kind }) => kind)).toEqual(expect.arrayContaining(before));
    expect(await centre.get('cases', plan)).toMatchObject({ drafter: coordinator.sub, coordinator: jan.sub });
    await centre.hasTold(filed.id, [
      'application.submitted',
      'application.coordinator-assigned',
      'application.coordinator-assigned',
      'application.qualified',
    ]);
    await eventually(() => expect(centre.told(idOf(plan)).at(-1)).toBe('plan.coordinator-reassigned'));
  });

  test('two records of one person become one, with all that was filed under either', async () => {
    const [offered] = await centre.programme([5]);
    if (!offered) throw new Error('No offer.');
    const names = { givenName: 'Bożydara', familyName: 'Ćwikła', birthDate: '1950-03-04' };
    const survivorId = await centre.person(names);
    const body = { ...names, familyName: 'Cwikla', terc: '2861011' };
    const registered = await centre.post('cases', '/persons', desk, body);
    expect(registered['possibleDuplicates']).toMatchObject([{ id: survivorId }]);
    const duplicateId = String(registered['id']);
    const filed = await centre.qualified([offered], duplicateId);
    const merge = {
      duplicateId,
      duplicateVersion: 1,
      evidence: 'IDENTITY_DOCUMENT',
      reason: 'Ten sam dowód osobisty.',
    };
    await centre.act(`/persons/${survivorId}`, 'merge', organiser, merge);
    expect(await centre.get('cases', `/persons/${duplicateId}`, desk)).toMatchObject({ mergedInto: survivorId });
    for (const id of [survivorId, duplicateId])
      expect(await centre.list('cases', `/applications?personId=${id}`)).toMatchObject([{ id: filed.id }]);
    // A place of a service is the person's once, by whichever record.
    const again = await centre.file([offered], survivorId);
    expect(await centre.refusal(again.path, `items/${again.itemIds[0]}/qualification`, coordinator)).toEqual([
      409,
      'place-already-held',
    ]);
    const allocationId = await provision.allocateSingly(filed);
    await provision.accept(offered, allocationId);
    for (const id of [survivorId, duplicateId])
      await eventually(() => expect(centre.told(id).at(-1)).toBe('person.merged'));
    await centre.gotLetters(survivorId, ['application-received']);
  });
});
