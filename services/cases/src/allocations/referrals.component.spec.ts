import { addDays } from '@okienko/contracts/calendar';
import { event } from '@okienko/contracts/event';
import { capacityOpenedV1 } from '@okienko/contracts/providers/capacity-opened.v1';
import { open } from '@okienko/privacy/sealed-payload';
import { v7 as uuidv7 } from 'uuid';
import { coordinator, desk, idOf, type Json, organiser, problemOf, Scenario, today } from '../scenario';
import { clockFrom } from '../terms/clocks';
import type { Point } from './distance';

let scenario: Scenario;
beforeAll(async () => (scenario = await Scenario.start()), 120_000);
afterAll(() => scenario.stop());
jest.setTimeout(60_000);

const byRule = (id: string, version?: number, body: Json = {}, key?: string) =>
  scenario.post(`/allocations/${id}/referral-by-rule`, coordinator, body, version, key === undefined ? {} : { key });
const listOf = async (path: string): Promise<Json[]> => (await scenario.get(path, coordinator)).body['items'] as Json[];
const providersOf = (items: readonly Json[]): unknown[] => items.map(({ providerId }) => providerId);

async function capacityAt(offerId: string, point: Point): Promise<string> {
  const [id, providerId] = [uuidv7(), uuidv7()];
  const facts = { providerId, offerId, places: 3, free: 3, from: today, to: addDays(today, 90), ...point };
  await scenario.tell(event(capacityOpenedV1, id, facts));
  await scenario.known('select 1 from capacity where id = $1', [id]);
  return providerId;
}

async function declined(): ReturnType<Scenario['approvedPlan']> {
  const plan = await scenario.approvedPlan();
  await scenario.decline(plan);
  await scenario.allocationBecomes(plan.allocationId, { state: 'DECLINED' });
  return plan;
}

/** The term of the answer was over yesterday. */
const letTermPass = (id: string): Promise<unknown> =>
  scenario.service.sql('update allocation set answer_by = $2 where id = $1', [id, addDays(today, -1)]);

describe('a referral by rule', () => {
  it('goes to the best of those not asked yet, and keeps the ranking with its reasons', async () => {
    const { allocationId, offerId, providerId } = await declined();
    const [one, wished] = [await scenario.capacity(offerId), await scenario.capacity(offerId)];
    const candidates = await listOf(`/allocations/${allocationId}/candidates?wishedProviderId=${wished}`);
    expect(providersOf(candidates)).toEqual([wished, one, providerId]);
    expect(candidates[2]).toMatchObject({ excluded: 'DECLINED' });
    expect(problemOf(await byRule(allocationId))).toEqual([428, 'version-required']);
    const answer = await byRule(allocationId, 3, { wishedProviderId: wished }, `rule-${allocationId}`);
    expect(answer).toMatchObject({ status: 200, body: { version: 4, providerId: wished } });
    expect(await byRule(allocationId, 3, { wishedProviderId: wished }, `rule-${allocationId}`)).toMatchObject({
      body: answer.body,
    });
    const referrals = await listOf(`/allocations/${allocationId}/referrals`);
    expect(referrals).toMatchObject([
      { attempt: 1, chosenBy: 'PLAN', ranking: null, outcome: 'DECLINED' },
      {
        attempt: 2,
        chosenBy: 'RULE',
        providerId: wished,
        ranking: candidates,
        outcome: null,
        answerBy: clockFrom('REFERRAL_ANSWER', today).dueOn,
      },
    ]);
    expect(await scenario.service.published('cases.allocation.referred.v1', allocationId)).toMatchObject({
      data: { answerBy: clockFrom('REFERRAL_ANSWER', today).dueOn },
    });
    expect(
      await scenario.service.sql('select awaited, ending from deadline where subject_id = $1', [allocationId]),
    ).toEqual(
      expect.arrayContaining([
        { awaited: 'PROVIDER', ending: 'MET' },
        { awaited: 'PROVIDER', ending: null },
      ]),
    );
    expect(problemOf(await byRule(allocationId, 4))).toEqual([409, 'wrong-state']);
  });

  it('goes to the nearer of two alike, shows the band alone, and reading that leaves a trace', async () => {
    const { allocationId, offerId, application } = await declined();
    const [near, far] = [
      await capacityAt(offerId, { latitude: 54.1561, longitude: 19.4045 }),
      await capacityAt(offerId, { latitude: 50.0614, longitude: 19.9366 }),
    ];
    const home = { latitude: 54.1601, longitude: 19.4099 };
    const { personId } = application;
    expect(problemOf(await scenario.post(`/persons/${personId}/contact`, desk, { latitude: 54.1 }, 0))).toEqual([
      400,
      'invalid-request',
    ]);
    expect(await scenario.post(`/persons/${personId}/contact`, desk, home, 0)).toMatchObject({ status: 200 });
    expect((await scenario.get(`/persons/${personId}`, desk)).body['contact']).toMatchObject(home);
    const { data } = await scenario.service.published<{ recipient: string }>(
      'cases.person-contact.changed.v1',
      personId,
    );
    const told = await open(scenario.notificationsKey.privateJwk, data.recipient);
    for (const field of ['latitude', 'longitude']) expect(told).not.toHaveProperty(field);

    const before = await scenario.accesses(personId);
    const candidates = await listOf(`/allocations/${allocationId}/candidates`);
    expect(candidates.slice(0, 2)).toMatchObject([
      { providerId: near, fromKm: 0, because: { distance: 10 } },
      { providerId: far, fromKm: 25, because: { distance: -10 } },
    ]);
    expect(candidates[2]).not.toHaveProperty('fromKm');
    expect((await scenario.accesses(personId)).slice(before.length)).toMatchObject([
      { act: 'READ', actor: coordinator.sub, groups: ['CONTACT'] },
    ]);
    expect(await byRule(allocationId, 3)).toMatchObject({ status: 200, body: { providerId: near } });
    const [kept] = await scenario.service.sql<{ ranking: object[] }>(
      'select ranking from referral where allocation_id = $1 and attempt = 2',
      [allocationId],
    );
    expect(kept?.ranking).toEqual(candidates);
    expect(JSON.stringify(candidates)).not.toMatch(/5[04]\.|titude/);
  });

  it('finds nobody where everybody has been asked or is full', async () => {
    const { allocationId, offerId } = await declined();
    expect(problemOf(await byRule(allocationId, 3))).toEqual([409, 'no-candidate']);
    const full = await scenario.capacity(offerId);
    await scenario.service.sql('update capacity set free = 0 where provider_id = $1', [full]);
    expect(problemOf(await byRule(allocationId, 3))).toEqual([409, 'no-candidate']);
  });
});

describe('a referral without an answer', () => {
  it('lapses by the calendar, is told, and goes to the next; a late acceptance changes nothing', async () => {
    const plan = await scenario.approvedPlan();
    const next = await scenario.capacity(plan.offerId);
    await letTermPass(plan.allocationId);
    await scenario.allocationBecomes(plan.allocationId, { state: 'REFERRED', attempt: 2, providerId: next });
    const lapsed = await scenario.service.published('cases.allocation.referral-lapsed.v1', plan.allocationId);
    expect(lapsed.data).toMatchObject({ providerId: plan.providerId, attempt: 1, lapsedOn: today });
    await scenario.accept(plan, 1);
    const orderId = await scenario.accept({ ...plan, providerId: next }, 2);
    await scenario.allocationBecomes(plan.allocationId, { state: 'ACCEPTED', orderId });
    expect(await scenario.facts(plan.allocationId)).toEqual([
      'allocation.created',
      'allocation.referred',
      'allocation.referral-lapsed',
      'allocation.referred',
      'allocation.accepted',
    ]);
    expect(await listOf(`/allocations/${plan.allocationId}/referrals`)).toMatchObject([
      { outcome: 'LAPSED', endedOn: today },
      { outcome: 'ACCEPTED', endedOn: today },
    ]);
  });

  it('waits for a coordinator where there is nobody else', async () => {
    const plan = await scenario.approvedPlan();
    await letTermPass(plan.allocationId);
    await scenario.allocationBecomes(plan.allocationId, { state: 'DECLINED', declineReason: 'NO_ANSWER', attempt: 1 });
    const own = await scenario.post(
      `/allocations/${plan.allocationId}/referral`,
      coordinator,
      { providerId: plan.providerId },
      3,
    );
    expect(problemOf(own)).toEqual([422, 'provider-just-declined']);
  });

  it('lapses by the word of a coordinator, once under one key', async () => {
    const { allocationId, offerId } = await scenario.approvedPlan();
    const next = await scenario.capacity(offerId);
    // Without a day, as it was referred before there were terms, so that the calendar leaves it alone.
    await scenario.service.sql('update allocation set answer_by = null where id = $1', [allocationId]);
    const key = { key: `lapse-${allocationId}` };
    const lapse = () => scenario.post(`/allocations/${allocationId}/referral-lapse`, coordinator, {}, 2, key);
    const first = await lapse();
    expect(first).toMatchObject({ status: 200, body: { version: 4, providerId: next } });
    expect(await lapse()).toMatchObject({ status: 200, body: first.body });
    expect((await scenario.facts(allocationId)).slice(2)).toEqual([
      'allocation.referral-lapsed',
      'allocation.referred',
    ]);
  });

  it('does not lapse before its term is over', async () => {
    const { allocationId } = await scenario.approvedPlan();
    const lapse = () => scenario.post(`/allocations/${allocationId}/referral-lapse`, coordinator, {}, 2);
    expect(problemOf(await lapse())).toEqual([409, 'answer-term-runs']);
  });
});

describe('a service used singly', () => {
  const allocate = (application: { id: string; itemId: string }, body: Json, as: object = coordinator, key?: string) =>
    scenario.post(
      `/applications/${application.id}/items/${application.itemId}/allocation`,
      as,
      { from: today, to: addDays(today, 30), quantity: 8, ...body },
      undefined,
      key === undefined ? {} : { key },
    );

  it('is referred without a plan, performed, completed, and may then be asked for anew', async () => {
    const { offerId } = await scenario.offer(5);
    const application = await scenario.qualified(offerId);
    const words = { place: 'u pani w domu', schedule: 'we wtorki' };
    const first = await allocate(application, words, coordinator, `single-${application.id}`);
    const allocationId = idOf(first);
    expect(first.body).toMatchObject({ providerId: application.providerId });
    expect(await allocate(application, words, coordinator, `single-${application.id}`)).toMatchObject({
      status: 201,
      body: first.body,
    });
    const [stored] = await scenario.service.sql<{ words: Buffer }>('select words from allocation where id = $1', [
      allocationId,
    ]);
    expect(stored?.words.toString()).not.toContain('wtorki');
    const referred = await scenario.service.published('cases.allocation.referred.v2', allocationId);
    expect(referred.data).toMatchObject({ applicationId: application.id, attempt: 1, quantity: 8, unit: 'HOUR' });
    const asked = { allocationId, offerId, providerId: application.providerId };
    const orderId = await scenario.accept(asked);
    await scenario.deliver(asked, orderId, 8);
    const { version } = await scenario.allocationBecomes(allocationId, { state: 'IN_DELIVERY', planId: null });
    expect(
      await scenario.post(
        `/allocations/${allocationId}/completion`,
        coordinator,
        { completedOn: today },
        version as number,
      ),
    ).toMatchObject({ status: 200 });
    await scenario.service.published('cases.allocation.completed.v2', allocationId);
    await scenario.qualified(offerId, { personId: application.personId });
    const listed = await listOf(`/allocations?applicationId=${application.id}`);
    expect(listed).toMatchObject([{ id: allocationId, state: 'COMPLETED', deliveredTotal: 8 }]);
  });

  it('needs a qualified item that nothing else uses, and a coordinator', async () => {
    const { offerId } = await scenario.offer(5);
    const application = await scenario.qualified(offerId);
    const filed = await scenario.file([offerId]);
    const waiting = { id: filed.id, itemId: filed.itemIds[0] ?? '' };
    expect(problemOf(await allocate(waiting, {}))).toEqual([409, 'wrong-state']);
    expect(problemOf(await allocate(application, {}, desk))).toEqual([403, 'not-allowed']);
    expect(problemOf(await allocate(application, {}, { ...coordinator, unit: 'north' }))).toEqual([404, 'not-found']);
    expect(problemOf(await allocate(application, { providerId: uuidv7() }))).toEqual([422, 'provider-not-offering']);
    expect(problemOf(await allocate(application, { to: addDays(today, -1) }))).toEqual([422, 'period-reversed']);
    const { body } = await scenario.get(`/applications/${application.id}`, desk);
    const { grantedUntil } = (body['items'] as [{ notice: { grantedUntil: string } }])[0].notice;
    expect(problemOf(await allocate(application, { to: addDays(grantedUntil, 1) }))).toEqual([422, 'past-the-grant']);
    const answers = await Promise.all([
      allocate(application, {}),
      allocate(application, {}),
      allocate(application, {}),
    ]);
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409, 409]);
    expect(problemOf(await allocate(application, {}))).toEqual([409, 'item-already-planned']);
    expect(problemOf(await scenario.actOnItem(application, application.itemId, 'withdrawal'))).toEqual([
      409,
      'place-in-use',
    ]);
  });

  it('is for no more units than the notice granted, less those that were delivered', async () => {
    const { offerId } = await scenario.offer(5);
    const application = await scenario.qualified(offerId, { items: [{ offerId, quantity: 10 }] });
    expect(problemOf(await allocate(application, { quantity: 11 }))).toEqual([422, 'more-than-granted']);
    const allocationId = idOf(await allocate(application, { quantity: 10 }));
    const asked = { allocationId, offerId, providerId: application.providerId };
    const orderId = await scenario.accept(asked);
    await scenario.deliver(asked, orderId, 4);
    const { version } = await scenario.allocationBecomes(allocationId, { deliveredTotal: 4 });
    const failure = { reasonCode: 'PROVIDER_FAILURE', terminatedOn: today };
    const ended = await scenario.post(
      `/allocations/${allocationId}/termination`,
      organiser,
      failure,
      version as number,
    );
    expect(ended.status).toBe(200);
    expect(problemOf(await allocate(application, { quantity: 7 }))).toEqual([422, 'more-than-granted']);
    idOf(await allocate(application, { quantity: 6 }));
  });

  it('leaves the place to the person when the provider fails', async () => {
    const { offerId } = await scenario.offer(5);
    const application = await scenario.qualified(offerId);
    const allocationId = idOf(await allocate(application, {}));
    const failure = { reasonCode: 'PROVIDER_FAILURE', terminatedOn: today };
    expect(await scenario.post(`/allocations/${allocationId}/termination`, organiser, failure, 2)).toMatchObject({
      status: 200,
    });
    const other = await scenario.capacity(offerId);
    idOf(await allocate(application, { providerId: other }));
  });
});
