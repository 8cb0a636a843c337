import { coordinator, desk, director, gmina, idOf, organiser, problemOf, Scenario } from '../scenario';

let scenario: Scenario;
beforeAll(async () => (scenario = await Scenario.start()), 60_000);
afterAll(() => scenario.stop());

const record = async (more: object = {}): Promise<string> =>
  idOf(await scenario.post('/persons', desk, { givenName: 'Ewa', familyName: 'Sowa', terc: gmina, ...more }));
const merging = (duplicateId: string, more: object = {}): object => ({
  duplicateId,
  duplicateVersion: 1,
  evidence: 'IDENTITY_DOCUMENT',
  reason: 'Ten sam dowód osobisty.',
  ...more,
});
const merge = (id: string, duplicateId: string, as: object = organiser): ReturnType<Scenario['twice']> =>
  scenario.twice(`/persons/${id}/merge`, as, merging(duplicateId), 1);
const reverse = (id: string, duplicateId: string, version = 2): ReturnType<Scenario['twice']> =>
  scenario.twice(`/persons/${id}/merge-reversal`, director, { duplicateId, reason: 'Siostry bliźniaczki.' }, version);
const held = async (itemId: string): Promise<unknown> =>
  (await scenario.service.sql('select person_id as "personId" from service_place where item_id = $1', [itemId]))[0];

describe('two records of one person', () => {
  it('become one that goes on, and both say so', async () => {
    const identifier = { kind: 'PESEL', value: scenario.pesel() };
    const [id, duplicateId] = [await record(), await record({ identifier })];
    const { offerId } = await scenario.offer(3);
    const earlier = await scenario.file([offerId], { personId: duplicateId });
    expect(await merge(id, duplicateId)).toMatchObject({
      status: 200,
      body: { id, version: 2, duplicateId, duplicateVersion: 2 },
    });
    expect(await scenario.get(`/persons/${id}`, desk)).toMatchObject({
      body: { identifier, mergedInto: null, mergedFrom: [duplicateId] },
    });
    expect(await scenario.get(`/persons/${duplicateId}`, desk)).toMatchObject({
      body: { identifier: null, mergedInto: id, mergedFrom: [], familyName: 'Sowa' },
    });
    expect((await scenario.post('/persons/search', desk, { pesel: identifier.value })).body['items']).toEqual([
      { id, version: 2 },
    ]);
    const refused = await scenario.post('/applications', desk, {
      personId: duplicateId,
      applicantRole: 'PERSON',
      channel: 'DESK',
      statement: { clauseVersion: '2020-01-01', acknowledged: true },
      items: [{ offerId }],
    });
    expect(problemOf(refused)).toEqual([409, 'person-merged']);
    expect(refused.body['detail']).toContain(id);
    const later = await scenario.file([offerId], { personId: id });
    for (const asked of [id, duplicateId]) {
      const { body } = await scenario.get(`/applications?personId=${asked}`, coordinator);
      expect((body['items'] as { id: string }[]).map((one) => one.id)).toEqual([earlier.id, later.id]);
    }
    const data = { survivorId: id, duplicateId, evidence: 'IDENTITY_DOCUMENT' };
    for (const subject of [id, duplicateId])
      expect(await scenario.service.published('cases.person.merged.v1', subject)).toMatchObject({ data });
  });

  it('are explained later, in words that only the API can read', async () => {
    const [id, duplicateId] = [await record(), await record()];
    await merge(id, duplicateId);
    for (const asked of [id, duplicateId])
      expect((await scenario.get(`/persons/${asked}/merges`, coordinator)).body['items']).toMatchObject([
        {
          survivorId: id,
          duplicateId,
          mergedBy: organiser.sub,
          evidence: 'IDENTITY_DOCUMENT',
          reason: 'Ten sam dowód osobisty.',
          identifierMoved: false,
          placesMoved: [],
          reversedAt: null,
        },
      ]);
    const [row] = await scenario.service.sql<{ reason: string }>(
      "select encode(reason, 'escape') as reason from person_merge where survivor_id = $1",
      [id],
    );
    expect(row?.reason).not.toContain('Ten sam');
    expect((await scenario.accesses(duplicateId)).map(({ act }) => act)).toEqual(['WRITE', 'WRITE', 'READ']);
  });

  it('with two PESELs are two people, with one and a passport may be one', async () => {
    const withPesel = (): Promise<string> => record({ identifier: { kind: 'PESEL', value: scenario.pesel() } });
    expect(problemOf(await merge(await withPesel(), await withPesel()))).toEqual([422, 'two-pesels']);
    const pesel = scenario.pesel();
    const foreigner = await record({ identifier: { kind: 'OTHER', country: 'UA', value: `FB${pesel}` } });
    const citizen = await record({ identifier: { kind: 'PESEL', value: pesel } });
    expect(await merge(foreigner, citizen)).toMatchObject({ status: 200 });
    expect((await scenario.post('/persons/search', desk, { pesel })).body['items']).toEqual([
      { id: foreigner, version: 2 },
    ]);
  });

  it('hold one place of a service between them', async () => {
    const { offerId } = await scenario.offer(5);
    const [id, duplicateId] = [await record(), await record()];
    const own = await scenario.file([offerId], { personId: id });
    const { itemId } = await scenario.qualified(offerId, { personId: duplicateId });
    await merge(id, duplicateId);
    expect(await held(itemId)).toEqual({ personId: id });
    expect(problemOf(await scenario.actOnItem(own, own.itemIds[0] ?? '', 'qualification'))).toEqual([
      409,
      'place-already-held',
    ]);
    expect((await scenario.get(`/persons/${id}/merges`, director)).body['items']).toMatchObject([
      { placesMoved: [itemId] },
    ]);
  });

  it('that hold a place each are told what to do first', async () => {
    const { offerId } = await scenario.offer(5);
    const [one, other] = [await scenario.qualified(offerId), await scenario.qualified(offerId)];
    expect(problemOf(await merge(one.personId, other.personId))).toEqual([409, 'cannot-merge']);
    await scenario.actOnItem(other, other.itemId, 'withdrawal', desk);
    expect(await merge(one.personId, other.personId)).toMatchObject({ status: 200 });
  });

  it('take the places of what is decided after the merge under the one that goes on', async () => {
    const { offerId } = await scenario.offer(5);
    const [id, duplicateId] = [await record(), await record()];
    const filed = await scenario.file([offerId], { personId: duplicateId });
    await merge(id, duplicateId);
    expect(await scenario.actOnItem(filed, filed.itemIds[0] ?? '', 'qualification')).toMatchObject({ status: 200 });
    expect(await held(filed.itemIds[0] ?? '')).toEqual({ personId: id });
  });
});

describe('merges at the same time', () => {
  it('crosswise make one of them, and neither circle nor chain', async () => {
    for (let n = 0; n < 5; n += 1) {
      const [one, other] = [await record(), await record()];
      const answers = await Promise.all([
        scenario.post(`/persons/${one}/merge`, organiser, merging(other), 1),
        scenario.post(`/persons/${other}/merge`, organiser, merging(one), 1),
      ]);
      expect(answers.map(({ status }) => status).sort()).toEqual([200, 412]);
    }
    const [{ chains } = { chains: -1 }] = await scenario.service.sql<{ chains: number }>(
      'select count(*)::int as chains from person one join person other on other.id = one.merged_into where other.merged_into is not null',
    );
    expect(chains).toBe(0);
  }, 60_000);

  it('of a merge and a qualification leave no place under the record that gave way', async () => {
    const { offerId } = await scenario.offer(20);
    for (let n = 0; n < 5; n += 1) {
      const [id, duplicateId] = [await record(), await record()];
      const filed = await scenario.file([offerId], { personId: duplicateId });
      const itemId = filed.itemIds[0] ?? '';
      const answers = await Promise.all([
        scenario.post(`/persons/${id}/merge`, organiser, merging(duplicateId), 1),
        scenario.actOnItem(filed, itemId, 'qualification'),
      ]);
      expect(answers.map(({ status }) => status)).toEqual([200, 200]);
      expect(await held(itemId)).toEqual({ personId: id });
    }
  }, 60_000);
});

describe('what cannot be merged', () => {
  it('is a record with itself, one that was merged, and one that has taken others in', async () => {
    const [a, b, c] = [await record(), await record(), await record()];
    expect(problemOf(await merge(a, a))).toEqual([422, 'same-record']);
    await merge(a, b);
    const again = (id: string, duplicateId: string, version: number, duplicateVersion: number) =>
      scenario.post(`/persons/${id}/merge`, organiser, merging(duplicateId, { duplicateVersion }), version);
    expect(problemOf(await again(c, b, 1, 2))).toEqual([409, 'person-merged']);
    expect(problemOf(await again(b, c, 2, 1))).toEqual([409, 'person-merged']);
    expect(problemOf(await again(c, a, 1, 2))).toEqual([409, 'cannot-merge']);
    expect(await again(a, c, 2, 1)).toMatchObject({ status: 200 });
  });

  it('is merged by nobody but the organiser or the director, who have read both', async () => {
    const [id, duplicateId] = [await record(), await record()];
    expect(problemOf(await merge(id, duplicateId, coordinator))).toEqual([403, 'not-allowed']);
    const stale = merging(duplicateId, { duplicateVersion: 3 });
    expect(problemOf(await scenario.post(`/persons/${id}/merge`, director, stale, 1))).toEqual([412, 'stale-version']);
    expect(problemOf(await scenario.post(`/persons/${id}/merge`, director, stale))).toEqual([428, 'version-required']);
    expect(await scenario.facts(id)).toEqual(['person.registered']);
  });
});

describe('a merge that was wrong', () => {
  it('is reversed with all that it moved', async () => {
    const identifier = { kind: 'PESEL', value: scenario.pesel() };
    const { offerId } = await scenario.offer(5);
    const [id, duplicateId] = [await record(), await record({ identifier })];
    const { itemId } = await scenario.qualified(offerId, { personId: duplicateId });
    await merge(id, duplicateId);
    expect(await reverse(id, duplicateId)).toMatchObject({ status: 200, body: { version: 3, duplicateVersion: 3 } });
    expect(await held(itemId)).toEqual({ personId: duplicateId });
    expect(await scenario.get(`/persons/${id}`, desk)).toMatchObject({ body: { identifier: null, mergedFrom: [] } });
    expect(await scenario.get(`/persons/${duplicateId}`, desk)).toMatchObject({
      body: { identifier, mergedInto: null },
    });
    expect((await scenario.get(`/persons/${id}/merges`, director)).body['items']).toMatchObject([
      { identifierMoved: true, reversedBy: director.sub, reversalReason: 'Siostry bliźniaczki.' },
    ]);
    expect(await scenario.facts(duplicateId)).toEqual(['person.registered', 'person.merged', 'person.merge-reversed']);
    expect(problemOf(await reverse(id, duplicateId, 3))).toEqual([409, 'wrong-state']);
  });

  it('stays once an application has been filed for both as one', async () => {
    const [id, duplicateId] = [await record(), await record()];
    await merge(id, duplicateId);
    await scenario.file([(await scenario.offer(1)).offerId], { personId: id });
    expect(problemOf(await reverse(id, duplicateId))).toEqual([409, 'filed-since']);
  });
});
