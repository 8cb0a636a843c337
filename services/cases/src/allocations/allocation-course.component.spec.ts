import { addDays } from '@okienko/contracts/calendar';
import { type Asked, coordinator, director, type Json, organiser, problemOf, Scenario, today } from '../scenario';

let scenario: Scenario;
beforeAll(async () => (scenario = await Scenario.start()), 120_000);
afterAll(() => scenario.stop());
jest.setTimeout(60_000);

const yesterday = addDays(today, -1);
const tomorrow = addDays(today, 1);

async function underWay(): Promise<Asked & { orderId: string; version: number; planId: string; personId: string }> {
  const plan = await scenario.approvedPlan();
  const orderId = await scenario.accept(plan);
  await scenario.deliver(plan, orderId, 1);
  const { version } = await scenario.allocationBecomes(plan.allocationId, { state: 'IN_DELIVERY' });
  return { ...plan, orderId, version: version as number, personId: plan.application.personId };
}

const act = (id: string, name: string, body: Json, version?: number, as: object = coordinator, key?: string) =>
  scenario.post(`/allocations/${id}/${name}`, as, body, version, key === undefined ? {} : { key });

describe('a pause', () => {
  it('is told with its days, counts what comes late, and ends by an act', async () => {
    const { allocationId: id, version, orderId, ...asked } = await underWay();
    const pause = { from: yesterday, until: tomorrow, reasonCode: 'PERSON_AWAY' };
    expect(await act(id, 'suspension', pause, version)).toMatchObject({ status: 200 });
    const told = await scenario.service.published('cases.allocation.suspended.v1', id);
    expect(told.data).toMatchObject({ orderId, attempt: 1, ...pause });
    await scenario.deliver({ allocationId: id, ...asked }, orderId, 2);
    const now = await scenario.allocationBecomes(id, { state: 'SUSPENDED', deliveredTotal: 3 });
    expect(now['suspensions']).toEqual([pause]);
    const resume = () =>
      act(id, 'resumption', { resumedOn: today }, now['version'] as number, coordinator, `go-on-${id}`);
    expect(await resume()).toMatchObject({ status: 200 });
    expect(await resume()).toMatchObject({ status: 200 });
    expect((await scenario.facts(id)).filter((fact) => fact === 'allocation.resumed')).toHaveLength(1);
    await scenario.allocationBecomes(id, { state: 'IN_DELIVERY', suspensions: [{ ...pause, resumedOn: today }] });
    expect(await scenario.service.published('cases.allocation.resumed.v1', id)).toMatchObject({
      data: { orderId, resumedOn: today },
    });
  });

  it('happens once under one key, and not from a day to come, backwards, out of turn or by just anybody', async () => {
    const { allocationId: id, version } = await underWay();
    const pause = { from: today, reasonCode: 'OTHER' };
    expect(problemOf(await act(id, 'suspension', { ...pause, from: tomorrow }, version))).toEqual([
      422,
      'day-in-the-future',
    ]);
    expect(problemOf(await act(id, 'suspension', { ...pause, until: yesterday }, version))).toEqual([
      422,
      'period-reversed',
    ]);
    expect(problemOf(await act(id, 'suspension', { ...pause, reasonCode: 'ILL' }, version))).toEqual([
      400,
      'invalid-request',
    ]);
    expect(problemOf(await act(id, 'suspension', pause))).toEqual([428, 'version-required']);
    expect(problemOf(await act(id, 'suspension', pause, version + 1))).toEqual([412, 'stale-version']);
    expect(problemOf(await act(id, 'suspension', pause, version, { sub: 'desk', roles: ['desk'] }))).toEqual([
      403,
      'not-allowed',
    ]);
    expect(problemOf(await act(id, 'resumption', { resumedOn: today }, version))).toEqual([409, 'wrong-state']);
    const first = await act(id, 'suspension', pause, version, coordinator, `pause-${id}`);
    const again = await act(id, 'suspension', pause, version, coordinator, `pause-${id}`);
    expect(again).toMatchObject({ status: 200, body: first.body });
    expect((await scenario.facts(id)).filter((fact) => fact === 'allocation.suspended')).toHaveLength(1);
  });
});

describe('the end of a service before its time', () => {
  it('is the resignation of the person, once under one key, and is logged', async () => {
    const { allocationId: id, version, orderId, personId } = await underWay();
    expect(problemOf(await act(id, 'resignation', { resignedOn: tomorrow }, version))).toEqual([
      422,
      'day-in-the-future',
    ]);
    const first = await act(id, 'resignation', { resignedOn: today }, version, coordinator, `resign-${id}`);
    expect(await act(id, 'resignation', { resignedOn: today }, version, coordinator, `resign-${id}`)).toMatchObject({
      status: 200,
      body: first.body,
    });
    const told = await scenario.service.published('cases.allocation.resigned.v1', id);
    expect(told.data).toMatchObject({ orderId, attempt: 1, resignedOn: today });
    await scenario.allocationBecomes(id, { state: 'RESIGNED', endedOn: today });
    expect((await scenario.facts(id)).filter((fact) => fact === 'allocation.resigned')).toHaveLength(1);
    expect((await scenario.accesses(personId)).at(-1)).toMatchObject({ act: 'WRITE', groups: ['PLAN'] });
  });

  it('is an act of the organiser or the director, with a decision where it is against the will of the person', async () => {
    const { allocationId: id, version } = await underWay();
    const breach = { reasonCode: 'BREACH', terminatedOn: today };
    expect(problemOf(await act(id, 'termination', breach, version))).toEqual([403, 'not-allowed']);
    const outsider = { ...organiser, roles: ['services-organiser', 'provider'], providerId: id } as const;
    expect(problemOf(await act(id, 'termination', breach, version, outsider))).toEqual([403, 'reserved-for-centre']);
    expect(problemOf(await act(id, 'termination', breach, version, organiser))).toEqual([
      422,
      'decision-number-missing',
    ]);
    expect(
      problemOf(await act(id, 'termination', { ...breach, reasonCode: 'PLAN_ENDED' }, version, organiser)),
    ).toEqual([400, 'invalid-request']);
    const decided = { ...breach, decisionNumber: 'CUS.5021.12.2026' };
    expect(await act(id, 'termination', decided, version, director)).toMatchObject({ status: 200 });
    await scenario.allocationBecomes(id, { state: 'TERMINATED', endReason: 'BREACH', ...{ endedOn: today } });
    const { data } = await scenario.service.published('cases.allocation.terminated.v1', id);
    expect(data).toMatchObject({ reasonCode: 'BREACH', terminatedOn: today });
    expect(JSON.stringify(data)).not.toContain('CUS.5021');
    expect(problemOf(await act(id, 'resignation', { resignedOn: today }, version + 1))).toEqual([409, 'wrong-state']);
  });

  it.each<[string, Json, string, object]>([
    ['completion', { completedOn: today }, 'completed', coordinator],
    ['termination', { reasonCode: 'PROVIDER_FAILURE', terminatedOn: today }, 'terminated', organiser],
  ])('by %s happens once under one key, and not tomorrow', async (name, body, fact, as) => {
    const { allocationId: id, version } = await underWay();
    const early = Object.fromEntries(
      Object.entries(body).map(([key, said]) => [key, said === today ? tomorrow : said]),
    );
    expect(problemOf(await act(id, name, early, version, as))).toEqual([422, 'day-in-the-future']);
    const first = await act(id, name, body, version, as, `${name}-${id}`);
    expect(first).toMatchObject({ status: 200, body: { version: version + 1 } });
    expect(await act(id, name, body, version, as, `${name}-${id}`)).toMatchObject({ status: 200, body: first.body });
    expect(problemOf(await act(id, name, { ...body, more: 1 }, version, as, `${name}-${id}`))).toEqual([
      400,
      'invalid-request',
    ]);
    expect((await scenario.facts(id)).filter((one) => one === `allocation.${fact}`)).toHaveLength(1);
  });

  it('withdraws a referral that nobody has answered, with its clock', async () => {
    const plan = await scenario.approvedPlan();
    const running = () =>
      scenario.service.sql('select ending from deadline where subject_id = $1 and kind = $2', [
        plan.allocationId,
        'REFERRAL_ANSWER',
      ]);
    expect(await running()).toEqual([{ ending: null }]);
    expect(
      await act(plan.allocationId, 'termination', { reasonCode: 'MOVED', terminatedOn: today }, 2, organiser),
    ).toMatchObject({ status: 200 });
    expect(await running()).toEqual([{ ending: 'DROPPED' }]);
    const { body } = await scenario.get(`/allocations/${plan.allocationId}/referrals`, coordinator);
    expect(body['items']).toMatchObject([{ attempt: 1, chosenBy: 'PLAN', outcome: 'WITHDRAWN', endedOn: today }]);
  });
});
