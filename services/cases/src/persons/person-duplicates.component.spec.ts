import { coordinator, desk, director, gmina, idOf, problemOf, Scenario } from '../scenario';

let scenario: Scenario;
beforeAll(async () => (scenario = await Scenario.start()), 60_000);
afterAll(() => scenario.stop());

let days = 0;
/** Of another day of birth each time, so that tests do not propose each other's people. */
const birthDate = (): string => new Date(Date.UTC(1901, 0, 13 + (days += 1) * 31)).toISOString().slice(0, 10);
const named = (givenName: string, familyName: string, more: object = {}): object => ({
  givenName,
  familyName,
  terc: gmina,
  ...more,
});

describe('whoever is entered', () => {
  it('is compared with those who are known, however their names are written', async () => {
    const born = birthDate();
    const id = idOf(await scenario.post('/persons', desk, named('Олександр', 'Шевченко', { birthDate: born })));
    const body = named('Aleksandr', 'SZEWCZENKO', { birthDate: born });
    expect(await scenario.post('/persons/duplicates', desk, body)).toMatchObject({
      status: 200,
      body: { items: [{ id, version: 1, because: ['NAMES_AND_BIRTH_DATE'] }], elsewhere: 0 },
    });
    const registered = await scenario.twice('/persons', desk, body);
    expect(registered).toMatchObject({
      status: 201,
      body: { possibleDuplicates: [{ id, because: ['NAMES_AND_BIRTH_DATE'] }], possibleDuplicatesElsewhere: 0 },
    });
    expect(registered.body['id']).not.toBe(id);
    expect((await scenario.accesses(id)).map(({ act }) => act)).toEqual(['WRITE', 'SEARCH', 'SEARCH']);
  });

  it('is proposed with names or with day and month exchanged', async () => {
    const id = idOf(await scenario.post('/persons', desk, named('Żaneta', 'Łoś', { birthDate: '1902-04-03' })));
    const because = async (body: object): Promise<unknown> =>
      (await scenario.post('/persons/duplicates', desk, body)).body['items'];
    expect(await because(named('Los', 'Zaneta', { birthDate: '1902-04-03' }))).toEqual([
      { id, version: 1, because: ['NAMES_SWAPPED'] },
    ]);
    expect(await because(named('Żaneta', 'Łoś', { birthDate: '1902-03-04' }))).toEqual([
      { id, version: 1, because: ['DAY_AND_MONTH_SWAPPED'] },
    ]);
    expect(await because(named('Żaneta', 'Łoś', { birthDate: '1902-04-05' }))).toEqual([]);
    expect(await because(named('Żaneta', 'Łoś'))).toEqual([]);
  });

  it('is told of an identifier that is known, before it is refused', async () => {
    const identifier = { kind: 'PESEL', value: scenario.pesel() };
    const id = idOf(await scenario.post('/persons', desk, named('Ewa', 'Sowa', { identifier })));
    expect((await scenario.post('/persons/duplicates', desk, named('Ola', 'Kos', { identifier }))).body).toEqual({
      items: [{ id, version: 1, because: ['IDENTIFIER'] }],
      elsewhere: 0,
    });
    expect(problemOf(await scenario.post('/persons', desk, named('Ola', 'Kos', { identifier })))).toEqual([
      409,
      'person-already-registered',
    ]);
  });

  it('learns of another unit only how many there are', async () => {
    const born = birthDate();
    const body = named('Anna', 'Bąk', { birthDate: born });
    const id = idOf(await scenario.post('/persons', { ...desk, unit: 'north' }, body));
    expect((await scenario.post('/persons/duplicates', desk, body)).body).toEqual({ items: [], elsewhere: 1 });
    expect((await scenario.accesses(id)).map(({ act }) => act)).toEqual(['WRITE']);
  });

  it('is in the index as nothing that can be read or guessed without its key', async () => {
    const id = idOf(await scenario.post('/persons', desk, named('Żaneta', 'Łoś-Kowal', { birthDate: birthDate() })));
    const rows = await scenario.service.sql<{ kind: string; length: number }>(
      'select kind, length(index) as length from person_match where person_id = $1 order by kind',
      [id],
    );
    expect(rows).toEqual([
      { kind: 'FAMILY_NAME', length: 32 },
      { kind: 'FAMILY_NAME', length: 32 },
      { kind: 'NAMES', length: 32 },
      { kind: 'NAMES', length: 32 },
    ]);
  });
});

describe('the search by name', () => {
  it('wants the birth date, finds every spelling, and is logged', async () => {
    const born = birthDate();
    const id = idOf(await scenario.post('/persons', desk, named('Юлія', 'Ковальська', { birthDate: born })));
    const search = async (body: object): Promise<unknown> =>
      (await scenario.post('/persons/search', coordinator, body)).body['items'];
    expect(await search({ familyName: 'Kowalska', birthDate: born })).toEqual([{ id, version: 1 }]);
    expect(await search({ familyName: 'Kowalska', givenName: 'Julia', birthDate: born })).toEqual([{ id, version: 1 }]);
    expect(await search({ familyName: 'Kowalska', givenName: 'Ewa', birthDate: born })).toEqual([]);
    expect((await scenario.accesses(id)).map(({ act, actor }) => [act, actor])).toEqual([
      ['WRITE', desk.sub],
      ['SEARCH', coordinator.sub],
      ['SEARCH', coordinator.sub],
    ]);
  });

  it.each([
    {},
    { familyName: 'Kowalska' },
    { birthDate: '1902-04-03' },
    { givenName: 'Julia', birthDate: '1902-04-03' },
    { familyName: 'Kowalska', birthDate: null },
    { familyName: ['Kowalska'], birthDate: '1902-04-03' },
    { pesel: null },
  ])('is refused with %j', async (body) =>
    expect(problemOf(await scenario.post('/persons/search', desk, body))).toEqual([400, 'invalid-request']),
  );
});

describe('a correction of the identity', () => {
  const correct = (id: string, version: number, more: object): ReturnType<Scenario['twice']> =>
    scenario.twice(`/persons/${id}/identity`, desk, { reasonCode: 'DOCUMENT_SHOWN', ...more }, version);

  it('is found under what is known now, tells what changed and not to what', async () => {
    const born = birthDate();
    const contact = { email: 'ewa@example.org' };
    const id = idOf(await scenario.post('/persons', desk, named('Ewa', 'Nowak', { birthDate: born, contact })));
    const identifier = { kind: 'OTHER', country: 'UA', value: 'FB 777 001' };
    expect(await correct(id, 1, named('Ewa', 'Sikora', { birthDate: born, identifier }))).toMatchObject({
      status: 200,
      body: { id, version: 2 },
    });
    const event = await scenario.service.published('cases.person.identity-corrected.v1', id);
    expect(event.data).toEqual({ changed: ['NAMES', 'IDENTIFIER'], reasonCode: 'DOCUMENT_SHOWN', terc: gmina });
    const search = async (familyName: string): Promise<unknown> =>
      (await scenario.post('/persons/search', desk, { familyName, birthDate: born })).body['items'];
    expect(await search('Nowak')).toEqual([]);
    expect(await search('Sikora')).toEqual([{ id, version: 2 }]);
    expect(await scenario.get(`/persons/${id}`, desk)).toMatchObject({
      body: { familyName: 'Sikora', identifier, birthDate: born, contact, contactVersion: 2 },
    });
  });

  it('is of something, by whoever has read it, and never to the identifier of another', async () => {
    const identifier = { kind: 'PESEL', value: scenario.pesel() };
    await scenario.post('/persons', desk, named('Jan', 'Kos', { identifier }));
    const id = idOf(await scenario.post('/persons', desk, named('Ewa', 'Kos')));
    expect(problemOf(await correct(id, 1, named('Ewa', 'Kos')))).toEqual([422, 'nothing-to-correct']);
    expect(problemOf(await correct(id, 7, named('Ewa', 'Sowa')))).toEqual([412, 'stale-version']);
    expect(problemOf(await correct(id, 1, named('Ewa', 'Kos', { identifier })))).toEqual([
      409,
      'person-already-registered',
    ]);
    expect(problemOf(await correct(id, 1, named('Ewa', 'Kos', { reasonCode: 'because' })))).toEqual([
      400,
      'invalid-request',
    ]);
    expect(problemOf(await scenario.post(`/persons/${id}/identity`, director, {}, 1))).toEqual([403, 'not-allowed']);
    expect(await scenario.facts(id)).toEqual(['person.registered']);
  });
});
