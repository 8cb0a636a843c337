import { open } from '@okienko/privacy/sealed-payload';
import { coordinator, desk, director, gmina, idOf, problemOf, Scenario } from '../scenario';

let scenario: Scenario;
beforeAll(async () => (scenario = await Scenario.start()), 60_000);
afterAll(() => scenario.stop());

const contact = { email: 'zaneta@example.org', phone: '+48551234567', language: 'uk', form: 'ETR' };
const named = (more: object = {}): object => ({ givenName: 'Żaneta', familyName: 'Łoś-Kowal', terc: gmina, ...more });

describe('registering a person', () => {
  it('says so in an event that holds the gmina and nothing that is personal', async () => {
    const pesel = scenario.pesel();
    const id = idOf(await scenario.post('/persons', desk, named({ identifier: { kind: 'PESEL', value: pesel } })));
    const event = await scenario.service.published('cases.person.registered.v1', id);
    expect(event).toMatchObject({ sequence: '0000000001', gmina, data: { terc: gmina } });
    expect(JSON.stringify(event)).not.toMatch(new RegExp(`${pesel}|Żaneta|Łoś`));
  });

  it('keeps what tells who they are as ciphertext, readable through the API alone', async () => {
    const pesel = scenario.pesel();
    const id = idOf(
      await scenario.post('/persons', desk, named({ identifier: { kind: 'PESEL', value: pesel }, contact })),
    );
    const [row] = await scenario.service.sql<{ text: string }>(
      `select encode(identifier || given_name || family_name || birth_date || (select contact from person_contact c where c.id = p.id), 'escape') as text
       from person p where id = $1`,
      [id],
    );
    expect(row?.text).not.toMatch(new RegExp(`${pesel}|aneta|Kowal|1844|example`));
    expect(await scenario.get(`/persons/${id}`, coordinator)).toMatchObject({
      status: 200,
      body: {
        id,
        version: 1,
        givenName: 'Żaneta',
        familyName: 'Łoś-Kowal',
        identifier: { kind: 'PESEL', value: pesel },
        birthDate: '1844-05-14',
        contact,
        contactVersion: 1,
      },
    });
  });

  it('happens once for an identifier, however many desks register the person at the same time', async () => {
    const identifier = { kind: 'PESEL', value: scenario.pesel() };
    const answers = await Promise.all(
      Array.from({ length: 8 }, () => scenario.post('/persons', desk, named({ identifier }))),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409, 409, 409, 409, 409, 409, 409]);
    expect(answers.filter(({ status }) => status === 409).map(problemOf)).toEqual(
      Array(7).fill([409, 'person-already-registered']),
    );
  });

  it('takes two foreign identifiers for one when they differ in spaces only, and for two when they are of two countries', async () => {
    const other = (country: string, value: string): object => named({ identifier: { kind: 'OTHER', country, value } });
    idOf(await scenario.post('/persons', desk, other('UA', 'FB 123456')));
    expect(problemOf(await scenario.post('/persons', desk, other('UA', 'fb123456')))).toEqual([
      409,
      'person-already-registered',
    ]);
    idOf(await scenario.post('/persons', desk, other('DE', 'FB123456')));
  });

  it('answers a repeated request as before and registers nobody twice', async () => {
    const key = crypto.randomUUID();
    const body = named({ identifier: { kind: 'PESEL', value: scenario.pesel() } });
    const first = await scenario.post('/persons', desk, body, undefined, { key });
    const again = await scenario.post('/persons', desk, body, undefined, { key });
    expect([again.status, again.body]).toEqual([201, first.body]);
    expect(problemOf(await scenario.post('/persons', desk, named(), undefined, { key }))).toEqual([
      422,
      'idempotency-key-reused',
    ]);
    expect(await scenario.facts(first.body['id'] as string)).toEqual(['person.registered']);
  });

  it.each([
    ['a wrong check digit', { identifier: { kind: 'PESEL', value: '44051401358' } }, [422, 'pesel-invalid']],
    [
      'a birth date that the PESEL contradicts',
      { identifier: { kind: 'PESEL', value: '44051401359' }, birthDate: '1944-05-15' },
      [422, 'birth-date-wrong'],
    ],
    ['a birth date to come', { birthDate: '2199-01-01' }, [422, 'birth-date-wrong']],
    [
      'a foreign identifier without its country',
      { identifier: { kind: 'OTHER', value: 'X1' } },
      [400, 'invalid-request'],
    ],
    ['an unknown property', { religion: 'x' }, [400, 'invalid-request']],
  ])('is refused with %s', async (_, wrong, problem) => {
    expect(problemOf(await scenario.post('/persons', desk, named(wrong)))).toEqual(problem);
  });

  it.each([
    null,
    [],
    'x',
    7,
    [null],
    { contact: [] },
    { contact: 'x' },
    { identifier: null, givenName: 'A', familyName: 'B', terc: [] },
  ])('is refused politely with the body %j', async (body) =>
    expect((await scenario.post('/persons', desk, body)).status).toBe(400),
  );

  it('is for the desk and the coordinator, with an Idempotency-Key', async () => {
    expect(problemOf(await scenario.post('/persons', director, named()))).toEqual([403, 'not-allowed']);
    expect(problemOf(await scenario.post('/persons', desk, named(), undefined, { key: null }))).toEqual([
      400,
      'idempotency-key-required',
    ]);
  });
});

describe('contact details', () => {
  it('leave sealed, for the notifications service to open', async () => {
    const id = idOf(await scenario.post('/persons', desk, named({ contact })));
    const event = await scenario.service.published<{ recipient: string }>('cases.person-contact.changed.v1', id);
    expect(await open(scenario.notificationsKey.privateJwk, event.data.recipient)).toEqual({
      personId: id,
      name: 'Żaneta Łoś-Kowal',
      ...contact,
    });
    expect(JSON.stringify(event)).not.toMatch(/zaneta|551234567|Łoś/);
  });

  it('may come later, and change by their own version', async () => {
    const id = await scenario.person();
    expect(await scenario.post(`/persons/${id}/contact`, desk, { email: 'a@example.org' }, 0)).toMatchObject({
      status: 200,
      body: { id, version: 1 },
    });
    expect(await scenario.post(`/persons/${id}/contact`, desk, { phone: '+48221234567' }, 1)).toMatchObject({
      status: 200,
      body: { version: 2 },
    });
    const { body } = await scenario.get(`/persons/${id}`, desk);
    expect(body).toMatchObject({
      contactVersion: 2,
      contact: { phone: '+48221234567', language: 'pl', form: 'STANDARD' },
    });
    expect(body['contact']).not.toHaveProperty('email');
  });

  it('are not overwritten by somebody who has not read them', async () => {
    const id = idOf(await scenario.post('/persons', desk, named({ contact })));
    expect(problemOf(await scenario.post(`/persons/${id}/contact`, desk, {}, 0))).toEqual([412, 'stale-version']);
    expect(problemOf(await scenario.post(`/persons/${id}/contact`, desk, {}))).toEqual([428, 'version-required']);
    expect(problemOf(await scenario.post(`/persons/${id}/contact`, desk, { phone: '551' }, 1))).toEqual([
      400,
      'invalid-request',
    ]);
  });
});

describe('the access log', () => {
  it('has a row for every write, read and search, with who and what for', async () => {
    const pesel = scenario.pesel();
    const id = idOf(
      await scenario.post('/persons', desk, named({ identifier: { kind: 'PESEL', value: pesel }, contact })),
    );
    await scenario.get(`/persons/${id}`, coordinator, { 'Okienko-Purpose': 'COMPLAINT' });
    expect(await scenario.post('/persons/search', desk, { pesel })).toMatchObject({
      status: 200,
      body: { items: [{ id, version: 1 }] },
    });
    expect(await scenario.accesses(id)).toMatchObject([
      { act: 'WRITE', actor: 'desk-anna', purpose: 'CASE_WORK', groups: ['IDENTITY', 'CONTACT'] },
      { act: 'READ', actor: 'kipus-ewa', purpose: 'COMPLAINT', groups: ['IDENTITY', 'CONTACT'] },
      { act: 'SEARCH', actor: 'desk-anna', purpose: 'CASE_WORK', groups: ['IDENTITY'] },
    ]);
  });

  it('has a row for each repetition of a search, whatever key it is sent under', async () => {
    const pesel = scenario.pesel();
    const id = idOf(await scenario.post('/persons', desk, named({ identifier: { kind: 'PESEL', value: pesel } })));
    const key = crypto.randomUUID();
    for (let n = 0; n < 2; n += 1) await scenario.post('/persons/search', desk, { pesel }, undefined, { key });
    expect((await scenario.accesses(id)).map(({ act }) => act)).toEqual(['WRITE', 'SEARCH', 'SEARCH']);
  });

  it('is a condition of reading: what cannot be logged is not shown', async () => {
    const id = await scenario.person();
    await scenario.service.sql(
      'alter table access_log add constraint full_disk check (person_id <> $$' + id + '$$) not valid',
    );
    expect(await scenario.get(`/persons/${id}`, desk)).toMatchObject({ status: 500 });
    await scenario.service.sql('alter table access_log drop constraint full_disk');
    expect(await scenario.get(`/persons/${id}`, desk)).toMatchObject({ status: 200 });
  });

  it('cannot be changed, not even by the role that owns it', async () => {
    await scenario.person();
    await expect(scenario.service.sql("update access_log set purpose = 'X'")).rejects.toThrow('append-only');
    await expect(scenario.service.sql('delete from access_log')).rejects.toThrow('append-only');
  });

  it('asks for a purpose that is a code', async () => {
    const id = await scenario.person();
    expect(problemOf(await scenario.get(`/persons/${id}`, desk, { 'Okienko-Purpose': 'because I say so' }))).toEqual([
      400,
      'purpose-malformed',
    ]);
  });
});

describe('a person whose key has been destroyed', () => {
  it('can be neither read nor added to', async () => {
    const id = await scenario.person();
    await scenario.service.sql('update person_key set wrapped = null, destroyed_at = now() where person_id = $1', [id]);
    expect(problemOf(await scenario.get(`/persons/${id}`, desk))).toEqual([404, 'data-erased']);
    expect(problemOf(await scenario.post(`/persons/${id}/contact`, desk, {}, 0))).toEqual([404, 'data-erased']);
  });
});

describe('a person of another unit', () => {
  it('is nobody to a coordinator, in get and in search, and somebody to the director', async () => {
    const pesel = scenario.pesel();
    const north = { ...desk, unit: 'north' };
    const id = idOf(await scenario.post('/persons', north, named({ identifier: { kind: 'PESEL', value: pesel } })));
    expect(problemOf(await scenario.get(`/persons/${id}`, coordinator))).toEqual([404, 'not-found']);
    expect(await scenario.post('/persons/search', coordinator, { pesel })).toMatchObject({ body: { items: [] } });
    expect(problemOf(await scenario.post(`/persons/${id}/contact`, desk, {}, 7))).toEqual([404, 'not-found']);
    expect(await scenario.get(`/persons/${id}`, director)).toMatchObject({ status: 200 });
    expect(await scenario.get(`/persons/${id}`, { ...coordinator, unit: 'north' })).toMatchObject({ status: 200 });
  });
});
