import { addDays } from '@okienko/contracts/calendar';
import { v7 as uuidv7 } from 'uuid';
import { coordinator, desk, director, type Filed, type Json, organiser, problemOf, Scenario, today } from '../scenario';

let scenario: Scenario;
beforeAll(async () => (scenario = await Scenario.start()), 60_000);
afterAll(() => scenario.stop());

const provider = { ...coordinator, providerId: uuidv7() };
const called = { missing: ['CERTIFICATE'], dueDays: 7 };
const done = async (...args: Parameters<Scenario['act']>): Promise<void> =>
  expect(await scenario.act(...args)).toMatchObject({ status: 200 });
const read = async (id: string): Promise<Json> => (await scenario.get(`/applications/${id}`, coordinator)).body;
const statesOf = async (id: string): Promise<string[]> =>
  ((await read(id))['items'] as { state: string }[]).map(({ state }) => state);

describe('forwarding', () => {
  it('is in part, and its papers follow', async () => {
    const [one, two] = [await scenario.offer(5), await scenario.offer(5)];
    const { id, itemIds } = await scenario.file([one.offerId, two.offerId]);
    const [first = ''] = itemIds;
    const body = {
      items: [{ itemId: first }],
      target: { kind: 'GMINA_UNIT', officeCode: 'ADDICTION_CLINIC' },
      agreedOn: today,
    };
    const [forwarding, dispatch] = [crypto.randomUUID(), crypto.randomUUID()];
    for (const _ of [1, 2]) await done(id, 'forwarding', body, coordinator, { key: forwarding, version: 1 });
    expect(await statesOf(id)).toEqual(['FORWARDED', 'SUBMITTED']);
    expect(await scenario.clocks(id)).toMatchObject([
      { kind: 'FORWARDING', subject: first, awaited: 'CENTRE', ending: null },
      { kind: 'QUALIFICATION', ending: null },
    ]);
    const told = await scenario.service.published('cases.application.forwarded.v1', id);
    expect(told.data).toMatchObject({ itemId: first, targetKind: 'GMINA_UNIT', agreedOn: today });
    expect(JSON.stringify(told)).not.toContain('ADDICTION');
    for (const _ of [1, 2])
      await done(id, 'forwarding/dispatch', { sentOn: today }, desk, { key: dispatch, version: 2 });
    expect(await scenario.clocks(id)).toMatchObject([{ ending: 'MET' }, { ending: null }]);
    expect((await read(id))['items']).toMatchObject([
      { forwarding: { target: body.target, agreedOn: today, sentOn: today } },
      { state: 'SUBMITTED' },
    ]);
    expect(problemOf(await scenario.act(id, 'forwarding', body))).toEqual([409, 'wrong-state']);
    expect(problemOf(await scenario.act(id, 'forwarding/dispatch', { sentOn: today }))).toEqual([409, 'wrong-state']);
  });

  it('of the whole leaves nothing to be answered here', async () => {
    const { id } = await scenario.file([(await scenario.offer(5)).offerId]);
    const body = { target: { kind: 'CENTRE_TEAM', officeCode: 'FAMILY_TEAM' }, agreedOn: today, sentOn: today };
    expect(problemOf(await scenario.act(id, 'forwarding', body, organiser))).toEqual([403, 'not-allowed']);
    expect(problemOf(await scenario.act(id, 'forwarding', body, provider))).toEqual([403, 'reserved-for-centre']);
    expect(problemOf(await scenario.act(id, 'forwarding', { ...body, sentOn: addDays(today, 1) }))).toEqual([
      422,
      'forwarding-date-wrong',
    ]);
    expect(problemOf(await scenario.act(id, 'forwarding', { ...body, items: [{ itemId: uuidv7() }] }))).toEqual([
      404,
      'not-found',
    ]);
    await done(id, 'forwarding', body);
    expect(await read(id)).toMatchObject({ state: 'FORWARDED' });
    expect(await scenario.clocks(id)).toMatchObject([{ kind: 'QUALIFICATION', ending: 'DROPPED' }]);
    expect(problemOf(await scenario.act(id, 'forwarding', body))).toEqual([409, 'wrong-state']);
  });
});

describe('the withdrawal of the whole', () => {
  it('frees places and waiting list, from every open state, once', async () => {
    const [taken, queued, plain] = [
      await scenario.offer(1),
      await scenario.offer(1, { queueRule: 'FILING_TIME' }),
      await scenario.offer(5),
    ];
    await scenario.qualified(queued.offerId);
    const filed = await scenario.file([taken.offerId, queued.offerId, plain.offerId]);
    const [first = '', second = ''] = filed.itemIds;
    await scenario.actOnItem(filed, first, 'qualification');
    await scenario.actOnItem(filed, second, 'waiting-list-entry');
    expect(await statesOf(filed.id)).toEqual(['QUALIFIED', 'WAITLISTED', 'SUBMITTED']);
    const key = crypto.randomUUID();
    for (const _ of [1, 2]) await done(filed.id, 'withdrawal', {}, desk, { key, version: 3 });
    expect(await read(filed.id)).toMatchObject({ state: 'WITHDRAWN', version: 6 });
    expect(
      await scenario.service.sql('select taken from programme_service where programme_id = $1', [taken.programmeId]),
    ).toEqual([{ taken: 0 }]);
    expect(await scenario.service.sql('select from waiting_list_entry where item_id = $1', [second])).toEqual([]);
    expect(await scenario.clocks(filed.id)).toMatchObject([{ ending: 'DROPPED' }]);
    expect(problemOf(await scenario.act(filed.id, 'withdrawal', {}, desk))).toEqual([409, 'wrong-state']);
    expect((await scenario.facts(filed.id)).slice(3)).toEqual(Array(3).fill('application.withdrawn'));
  });

  it('leaves as many places taken as are held, whatever is qualified and withdrawn at the same time', async () => {
    const { offerId, programmeId } = await scenario.offer(3);
    const all: Filed[] = [];
    for (let n = 0; n < 8; n += 1) all.push(await scenario.file([offerId]));
    await Promise.all(
      all.map(async (filed, n) => {
        await scenario.actOnItem(filed, filed.itemIds[0] ?? '', 'qualification');
        if (n % 2 === 0) return;
        const answers = await Promise.all([1, 2].map(() => scenario.act(filed.id, 'withdrawal', {}, desk)));
        expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
      }),
    );
    const [counts] = await scenario.service.sql<Json>(
      `select taken, (select count(*)::int from service_place where programme_id = $1 and released_at is null) as held,
              (select count(*)::int from application where id = any ($2) and state = 'QUALIFIED') as qualified
       from programme_service where programme_id = $1`,
      [programmeId, all.map(({ id }) => id)],
    );
    expect(counts).toEqual({ taken: counts?.['held'], held: counts?.['qualified'], qualified: counts?.['taken'] });
    for (const { id } of all.filter((_, n) => n % 2 === 1)) expect(await statesOf(id)).toEqual(['WITHDRAWN']);
  });

  it('takes nothing away that a plan uses', async () => {
    const { application } = await scenario.approvedPlan();
    expect(problemOf(await scenario.act(application.id, 'withdrawal', {}, desk))).toEqual([409, 'place-in-use']);
    expect(await statesOf(application.id)).toEqual(['QUALIFIED']);
  });

  it('of its last undecided service ends the clock of the decision', async () => {
    const [one, two] = [await scenario.offer(5), await scenario.offer(5)];
    const filed = await scenario.file([one.offerId, two.offerId]);
    const [first = '', second = ''] = filed.itemIds;
    await scenario.actOnItem(filed, first, 'qualification');
    expect(await scenario.actOnItem(filed, second, 'withdrawal', desk)).toMatchObject({ status: 200 });
    expect(await scenario.clocks(filed.id)).toMatchObject([{ kind: 'QUALIFICATION', ending: 'DROPPED' }]);
  });
});

describe('the coordinator', () => {
  it('gets the clocks with the application, and finds it in the list', async () => {
    const { id } = await scenario.file([(await scenario.offer(5)).offerId]);
    const account = `kipus-${uuidv7()}`;
    const body = { coordinator: account, reasonCode: 'FIRST_ASSIGNMENT' };
    const key = crypto.randomUUID();
    for (const _ of [1, 2]) await done(id, 'coordinator', body, organiser, { key, version: 1 });
    expect(await scenario.clocks(id)).toMatchObject([{ kind: 'QUALIFICATION', assignee: account }]);
    expect((await scenario.service.published('cases.application.coordinator-assigned.v1', id)).data).toMatchObject(
      body,
    );
    const { body: page } = await scenario.get(`/applications?coordinator=${account}`, coordinator);
    expect(page['items']).toMatchObject([{ id, coordinator: account }]);
    await done(id, 'completion-call', called);
    await done(id, 'completion-call/service', { servedOn: today });
    expect(await scenario.clocks(id)).toMatchObject([{ kind: 'COMPLETION', assignee: account }, { assignee: account }]);
    await done(id, 'coordinator', { coordinator: 'kipus-ewa', reasonCode: 'LEAVE' }, director);
    expect(await scenario.clocks(id)).toMatchObject([{ assignee: 'kipus-ewa' }, { assignee: 'kipus-ewa' }]);
    expect(problemOf(await scenario.act(id, 'coordinator', body, desk))).toEqual([403, 'not-allowed']);
    expect(problemOf(await scenario.act(id, 'coordinator', { ...body, coordinator: 'Ewa Nowak' }))).toEqual([
      400,
      'invalid-request',
    ]);
  });
});

describe('a delay because of the applicant', () => {
  it('is recorded and shown, and stops no clock', async () => {
    const filedAt = `${addDays(today, -9)}T10:00:00Z`;
    const { id } = await scenario.file([(await scenario.offer(5)).offerId], { filedAt });
    const before = await scenario.clocks(id);
    const delay = { from: addDays(today, -5), to: addDays(today, -2), causeCode: 'NO_CONTACT' };
    const key = crypto.randomUUID();
    for (const _ of [1, 2]) await done(id, 'delays', delay, coordinator, { key, version: 1 });
    expect(await read(id)).toMatchObject({ delays: [delay] });
    expect(await scenario.clocks(id)).toEqual(before);
    expect((await scenario.service.published('cases.application.delay-recorded.v1', id)).data).toMatchObject(delay);
    for (const wrong of [{ from: addDays(today, -10) }, { to: addDays(today, 1) }, { to: addDays(today, -6) }])
      expect(problemOf(await scenario.act(id, 'delays', { ...delay, ...wrong }))).toEqual([422, 'delay-wrong']);
  });
});

describe('who may see to it', () => {
  it('is nobody of another unit', async () => {
    const { id } = await scenario.file([(await scenario.offer(5)).offerId]);
    const north = { ...coordinator, unit: 'north' };
    const bodies: Record<string, object> = {
      facts: {},
      'completion-call': called,
      'completion-call/service': { servedOn: today },
      completion: {},
      'left-unexamined': {},
      forwarding: { target: { kind: 'CENTRE_TEAM', officeCode: 'A' }, agreedOn: today },
      'forwarding/dispatch': { sentOn: today },
      withdrawal: {},
      coordinator: { coordinator: 'x', reasonCode: 'LEAVE' },
      delays: { from: today, to: today, causeCode: 'OTHER' },
    };
    for (const [name, body] of Object.entries(bodies)) {
      expect([name, problemOf(await scenario.act(id, name, body, north, { version: 1 }))]).toEqual([
        name,
        [404, 'not-found'],
      ]);
      expect([name, problemOf(await scenario.post(`/applications/${id}/${name}`, coordinator, body))]).toEqual([
        name,
        [428, 'version-required'],
      ]);
    }
    expect(await scenario.facts(id)).toEqual(['application.submitted']);
  });
});
