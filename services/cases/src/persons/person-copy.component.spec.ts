import { unlisted } from '@okienko/testing/held-tables';
import { coordinator, desk, director, gmina, idOf, type Json, problemOf, Scenario, today } from '../scenario';
import { held } from './held';

let scenario: Scenario;
beforeAll(async () => (scenario = await Scenario.start()), 60_000);
afterAll(() => scenario.stop());

const rowsOf = (copy: Json, table: string): Json[] =>
  (copy['held'] as { table: string; rows: Json[] }[]).find((one) => one.table === table)?.rows ?? [];

it('every table that points at people is in the list, but those that say nothing of them', async () => {
  // The logs of access and of erasures, the keys, and the index of names, which is of digests.
  expect(await unlisted((text) => scenario.service.sql(text), held)).toEqual([
    'access_log',
    'erasure',
    'person_key',
    'person_match',
  ]);
});

describe('a copy of everything about somebody', () => {
  it('holds what was sealed, under all of their records, and leaves a trace for each', async () => {
    const { planId, application } = await scenario.pendingPlan();
    const { personId } = application;
    await scenario.post(`/persons/${personId}/contact`, desk, { email: 'zaneta@example.pl' }, 0);
    const other = await scenario.person();
    const version = await scenario.version(`/persons/${personId}`);
    const merge = { duplicateId: other, duplicateVersion: 1, evidence: 'IDENTITY_DOCUMENT', reason: 'Ta sama osoba' };
    const merged = await scenario.post(`/persons/${personId}/merge`, director, merge, version);
    expect(merged.status).toBe(200);

    const { status, body } = await scenario.get(`/persons/${personId}/copy`, desk);
    expect(status).toBe(200);
    expect(body).toMatchObject({ personId, records: [personId, other].sort() });
    expect(rowsOf(body, 'person')).toHaveLength(2);
    expect(rowsOf(body, 'person')).toContainEqual(
      expect.objectContaining({ id: personId, given_name: 'Żaneta', family_name: 'Łoś' }),
    );
    expect(rowsOf(body, 'person_contact')).toMatchObject([{ contact: { email: 'zaneta@example.pl' } }]);
    expect(rowsOf(body, 'person_merge')).toMatchObject([{ reason: 'Ta sama osoba' }]);
    expect(rowsOf(body, 'individual_plan')).toMatchObject([{ id: planId, texts: expect.any(Object) }]);
    expect(rowsOf(body, 'person')[0]).not.toHaveProperty('identifier_index');
    expect((body['history'] as { type: string }[]).map(({ type }) => type.replace('pl.okienko.cases.', ''))).toEqual(
      expect.arrayContaining(['person.registered.v1', 'person.merged.v1', 'person-contact.changed.v1']),
    );
    expect(JSON.stringify(body['history'])).not.toMatch(/eyJ/);
    for (const id of [personId, other])
      expect(await scenario.accesses(id)).toContainEqual(
        expect.objectContaining({ act: 'EXPORT', purpose: 'DATA_SUBJECT_REQUEST', groups: ['EVERYTHING'] }),
      );
  });

  it('is not for a coordinator, nor for the desk of another unit, and tells nothing of who is unknown', async () => {
    const id = await scenario.person();
    expect((await scenario.get(`/persons/${id}/copy`, coordinator)).status).toBe(403);
    expect(problemOf(await scenario.get(`/persons/${id}/copy`, { ...desk, unit: 'south' }))).toEqual([
      404,
      'not-found',
    ]);
    expect(await scenario.accesses(id)).toHaveLength(1);
  });

  it('leaves out what is sealed for somebody else', async () => {
    const [child, parent] = [await scenario.person(), await scenario.person()];
    const given = {
      personId: child,
      representativeId: parent,
      basis: 'GUARDIAN',
      ruling: 'Postanowienie III RNs 7/26',
      validFrom: '2026-01-01',
    };
    expect((await scenario.post('/representations', desk, given)).status).toBe(201);
    const ofChild = rowsOf((await scenario.get(`/persons/${child}/copy`, desk)).body, 'representation');
    const ofParent = rowsOf((await scenario.get(`/persons/${parent}/copy`, desk)).body, 'representation');
    expect(ofChild).toMatchObject([{ ruling: 'Postanowienie III RNs 7/26' }]);
    expect(ofParent).toMatchObject([{ ruling: null }]);
  });
});

describe('restricted processing', () => {
  it('keeps the data and begins nothing new with them but for a legal claim, until it is lifted', async () => {
    const { offerId } = await scenario.offer(2);
    const id = await scenario.person();
    const restricted = await scenario.twice(
      `/persons/${id}/restriction`,
      director,
      { ground: 'ACCURACY_CONTESTED' },
      1,
    );
    expect(restricted.body).toMatchObject({ id, version: 2 });
    expect((await scenario.get(`/persons/${id}`, desk)).body['restriction']).toMatchObject({
      ground: 'ACCURACY_CONTESTED',
    });

    const application = { personId: id, applicantRole: 'PERSON', channel: 'DESK', items: [{ offerId }] };
    const statement = { clauseVersion: '2020-01-01', acknowledged: true };
    const file = (headers: Record<string, string> = {}) =>
      scenario.post('/applications', desk, { ...application, statement }, undefined, { headers });
    expect(problemOf(await file())).toEqual([409, 'processing-restricted']);
    expect((await file({ 'Okienko-Purpose': 'LEGAL_CLAIM' })).status).toBe(201);
    expect(problemOf(await scenario.post(`/persons/${id}/restriction`, director, { ground: 'OBJECTION' }, 2))[0]).toBe(
      409,
    );

    const lifted = await scenario.twice(`/persons/${id}/restriction-lifting`, director, { reasonCode: 'CORRECTED' }, 2);
    expect(lifted.body).toEqual({ id, version: 3 });
    expect(await scenario.facts(id)).toEqual(['person.registered', 'person.restricted', 'person.restriction-lifted']);
    expect((await file()).status).toBe(201);
    const corrected = { givenName: 'Żaneta', familyName: 'Łosiowa', terc: gmina, reasonCode: 'MISTAKE' };
    expect(
      idOf({ ...(await scenario.post(`/persons/${id}/identity`, desk, corrected, 3)), status: 201 } as never),
    ).toBe(id);
  });

  it('says what it does, and what goes on in spite of it, under whichever record', async () => {
    const { planId, allocationId, application } = await scenario.approvedPlan();
    const { id: applicationId, personId } = application;
    const { version } = (await scenario.get(`/persons/${personId}`, desk)).body as { version: number };
    expect(problemOf(await scenario.get(`/persons/${personId}/restriction`, director))).toEqual([404, 'not-found']);
    const ground = 'NEEDED_FOR_CLAIMS';
    const { body } = await scenario.twice(`/persons/${personId}/restriction`, director, { ground }, version);
    expect(body['effects']).toMatchObject([
      { code: 'KEPT' },
      { code: 'NOTHING_NEW' },
      { code: 'RUNNING_GOES_ON' },
      { code: 'NO_EXTRAS', see: expect.stringContaining(personId) },
    ]);
    const { matters, terms } = body['running'] as { matters: Json[]; terms: Json[] };
    expect(matters).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ kind: 'PLAN', id: planId }),
        expect.objectContaining({ kind: 'ALLOCATION', id: allocationId }),
        expect.objectContaining({ kind: 'PLACE' }),
      ]),
    );
    expect(terms).toContainEqual(expect.objectContaining({ kind: 'PLAN_END', subjectId: planId }));

    const request = await scenario.post(`/persons/${personId}/erasure-requests`, desk, { receivedOn: today });
    const auditor = { sub: 'iod-iwona', roles: ['auditor'] } as const;
    const later = (await scenario.get(`/persons/${personId}/restriction`, auditor)).body;
    expect(later).toMatchObject({ personId, ground, since: today, effects: body['effects'] });
    const running = later['running'] as { matters: Json[]; terms: Json[] };
    expect(running.matters).toEqual(
      expect.arrayContaining([...matters, { kind: 'ERASURE_REQUEST', id: idOf(request), state: 'RECEIVED' }]),
    );
    expect(running.terms).toEqual(
      expect.arrayContaining([...terms, expect.objectContaining({ kind: 'ERASURE_ANSWER', subjectId: idOf(request) })]),
    );
    expect((await scenario.accesses(personId)).at(-1)).toMatchObject({ act: 'READ', groups: ['RESTRICTION'] });
    // Nothing of anybody else.
    const others = await scenario.service.sql<{ id: string }>(
      'select id from application where person_id <> $1 union all select id from deadline where application_id <> $2',
      [personId, applicationId],
    );
    for (const { id } of others) expect(JSON.stringify(later)).not.toContain(id);
  });
});
