import { addDays, dayOf } from '@okienko/contracts/calendar';
import { programmeEndedV1 } from '@okienko/contracts/catalogue/programme-ended.v1';
import { serviceOfferWithdrawnV1 } from '@okienko/contracts/catalogue/service-offer-withdrawn.v1';
import { event } from '@okienko/contracts/event';
import { v7 as uuidv7 } from 'uuid';
import { coordinator, desk, director, gmina, organiser, problemOf, Scenario, statement, today } from '../scenario';

let scenario: Scenario;
beforeAll(async () => (scenario = await Scenario.start()), 60_000);
afterAll(() => scenario.stop());

const filing = (personId: string, offerIds: string[], more: object = {}): object => ({
  personId,
  applicantRole: 'ACTUAL_CARER',
  channel: 'DESK',
  statement,
  items: offerIds.map((offerId) => ({ offerId })),
  ...more,
});

describe('an application', () => {
  it('is filed for several services at once and says so in an event', async () => {
    const [{ offerId: one }, { offerId: two }] = [await scenario.offer(5), await scenario.offer(5)];
    const personId = await scenario.person();
    const { status, body } = await scenario.post('/applications', desk, filing(personId, [one, two]));
    expect({ status, body }).toMatchObject({
      status: 201,
      body: { version: 1, items: [{ offerId: one, state: 'SUBMITTED' }, { offerId: two }] },
    });
    const items = (body['items'] as { id: string; offerId: string }[]).map(({ id, offerId }) => ({
      itemId: id,
      offerId,
    }));
    const fact = await scenario.service.published('cases.application.submitted.v1', body['id'] as string);
    expect(fact).toMatchObject({ gmina, data: { personId, applicantRole: 'ACTUAL_CARER', channel: 'DESK', items } });
    expect(await scenario.get(`/applications/${String(body['id'])}`, desk)).toMatchObject({
      body: { state: 'SUBMITTED', clauseVersion: '2020-01-01' },
    });
  });

  it('is made under the clause that the Act words itself', async () => {
    const { body } = await scenario.get('/statement-clauses', desk);
    expect(body['items']).toMatchObject([
      { version: '2020-01-01', text: 'Jestem świadomy odpowiedzialności karnej za złożenie fałszywego oświadczenia.' },
    ]);
  });

  it('is refused when it is not as the law wants it', async () => {
    const { offerId } = await scenario.offer(5);
    const personId = await scenario.person();
    const refusals: [object, [number, string]][] = [
      [
        filing(personId, [offerId], { statement: { clauseVersion: '2019-01-01', acknowledged: true } }),
        [422, 'clause-not-in-force'],
      ],
      [filing(personId, [offerId], { statement: { ...statement, acknowledged: false } }), [400, 'invalid-request']],
      [filing(personId, [offerId], { filedAt: `${addDays(today, 2)}T00:00:00Z` }), [422, 'filed-in-the-future']],
      [filing(personId, [offerId, offerId]), [400, 'invalid-request']],
      [filing(personId, []), [400, 'invalid-request']],
      [filing(personId, [uuidv7()]), [422, 'offer-not-open']],
      [filing(uuidv7(), [offerId]), [404, 'not-found']],
    ];
    for (const [body, problem] of refusals)
      expect(problemOf(await scenario.post('/applications', desk, body))).toEqual(problem);
    expect(problemOf(await scenario.post('/applications', director, filing(personId, [offerId])))).toEqual([
      403,
      'not-allowed',
    ]);
  });

  it('cannot ask for an offer that has been withdrawn or whose programme has ended', async () => {
    const [withdrawn, ended] = [await scenario.offer(5), await scenario.offer(5)];
    await scenario.tell(event(serviceOfferWithdrawnV1, withdrawn.offerId, { reasonCode: 'NO_PROVIDER' }));
    await scenario.tell(event(programmeEndedV1, ended.programmeId, { endedOn: today }));
    await scenario.known('select 1 from offer where id = $1 and not published', [withdrawn.offerId]);
    await scenario.known('select 1 from programme where id = $1 and ended_on is not null', [ended.programmeId]);
    const personId = await scenario.person();
    for (const { offerId } of [withdrawn, ended]) {
      expect(problemOf(await scenario.post('/applications', desk, filing(personId, [offerId])))).toEqual([
        422,
        'offer-not-open',
      ]);
    }
  });

  it('is filed once however often the request is repeated', async () => {
    const { offerId } = await scenario.offer(5);
    const body = filing(await scenario.person(), [offerId]);
    const key = crypto.randomUUID();
    const answers = [
      await scenario.post('/applications', desk, body, undefined, { key }),
      await scenario.post('/applications', desk, body, undefined, { key }),
    ];
    expect(answers[1]?.body).toEqual(answers[0]?.body);
    const [counted] = await scenario.service.sql<{ count: number }>(
      'select count(*)::int as count from application where items @> $1::jsonb',
      [JSON.stringify([{ offerId }])],
    );
    expect(counted).toEqual({ count: 1 });
    expect(
      problemOf(await scenario.post('/applications', desk, { ...body, channel: 'POST' }, undefined, { key })),
    ).toEqual([422, 'idempotency-key-reused']);
  });
});

describe('qualification', () => {
  it('names the programme version and the day, and takes a place', async () => {
    const { offerId, programmeId } = await scenario.offer(2);
    const { id, itemId, personId } = await scenario.qualified(offerId);
    expect(await scenario.service.published('cases.application.qualified.v1', id)).toMatchObject({
      sequence: '0000000002',
      data: { itemId, personId, offerId, programmeId, programmeVersion: 1, qualifiedOn: dayOf(new Date()) },
    });
    expect(
      await scenario.service.sql('select taken from programme_service where programme_id = $1', [programmeId]),
    ).toEqual([{ taken: 1 }]);
  });

  it('is refused to any account of a provider, whatever else it may be (art. 49)', async () => {
    const filed = await scenario.file([(await scenario.offer(2)).offerId]);
    const [itemId = ''] = filed.itemIds;
    for (const as of [
      { ...coordinator, providerId: uuidv7() },
      { ...director, roles: ['director', 'provider'] as const },
    ]) {
      expect(problemOf(await scenario.actOnItem(filed, itemId, 'qualification', as))).toEqual([
        403,
        'reserved-for-centre',
      ]);
    }
    expect(problemOf(await scenario.actOnItem(filed, itemId, 'qualification', desk))).toEqual([403, 'not-allowed']);
  });

  it('is refused to a resident of another gmina, also one of the same name', async () => {
    const { offerId } = await scenario.offer(2);
    const filed = await scenario.file([offerId], { personId: await scenario.person('2804012') });
    expect(problemOf(await scenario.actOnItem(filed, filed.itemIds[0] ?? '', 'qualification'))).toEqual([
      422,
      'not-a-resident',
    ]);
    expect(await scenario.facts(filed.id)).toEqual(['application.submitted']);
  });

  it('is refused once the programme is out of force', async () => {
    const { offerId } = await scenario.offer(2, { validTo: addDays(today, -1) });
    const filed = await scenario.file([offerId]);
    expect(problemOf(await scenario.actOnItem(filed, filed.itemIds[0] ?? '', 'qualification'))).toEqual([
      422,
      'programme-not-in-force',
    ]);
  });

  it('gives one person one place of a service at a time', async () => {
    const { offerId } = await scenario.offer(5);
    const { personId } = await scenario.qualified(offerId);
    const again = await scenario.file([offerId], { personId });
    expect(problemOf(await scenario.actOnItem(again, again.itemIds[0] ?? '', 'qualification'))).toEqual([
      409,
      'place-already-held',
    ]);
  });

  it('asks for the version that was read, and for an item of this application', async () => {
    const { offerId } = await scenario.offer(5);
    const filed = await scenario.file([offerId]);
    const path = `/applications/${filed.id}/items/${filed.itemIds[0] ?? ''}/qualification`;
    expect(problemOf(await scenario.post(path, coordinator))).toEqual([428, 'version-required']);
    expect(problemOf(await scenario.post(path, coordinator, {}, 3))).toEqual([412, 'stale-version']);
    expect(
      problemOf(await scenario.post(`/applications/${filed.id}/items/${uuidv7()}/qualification`, coordinator, {}, 1)),
    ).toEqual([404, 'not-found']);
    expect(await scenario.post(path, coordinator, {}, 1)).toMatchObject({
      status: 200,
      body: { id: filed.id, version: 2 },
    });
    expect(problemOf(await scenario.post(path, coordinator, {}, 2))).toEqual([409, 'wrong-state']);
  });
});

describe('the waiting list', () => {
  it('takes whom the limit leaves out, in the order of filing, where the programme keeps one', async () => {
    const { offerId } = await scenario.offer(1, { queueRule: 'FILING_TIME' });
    const holder = await scenario.qualified(offerId);
    const first = await scenario.file([offerId], { filedAt: `${addDays(today, -9)}T10:00:00Z` });
    const second = await scenario.file([offerId], { filedAt: `${addDays(today, -8)}T10:00:00Z` });
    for (const filed of [second, first]) {
      expect(await scenario.actOnItem(filed, filed.itemIds[0] ?? '', 'waiting-list-entry')).toMatchObject({
        status: 200,
      });
    }
    expect(await scenario.service.published('cases.application.waitlisted.v1', first.id)).toMatchObject({
      data: { offerId, itemId: first.itemIds[0] },
    });
    expect(problemOf(await scenario.actOnItem(first, first.itemIds[0] ?? '', 'qualification'))).toEqual([
      409,
      'limit-reached',
    ]);
    expect(await scenario.actOnItem(holder, holder.itemId, 'withdrawal', desk)).toMatchObject({ status: 200 });
    expect(problemOf(await scenario.actOnItem(second, second.itemIds[0] ?? '', 'qualification'))).toEqual([
      409,
      'others-wait',
    ]);
    expect(await scenario.actOnItem(first, first.itemIds[0] ?? '', 'qualification')).toMatchObject({ status: 200 });
    expect(problemOf(await scenario.actOnItem(second, second.itemIds[0] ?? '', 'qualification'))).toEqual([
      409,
      'limit-reached',
    ]);
  });

  it('is refused while there are places, and where the programme keeps no queue', async () => {
    const [queued, unqueued] = [await scenario.offer(1, { queueRule: 'FILING_TIME' }), await scenario.offer(0)];
    const [one, two] = [await scenario.file([queued.offerId]), await scenario.file([unqueued.offerId])];
    expect(problemOf(await scenario.actOnItem(one, one.itemIds[0] ?? '', 'waiting-list-entry'))).toEqual([
      409,
      'places-left',
    ]);
    expect(problemOf(await scenario.actOnItem(two, two.itemIds[0] ?? '', 'waiting-list-entry'))).toEqual([
      422,
      'no-queue',
    ]);
  });
});

describe('a withdrawal', () => {
  it('frees the place for the next', async () => {
    const { offerId } = await scenario.offer(1);
    const holder = await scenario.qualified(offerId);
    expect(await scenario.actOnItem(holder, holder.itemId, 'withdrawal', desk)).toMatchObject({
      status: 200,
      body: { version: 3 },
    });
    expect(await scenario.service.published('cases.application.withdrawn.v1', holder.id)).toMatchObject({
      data: { itemId: holder.itemId },
    });
    expect(problemOf(await scenario.actOnItem(holder, holder.itemId, 'withdrawal', desk))).toEqual([
      409,
      'wrong-state',
    ]);
    await scenario.qualified(offerId);
  });
});

describe('the list', () => {
  it('filters by person and by the derived state', async () => {
    const { offerId } = await scenario.offer(5);
    const filed = await scenario.file([offerId]);
    const states = async (): Promise<unknown[]> => {
      const { body } = await scenario.get(`/applications?personId=${filed.personId}`, coordinator);
      return (body['items'] as { state: string }[]).map(({ state }) => state);
    };
    expect(await states()).toEqual(['SUBMITTED']);
    await scenario.post('/needs-recognitions', coordinator, {
      applicationId: filed.id,
      scheduledFor: `${today}T09:00:00+02:00`,
      place: 'CENTRE',
    });
    expect(await states()).toEqual(['IN_RECOGNITION']);
    const { body } = await scenario.get(`/applications?personId=${filed.personId}&state=IN_RECOGNITION`, coordinator);
    expect(body['items']).toMatchObject([{ id: filed.id }]);
    expect(
      (await scenario.get(`/applications?personId=${filed.personId}&state=SUBMITTED`, coordinator)).body['items'],
    ).toEqual([]);
  });

  it('never shows what get would not: other units are closed, and open to the organiser', async () => {
    const north = { unit: 'north' };
    const { offerId } = await scenario.offer(5);
    const personId = await scenario.person(gmina, { ...desk, ...north });
    const { id, itemIds } = await scenario.file([offerId], { personId }, { ...desk, ...north });
    expect((await scenario.get(`/applications?personId=${personId}`, coordinator)).body['items']).toEqual([]);
    expect(problemOf(await scenario.get(`/applications/${id}`, coordinator))).toEqual([404, 'not-found']);
    const act = `/applications/${id}/items/${itemIds[0] ?? ''}/qualification`;
    expect(problemOf(await scenario.post(act, coordinator, {}, 1))).toEqual([404, 'not-found']);
    expect(problemOf(await scenario.post(act, coordinator, {}, 8))).toEqual([404, 'not-found']);
    for (const as of [{ ...coordinator, ...north }, organiser]) {
      expect((await scenario.get(`/applications?personId=${personId}`, as)).body['items']).toMatchObject([{ id }]);
      expect(await scenario.get(`/applications/${id}`, as)).toMatchObject({ status: 200 });
    }
  });
});
