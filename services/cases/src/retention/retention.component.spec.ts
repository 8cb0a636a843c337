import { addDays, addMonths } from '@okienko/contracts/calendar';
import { Clock } from '@okienko/messaging/clock';
import { dataSource } from '@okienko/messaging/data-source';
import { replayErasures } from '@okienko/chassis/erasures-service';
import { attach } from '../access/one-of-each';
import {
  auditor,
  coordinator,
  desk,
  director,
  gmina,
  idOf,
  type Json,
  organiser,
  problemOf,
  Scenario,
  today,
} from '../scenario';
import { participantIn, projectIn } from '../project-participations/project-scenario';
import { erase } from './erase';
import { otherBytes, sealedColumns } from './sealed-columns';
import { nextWorkingDay } from '../terms/working-days';

jest.setTimeout(60_000);
let scenario: Scenario;
beforeAll(async () => (scenario = await Scenario.start(new Clock())), 60_000);
afterAll(() => scenario.stop());

const contact = { email: 'zaneta@example.pl', language: 'pl', form: 'STANDARD' };
const consent = { archiveConsent: 'OA-II.6320.12.2026' };

/** All that this person has with the centre is as long ago. */
async function aged(personId: string, years = 12): Promise<void> {
  await scenario.service.sql(
    `update last_change set changed_on = changed_on - make_interval(years => $2)
     where subject_id in (select id from application where person_id = $1)`,
    [personId, years],
  );
  await scenario.service.sql(
    'update person set registered_at = registered_at - make_interval(years => $2) where id = $1',
    [personId, years],
  );
}

/** Somebody with a contact, a file and an application that they gave up. */
async function gaveUp(years = 12): Promise<{ personId: string; applicationId: string; fileId: string }> {
  const { offerId } = await scenario.offer(3);
  const { id: applicationId, personId } = await scenario.file([offerId]);
  await scenario.post(`/persons/${personId}/contact`, desk, contact, 0);
  const fileId = idOf(await attach(scenario, applicationId, desk));
  await scenario.act(applicationId, 'withdrawal');
  await aged(personId, years);
  return { personId, applicationId, fileId };
}

const propose = async (files?: number): Promise<string> =>
  idOf(await scenario.twice('/disposals', organiser, files === undefined ? {} : { files }));
const listed = async (id: string): Promise<Json[]> =>
  (await scenario.get(`/disposals/${id}/files`, auditor)).body['items'] as Json[];
const carriedOut = (id: string): Promise<Json> =>
  scenario.service.eventually(async () => {
    const { body } = await scenario.get(`/disposals/${id}`, auditor);
    expect(body).toMatchObject({ state: 'CARRIED_OUT' });
    return body;
  }, 20_000);
const approve = (id: string): ReturnType<Scenario['twice']> =>
  scenario.twice(`/disposals/${id}/approval`, director, consent, 1);

/** Bytes that are left of the person in the columns that are sealed under their key. */
async function bytesOf(personId: string): Promise<number> {
  let bytes = 0;
  for (const { table, emptied, dropped = [], where } of sealedColumns) {
    const sum = [...emptied, ...dropped].map((column) => `coalesce(sum(length(${column})), 0)`).join(' + ');
    const [row] = await scenario.service.sql<{ sum: string }>(
      `select ${sum} as sum from ${table} where ${where.replace('$1', '$1::uuid[]')}`,
      [[personId]],
    );
    bytes += Number(row?.sum);
  }
  return bytes;
}

describe('the register of sealed columns', () => {
  it('names every column of bytes that there is', async () => {
    const rows = await scenario.service.sql<{ name: string }>(
      `select table_name || '.' || column_name as name from information_schema.columns
       where table_schema = current_schema() and data_type = 'bytea'`,
    );
    const known = sealedColumns.flatMap(({ table, emptied, dropped = [] }) =>
      [...emptied, ...dropped].map((column) => `${table}.${column}`),
    );
    expect(rows.map(({ name }) => name).sort()).toEqual([...known, ...Object.keys(otherBytes)].sort());
  });
});

describe('how long a file is kept', () => {
  const retention = async (personId: string): Promise<Json> =>
    (await scenario.get(`/persons/${personId}/retention`, auditor)).body;
  const kinds = async (personId: string): Promise<unknown[]> =>
    ((await retention(personId))['matters'] as Json[]).map(({ kind, closedOn }) => [kind, closedOn !== null]).sort();

  it('of somebody who is registered and no more: two years', async () => {
    const personId = await scenario.person();
    expect(await retention(personId)).toMatchObject({
      state: 'KEPT',
      keptUntil: `${Number(today.slice(0, 4)) + 2}-12-31`,
      matters: [{ kind: 'REGISTRATION', category: 'B2', setBy: 'SCHEDULE' }],
    });
  });

  it('runs from the end of all that hangs on an application', async () => {
    const { application, planId } = await scenario.approvedPlan();
    const { id, personId } = application;
    const { sql } = scenario.service;
    expect(await retention(personId)).toMatchObject({ state: 'OPEN', keptUntil: null });
    await sql(`update individual_plan set state = 'CLOSED' where id = $1`, [planId]);
    expect(await kinds(personId)).toContainEqual(['CASE', false]);
    await sql(`update allocation set state = 'COMPLETED' where plan_id = $1`, [planId]);
    expect(await kinds(personId)).toContainEqual(['CASE', false]);
    await sql(
      `update application set items = jsonb_set(items, '{0,notice,grantedUntil}', to_jsonb((current_date - 1)::text)) where id = $1`,
      [id],
    );
    expect(await kinds(personId)).toContainEqual(['CASE', false]);
    await sql(
      `update deadline set ended_at = now(), ending = 'DROPPED' where application_id = $1 and ended_at is null`,
      [id],
    );
    expect(await retention(personId)).toMatchObject({
      state: 'KEPT',
      keptUntil: `${Number(today.slice(0, 4)) + 10}-12-31`,
      matters: expect.arrayContaining([expect.objectContaining({ kind: 'CASE', closedOn: today, category: 'B10' })]),
    });
  });

  it('hangs on those whom somebody represents, applied for, or lived with', async () => {
    const [personId, representativeId, member, later] = [
      await scenario.person(),
      await scenario.person(),
      await scenario.person(),
      await scenario.person(),
    ];
    const terms = { personId, representativeId, basis: 'FAMILY_CARE', validFrom: '2026-01-01' };
    const id = idOf(await scenario.post('/representations', desk, terms));
    expect(await retention(representativeId)).toMatchObject({ state: 'OPEN' });
    await scenario.post(`/representations/${id}/end`, desk, { endedOn: today }, 1);
    expect(await retention(representativeId)).toMatchObject({ state: 'KEPT' });
    const members = [
      { personId, relation: 'REFERENCE', from: '2026-01-01' },
      { personId: member, relation: 'SPOUSE', from: '2026-01-01' },
    ];
    await scenario.post('/households', desk, { members });
    const { offerId } = await scenario.offer(3);
    const applicant = { applicantRole: 'ACTUAL_CARER', applicantPersonId: member };
    await scenario.file([offerId], { personId });
    for (const one of [personId, member]) expect(await kinds(one)).toContainEqual(['CASE', false]);
    expect(await kinds(later)).toEqual([['REGISTRATION', true]]);
    const cared = { personId: later, representativeId: member, basis: 'FAMILY_CARE', validFrom: '2026-01-01' };
    const caring = idOf(await scenario.post('/representations', desk, cared));
    await scenario.file([offerId], { personId: later, ...applicant });
    await scenario.post(`/representations/${caring}/end`, desk, { endedOn: today }, 1);
    expect((await kinds(member)).filter((one) => (one as unknown[])[0] === 'CASE')).toHaveLength(2);
  });

  it('is longer for a project, which holds by itself', async () => {
    const projectId = await projectIn(scenario);
    const { personId } = await participantIn(scenario, projectId);
    expect(await kinds(String(personId))).toContainEqual(['EU_PROJECT', false]);
  });
});

describe('a disposal', () => {
  it('lists what is due, is approved by another, and leaves nothing to be read', async () => {
    const due = await gaveUp();
    const fresh = await gaveUp(0);
    const open = await scenario.file([(await scenario.offer(3)).offerId]);
    await aged(open.personId);
    const before = await bytesOf(fresh.personId);
    const id = await propose();
    expect(await listed(id)).toEqual([
      expect.objectContaining({ number: 1, personId: due.personId, category: 'B5', outcome: null }),
    ]);
    expect(problemOf(await scenario.post('/disposals', director))).toEqual([409, 'nothing-due']);
    const ownList = await scenario.post(`/disposals/${id}/approval`, { ...director, sub: organiser.sub }, consent, 1);
    expect(problemOf(ownList)).toEqual([403, 'own-disposal']);
    expect((await approve(id)).status).toBe(200);
    expect(await carriedOut(id)).toMatchObject({
      files: 1,
      erased: 1,
      kept: 0,
      archiveConsent: consent.archiveConsent,
    });
    expect(await bytesOf(due.personId)).toBe(0);
    expect(await bytesOf(fresh.personId)).toBe(before);
    expect(problemOf(await scenario.get(`/persons/${due.personId}`, desk))).toEqual([404, 'data-erased']);
    expect(await scenario.get(`/persons/${fresh.personId}`, desk)).toMatchObject({ status: 200 });
    expect(await scenario.facts(due.personId)).toContain('person.erased');
    expect(await scenario.facts(id)).toEqual(['disposal.proposed', 'disposal.approved', 'disposal.carried-out']);
    expect(await scenario.service.published('cases.person.erased.v1', due.personId)).toMatchObject({
      data: { basis: 'RETENTION_ENDED', disposalId: id },
    });
    await scenario.service.eventually(async () =>
      expect(await scenario.service.sql('select from loose_object where key = $1', [due.fileId])).toEqual([]),
    );
    const log = await scenario.service.sql('select person_id as id, basis from erasure');
    expect(log).toEqual([{ id: due.personId, basis: 'RETENTION_ENDED' }]);
  });

  it('prints a protocol without a name', async () => {
    const { personId } = await gaveUp();
    const id = await propose();
    const response = await fetch(`${scenario.service.url}/disposals/${id}/protocol.pdf`, {
      headers: { Authorization: `Bearer ${await scenario.service.issuer.token(auditor)}` },
    });
    expect([response.status, response.headers.get('content-type')]).toEqual([200, 'application/pdf']);
    expect(
      Buffer.from(await response.arrayBuffer())
        .subarray(0, 5)
        .toString(),
    ).toBe('%PDF-');
    expect((await scenario.accesses(personId)).at(-1)).toMatchObject({ act: 'READ', groups: ['RETENTION'] });
    const rejected = await scenario.twice(
      `/disposals/${id}/rejection`,
      organiser,
      { reasonCode: 'ARCHIVE_REFUSED' },
      1,
    );
    expect(rejected.status).toBe(200);
    expect(problemOf(await scenario.post(`/disposals/${id}/approval`, director, consent, 2))).toEqual([
      409,
      'wrong-state',
    ]);
    const again = await propose();
    expect(await listed(again)).toMatchObject([{ personId }]);
    await approve(again);
    await carriedOut(again);
  });

  it('keeps what has been held or begun since it was listed', async () => {
    const [held, busy, gone] = [await gaveUp(), await gaveUp(), await gaveUp()];
    const id = await propose();
    const hold = { personId: held.personId, kind: 'COURT_PROCEEDINGS' };
    const holdId = idOf(await scenario.twice('/legal-holds', organiser, hold));
    await scenario.file([(await scenario.offer(1)).offerId], { personId: busy.personId });
    await approve(id);
    expect(await carriedOut(id)).toMatchObject({ files: 3, erased: 1, kept: 2 });
    const outcomes = Object.fromEntries((await listed(id)).map((file) => [file['personId'], file['outcome']]));
    expect(outcomes).toEqual({
      [held.personId]: 'HELD',
      [busy.personId]: 'NOT_YET_DUE',
      [gone.personId]: 'ERASED',
    });
    expect(await scenario.get(`/persons/${held.personId}/retention`, auditor)).toMatchObject({
      body: { state: 'HELD' },
    });
    expect(problemOf(await scenario.post('/disposals', organiser))).toEqual([409, 'nothing-due']);
    const ended = await scenario.twice(`/legal-holds/${holdId}/end`, director, { reasonCode: 'FINAL_JUDGMENT' }, 1);
    expect(ended.status).toBe(200);
    expect(await scenario.get(`/legal-holds?personId=${held.personId}`, auditor)).toMatchObject({
      body: { items: [{ id: holdId, reasonCode: 'FINAL_JUDGMENT' }] },
    });
    const next = await propose();
    expect(await listed(next)).toMatchObject([{ personId: held.personId }]);
    await approve(next);
    await carriedOut(next);
  });

  it('leaves alone whose data are to be kept and not used', async () => {
    const { personId } = await gaveUp();
    const { version } = (await scenario.get(`/persons/${personId}`, desk)).body as { version: number };
    const restriction = `/persons/${personId}/restriction`;
    await scenario.post(restriction, director, { ground: 'UNLAWFUL' }, version);
    await aged(personId);
    expect((await scenario.get(`/persons/${personId}/retention`, auditor)).body).toMatchObject({ state: 'HELD' });
    expect(problemOf(await scenario.post('/disposals', organiser))).toEqual([409, 'nothing-due']);
    await scenario.post(`${restriction}-lifting`, director, { reasonCode: 'WITHDRAWN' }, version + 1);
    const id = await propose();
    expect(await listed(id)).toMatchObject([{ personId }]);
    await approve(id);
    await carriedOut(id);
  });

  it('that breaks down in the middle of a file leaves it whole, does the others, and goes on later', async () => {
    const files = [await gaveUp(), await gaveUp(), await gaveUp()];
    const [, broken] = files;
    const before = await bytesOf(broken?.personId ?? '');
    // The erasure log is written last.
    await scenario.service.sql(`
      create function break_down() returns trigger language plpgsql as $$
      begin if new.person_id = '${broken?.personId}' then raise 'broken down'; end if; return new; end $$`);
    await scenario.service.sql(
      'create trigger break_down before insert on erasure for each row execute function break_down()',
    );
    const id = await propose();
    await approve(id);
    await scenario.service.eventually(async () =>
      expect((await listed(id)).map(({ outcome }) => outcome).sort()).toEqual(['ERASED', 'ERASED', null]),
    );
    expect(await bytesOf(broken?.personId ?? '')).toBe(before);
    expect(await scenario.get(`/persons/${broken?.personId}`, desk)).toMatchObject({ status: 200 });
    await scenario.service.sql('drop trigger break_down on erasure');
    expect(await carriedOut(id)).toMatchObject({ erased: 3, kept: 0 });
    expect(await bytesOf(broken?.personId ?? '')).toBe(0);
  });
});

describe('a request for erasure', () => {
  const ask = async (personId: string): Promise<string> =>
    idOf(await scenario.twice(`/persons/${personId}/erasure-requests`, desk, { receivedOn: '2026-01-15' }));

  it('is granted by another when nothing has to be kept, for all records of the person', async () => {
    const [personId, duplicateId] = [await scenario.person(), await scenario.person()];
    const merging = { duplicateId, duplicateVersion: 1, evidence: 'OWN_STATEMENT', reason: 'Ta sama.' };
    await scenario.post(`/persons/${personId}/merge`, organiser, merging, 1);
    const members = [{ personId, relation: 'REFERENCE', from: '2026-01-01' }];
    const other = { personId: await scenario.person(), relation: 'CHILD', from: '2026-01-01' };
    const householdId = idOf(await scenario.post('/households', desk, { members: [...members, other] }));
    const id = await ask(personId);
    expect(await scenario.get(`/erasure-requests/${id}`, auditor)).toMatchObject({
      body: { state: 'RECEIVED', answerBy: '2026-02-16' },
    });
    expect(
      problemOf(await scenario.post(`/persons/${personId}/erasure-requests`, desk, { receivedOn: '2026-01-16' })),
    ).toEqual([409, 'erasure-request-open']);
    expect(
      problemOf(await scenario.post(`/erasure-requests/${id}/grant`, { ...director, sub: desk.sub }, {}, 1)),
    ).toEqual([403, 'own-erasure-request']);
    expect((await scenario.twice(`/erasure-requests/${id}/grant`, director, {}, 1)).status).toBe(200);
    for (const record of [personId, duplicateId]) {
      expect(await bytesOf(record)).toBe(0);
      expect(problemOf(await scenario.get(`/persons/${record}`, desk))).toEqual([404, 'data-erased']);
    }
    expect((await scenario.get(`/households/${householdId}`, desk)).body['members']).toEqual([
      expect.objectContaining({ personId: other.personId }),
    ]);
    expect(await scenario.facts(id)).toEqual(['erasure-request.received', 'erasure-request.decided']);
    expect(
      await scenario.service.sql('select from person_match where person_id = any ($1)', [[personId, duplicateId]]),
    ).toEqual([]);
  });

  it('is refused while something has to be kept, and nothing is lost', async () => {
    const { personId } = await gaveUp(1);
    const id = await ask(personId);
    const before = await bytesOf(personId);
    expect(problemOf(await scenario.post(`/erasure-requests/${id}/grant`, director, {}, 1))).toEqual([
      422,
      'must-be-kept',
    ]);
    expect(
      (await scenario.twice(`/erasure-requests/${id}/refusal`, organiser, { basis: 'ART_17_3_B' }, 1)).status,
    ).toBe(200);
    expect(await scenario.get(`/erasure-requests?personId=${personId}`, auditor)).toMatchObject({
      body: { items: [{ id, state: 'REFUSED', basis: 'ART_17_3_B' }] },
    });
    expect(await bytesOf(personId)).toBe(before);
  });

  const dueOf = async (id: string): Promise<Json | undefined> => {
    const { body } = await scenario.get('/worklist?limit=200', organiser);
    return (body['items'] as Json[]).find(({ subjectId }) => subjectId === id);
  };
  const askedOn = async (receivedOn: string): Promise<string> =>
    idOf(await scenario.post(`/persons/${await scenario.person()}/erasure-requests`, desk, { receivedOn }));

  it('stands in the worklist of the unit until it is answered, late once its month is over', async () => {
    const [late, fresh] = [await askedOn('2026-01-15'), await askedOn(today)];
    expect(await dueOf(late)).toMatchObject({ kind: 'ERASURE_ANSWER', bucket: 'LATE', dueOn: '2026-02-16' });
    expect(await dueOf(fresh)).toMatchObject({
      bucket: 'LATER',
      dueOn: nextWorkingDay(addMonths(today, 1)),
      awaited: 'CENTRE',
      basis: 'GDPR art. 12(3)',
      // Partners hear of deadlines: not of whom.
      personId: null,
    });
    const missed = await scenario.service.eventually(async () => {
      const [row] = await scenario.service.sql<{ event: string }>(
        `select event from outbox_history where event::text like '%deadline.missed%' and event::text like '%' || $1 || '%'`,
        [late],
      );
      expect(row).toBeDefined();
      return row?.event;
    });
    expect(missed).not.toContain('personId');
    await scenario.post(`/erasure-requests/${fresh}/refusal`, organiser, { basis: 'ART_17_3_B' }, 1);
    await scenario.post(`/erasure-requests/${late}/grant`, director, {}, 1);
    expect([await dueOf(fresh), await dueOf(late)]).toEqual([undefined, undefined]);
  });

  it('may take two months more, once, when the person was told why within the first', async () => {
    const asked = addDays(today, -20);
    const id = await askedOn(asked);
    const prolong = (informedOn: string, version: number) =>
      scenario.twice(`/erasure-requests/${id}/prolongation`, organiser, { reason: 'COMPLEXITY', informedOn }, version);
    expect(problemOf(await prolong(addDays(asked, -1), 1))).toEqual([422, 'told-too-late']);
    expect(problemOf(await prolong(addDays(today, 1), 1))[0]).toBe(422);
    expect((await prolong(today, 1)).body).toEqual({ id, version: 2 });
    const answerBy = nextWorkingDay(addMonths(asked, 3));
    expect((await scenario.get(`/erasure-requests/${id}`, auditor)).body).toMatchObject({
      answerBy,
      prolongedFor: 'COMPLEXITY',
      informedOn: today,
    });
    expect(await dueOf(id)).toMatchObject({ bucket: 'LATER', dueOn: answerBy });
    expect(problemOf(await prolong(today, 2))).toEqual([409, 'wrong-state']);
    expect(await scenario.service.published('cases.erasure-request.prolonged.v1', id)).toMatchObject({
      data: { reason: 'COMPLEXITY', informedOn: today, answerBy },
    });

    const tooLate = await askedOn('2026-01-15');
    const body = { reason: 'NUMBER_OF_REQUESTS', informedOn: '2026-02-17' };
    expect(problemOf(await scenario.post(`/erasure-requests/${tooLate}/prolongation`, organiser, body, 1))).toEqual([
      422,
      'told-too-late',
    ]);
  });
});

describe('whoever has been erased', () => {
  let personId: string;
  beforeAll(async () => {
    personId = await scenario.person();
    await scenario.post(`/persons/${personId}/contact`, desk, contact, 0);
    const request = await scenario.post(`/persons/${personId}/erasure-requests`, desk, { receivedOn: '2026-01-15' });
    await scenario.post(`/erasure-requests/${idOf(request)}/grant`, director, {}, 1);
  });

  it.each<[string, (id: string) => Promise<Awaited<ReturnType<Scenario['post']>>>]>([
    ['has no contact', (id) => scenario.post(`/persons/${id}/contact`, desk, contact, 0)],
    ['does not move', (id) => scenario.post(`/persons/${id}/departure`, desk, { leftOn: '2026-01-15' }, 2)],
    ['is held by nothing', (id) => scenario.post('/legal-holds', organiser, { personId: id, kind: 'AUDIT' })],
    ['asks for nothing', (id) => scenario.post(`/persons/${id}/erasure-requests`, desk, { receivedOn: '2026-01-15' })],
    ['is kept no longer', (id) => scenario.get(`/persons/${id}/retention`, auditor)],
    [
      'belongs to no household',
      (id) =>
        scenario.post('/households', desk, { members: [{ personId: id, relation: 'REFERENCE', from: '2026-01-01' }] }),
    ],
  ])('%s', async (_, call) => expect(problemOf(await call(personId))).toEqual([404, 'data-erased']));

  it('is not found by name, and stays in no message that was under way', async () => {
    const search = { familyName: 'Łoś', givenName: 'Żaneta', birthDate: '1950-05-14' };
    expect((await scenario.post('/persons/search', coordinator, search)).body).toEqual({ items: [] });
    const rows = await scenario.service.sql<{ event: string }>(
      `select event from outbox_history where aggregate_type = 'person-contact' and aggregate_id = $1`,
      [personId],
    );
    expect(rows.map(({ event }) => (JSON.parse(event) as { data: unknown }).data)).toEqual([
      { recipient: 'erased....' },
    ]);
  });
});

describe('the erasure log', () => {
  it('played over a restored database makes everybody in it unreadable again', async () => {
    const { sql } = scenario.service;
    const { personId } = await gaveUp(0);
    const tables = ['person_key', ...sealedColumns.map(({ table }) => table)];
    for (const table of tables) await sql(`create table dump_of_${table} as table ${table}`);
    await aged(personId);
    const disposalId = await propose();
    await approve(disposalId);
    await carriedOut(disposalId);
    const log = await sql<{ personId: string; erasedAt: Date; basis: string }>(
      `select person_id as "personId", erased_at as "erasedAt", basis from erasure where person_id = $1`,
      [personId],
    );
    await restore(tables);
    await sql('alter table erasure disable trigger user');
    await sql('delete from erasure');
    expect(await scenario.get(`/persons/${personId}`, desk)).toMatchObject({ status: 200, body: { terc: gmina } });
    const url = scenario.service.database.app;
    const database = await dataSource({ url, mappings: [], migrations: [], name: 'test' }).initialize();
    try {
      for (let time = 0; time < 2; time += 1) expect(await replayErasures(database, log, erase)).toBe(1);
    } finally {
      await database.destroy();
    }
    expect(await bytesOf(personId)).toBe(0);
    expect(problemOf(await scenario.get(`/persons/${personId}`, desk))).toEqual([404, 'data-erased']);
    expect(await sql('select person_id as "personId", erased_at as "erasedAt", basis from erasure')).toEqual(log);
  });

  /** As they were when the dump was taken. */
  async function restore(tables: readonly string[]): Promise<void> {
    const { sql } = scenario.service;
    const constraints = await sql<{ table: string; name: string }>(
      `select conrelid::regclass::text as table, conname as name from pg_constraint
       where contype = 'f' and connamespace = current_schema()::regnamespace and confrelid::regclass::text = any ($1)`,
      [tables],
    );
    for (const { table, name } of constraints) await sql(`alter table ${table} drop constraint ${name}`);
    for (const table of tables) {
      await sql(`alter table ${table} disable trigger user`);
      await sql(`delete from ${table}`);
      await sql(`insert into ${table} select * from dump_of_${table}`);
    }
  }
});
