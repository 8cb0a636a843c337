import { randomUUID } from 'node:crypto';
import { gmina, desk, director, idOf, type Json, operator, organiser, problemOf, Scenario } from '../scenario';
import { done, imported, nameOf, reportOf, send, source } from './import-scenario';

jest.setTimeout(60_000);
let scenario: Scenario;
beforeAll(async () => (scenario = await Scenario.start()), 60_000);
afterAll(() => scenario.stop());

let serial = 0;
const newId = (): string => `M-${(serial += 1)}`;
const person = (more: Json = {}): Json => ({
  externalId: newId(),
  pesel: scenario.pesel(),
  givenName: 'Żaneta',
  familyName: nameOf(serial),
  terc: gmina,
  ...more,
});
const counts = (more: Json): Json => ({
  CREATED: 0,
  UNCHANGED: 0,
  LINKED: 0,
  DUPLICATE_PROPOSED: 0,
  REFUSED: 0,
  ...more,
});
const everything = (): Promise<Json[]> =>
  scenario.service.sql(
    `select (select count(*)::int from person) as persons, (select count(*)::int from imported) as imported,
            (select count(*)::int from outbox where subject not like '%.import.%') as events`,
  );

describe('an import of persons', () => {
  it('registers them as the desk would, and keeps nothing of the file but its digest', async () => {
    const one = person({ email: 'zaneta@example.pl', language: 'uk' });
    const rows = [
      one,
      person({ pesel: null, otherIdentifier: 'AB 123456', identifierCountry: 'UA', birthDate: '1950-02-03' }),
    ];
    const key = randomUUID();
    const answer = await send(scenario, 'PERSONS', rows, { key });
    const id = idOf(answer);
    expect(await send(scenario, 'PERSONS', rows, { key })).toMatchObject({ status: 201, body: answer.body });
    expect(await done(scenario, id)).toMatchObject({
      kind: 'PERSONS',
      source,
      dryRun: false,
      rows: 2,
      counts: counts({ CREATED: 2 }),
      startedBy: director.sub,
      rowsPerSecond: expect.any(Number),
    });
    const [first] = await reportOf(scenario, id);
    expect(first).toEqual({
      row: 1,
      externalId: one['externalId'],
      outcome: 'CREATED',
      code: null,
      field: null,
      subjectId: expect.any(String),
      duplicates: [],
    });
    const personId = first?.subjectId ?? '';
    expect((await scenario.post('/persons/search', desk, { pesel: one['pesel'] })).body).toEqual({
      items: [{ id: personId, version: 1 }],
    });
    expect((await scenario.get(`/persons/${personId}`, desk)).body).toMatchObject({
      givenName: 'Żaneta',
      terc: gmina,
      unit: 'main',
      birthDate: '1844-05-14',
      contact: { email: 'zaneta@example.pl', language: 'uk', form: 'STANDARD' },
    });
    expect(await scenario.facts(personId)).toEqual(['person.registered', 'person-contact.changed']);
    expect((await scenario.accesses(personId))[0]).toMatchObject({
      act: 'WRITE',
      actor: director.sub,
      groups: ['IDENTITY', 'CONTACT'],
    });
    expect(await scenario.facts(id)).toEqual(['import.started', 'import.completed']);
    expect((await scenario.service.published('cases.import.completed.v1', id)).data).toEqual({
      kind: 'PERSONS',
      source,
      dryRun: false,
      created: 2,
      unchanged: 0,
      linked: 0,
      duplicatesProposed: 0,
      refused: 0,
    });
    expect(
      await scenario.service.sql('select count(content)::int as kept from import_row where import_id = $1', [id]),
    ).toEqual([{ kept: 0 }]);
    expect(await scenario.service.sql('select wrapped from person_key where person_id = $1', [id])).toEqual([
      { wrapped: null },
    ]);
    expect(await scenario.accesses(id)).toMatchObject([
      { act: 'WRITE', actor: director.sub, groups: ['IMPORT'] },
      { act: 'READ' },
    ]);
  });

  it('changes nothing the second time, and never overwrites', async () => {
    const rows = [person(), person(), person()];
    await imported(scenario, 'PERSONS', rows);
    const before = await everything();
    expect((await imported(scenario, 'PERSONS', rows)).map(({ outcome }) => outcome)).toEqual([
      'UNCHANGED',
      'UNCHANGED',
      'UNCHANGED',
    ]);
    const changed = [{ ...rows[0], givenName: 'Ewa' }];
    expect(await imported(scenario, 'PERSONS', changed)).toMatchObject([{ outcome: 'REFUSED', code: 'changed-since' }]);
    expect(await everything()).toEqual(before);
  });

  it('links whom the desk knows by the number, and proposes those of like names', async () => {
    const pesel = scenario.pesel();
    const known = { givenName: 'Halina', familyName: 'Śnieg', terc: gmina };
    const numbered = idOf(
      await scenario.post('/persons', desk, { ...known, identifier: { kind: 'PESEL', value: pesel } }),
    );
    const named = idOf(
      await scenario.post('/persons', desk, { ...known, givenName: 'Bożena', birthDate: '1951-06-07' }),
    );
    const rows = [
      person({ pesel, givenName: 'Inaczej' }),
      person({ pesel: null, givenName: 'BOZENA', familyName: 'Sznieg', birthDate: '1951-06-07' }),
    ];
    const [linked, proposed] = await imported(scenario, 'PERSONS', rows);
    expect(linked).toMatchObject({ outcome: 'LINKED', subjectId: numbered });
    expect(proposed).toMatchObject({ outcome: 'DUPLICATE_PROPOSED', duplicates: [named] });
    expect((await scenario.get(`/persons/${numbered}`, desk)).body).toMatchObject({ givenName: 'Halina', version: 1 });
    expect((await scenario.accesses(named)).map(({ act }) => act)).toEqual(['WRITE', 'SEARCH']);
  });

  it('refuses a row for its fault and its column, and no other', async () => {
    const twice = newId();
    const faulty: [Json, string, string | null][] = [
      [person({ pesel: '12345678901' }), 'pesel-invalid', 'pesel'],
      [person({ terc: '28' }), 'field-wrong', 'terc'],
      [person({ givenName: '' }), 'field-wrong', 'givenName'],
      [person({ birthDate: '1844-02-30' }), 'field-wrong', 'birthDate'],
      [person({ birthDate: '1990-01-01' }), 'birth-date-wrong', 'birthDate'],
      [person({ phone: '123' }), 'field-wrong', 'phone'],
      [person({ pesel: null, otherIdentifier: 'X1' }), 'field-wrong', 'identifierCountry'],
      [person({ externalId: twice }), 'external-id-repeated', null],
      [person({ externalId: twice }), 'external-id-repeated', null],
      [person({ externalId: scenario.pesel() }), 'external-id-wrong', null],
    ];
    const good = [person(), person()];
    const before = await scenario.service.sql<{ count: number }>('select count(*)::int as count from person');
    const report = await imported(scenario, 'PERSONS', [
      good[0] as Json,
      ...faulty.map(([row]) => row),
      good[1] as Json,
    ]);
    expect(report.map(({ outcome, code, field }) => [outcome, code, field])).toEqual([
      ['CREATED', null, null],
      ...faulty.map(([, code, field]) => ['REFUSED', code, field]),
      ['CREATED', null, null],
    ]);
    expect(report[10]?.externalId).toBeNull();
    expect(await scenario.service.sql('select count(*)::int as count from person')).toEqual([
      { count: (before[0]?.count ?? 0) + 2 },
    ]);
    expect(JSON.stringify(report)).not.toContain('Żaneta');
  });

  it('tried, changes nothing and leaves nobody locked out', async () => {
    const rows = [person(), person({ terc: 'x' })];
    const before = await everything();
    const tried = await imported(scenario, 'PERSONS', rows, { dryRun: true });
    expect(await everything()).toEqual(before);
    expect(tried).toMatchObject([
      { outcome: 'CREATED', subjectId: null },
      { outcome: 'REFUSED', field: 'terc' },
    ]);
    expect(await imported(scenario, 'PERSONS', rows)).toMatchObject([
      { outcome: 'CREATED' },
      { outcome: 'REFUSED', field: 'terc' },
    ]);
  });
});

describe('the file of an import', () => {
  it.each([
    ['no rows', '[]', [422, 'import-unreadable']],
    [
      'an unknown column',
      [{ externalId: 'X', givenName: 'a', familyName: 'b', terc: gmina, kwota: 5 }],
      [422, 'import-columns-wrong'],
    ],
    ['a column missing', 'externalId;givenName\nK;a', [422, 'import-columns-wrong']],
  ])('is refused with %s, and nothing is kept', async (_, file, problem) => {
    const before = await scenario.service.sql('select count(*) from data_import');
    expect(problemOf(await send(scenario, 'PERSONS', file))).toEqual(problem);
    expect(await scenario.service.sql('select count(*) from data_import')).toEqual(before);
  });

  it('is in another unit only where its starter sees that', async () => {
    expect(problemOf(await send(scenario, 'PERSONS', [person()], { as: operator, more: '&unit=north' }))).toEqual([
      404,
      'not-found',
    ]);
    const id = idOf(await send(scenario, 'PERSONS', [person()], { more: '&unit=north' }));
    expect(await done(scenario, id)).toMatchObject({ unit: 'north' });
    expect(problemOf(await scenario.get(`/imports/${id}`, operator))).toEqual([404, 'not-found']);
    expect(problemOf(await scenario.get(`/imports/${id}/rows`, operator))).toEqual([404, 'not-found']);
    expect(await scenario.get(`/imports/${id}/rows?outcome=CREATED&limit=1`, organiser)).toMatchObject({
      body: { items: [{ row: 1 }] },
    });
    expect((await scenario.get(`/imports/${id}/rows?outcome=REFUSED`, organiser)).body).toEqual({ items: [] });
    const [report] = await reportOf(scenario, id);
    expect(problemOf(await scenario.get(`/persons/${report?.subjectId}`, desk))).toEqual([404, 'not-found']);
    expect(await scenario.get(`/persons/${report?.subjectId}`, { ...desk, unit: 'north' })).toMatchObject({
      status: 200,
    });
  });

  it('comes as a template that can be sent back', async () => {
    const { body, headers, status } = await scenario.get('/imports/templates/PERSONS', operator);
    expect([status, headers.get('content-type')]).toEqual([200, expect.stringContaining('text/csv')]);
    expect(await imported(scenario, 'PERSONS', String(body))).toMatchObject([{ row: 2, outcome: 'CREATED' }]);
    expect(problemOf(await scenario.get('/imports/templates/BENEFITS', operator))).toEqual([404, 'not-found']);
  });
});
