import { desk, idOf, Scenario } from '../scenario';

let scenario: Scenario;
beforeAll(async () => (scenario = await Scenario.start()), 60_000);
afterAll(() => scenario.stop());

describe('the index of names', () => {
  const person = async (familyName: string, birthDate?: string): Promise<string> =>
    idOf(
      await scenario.post('/persons', desk, {
        givenName: 'Anna',
        familyName,
        terc: '2861011',
        ...(birthDate === undefined ? {} : { birthDate }),
      }),
    );
  const indexOf = (ids: readonly string[]): Promise<object[]> =>
    scenario.service.sql(
      `select person_id as id, kind, encode(index, 'hex') as index from person_match where person_id = any ($1)
       order by 1, 2, 3`,
      [ids],
    );

  it('is completed at the start with those it lacks, also by two replicas at once, and without who was erased', async () => {
    const ids: string[] = [];
    for (let n = 0; n < 110; n += 1) ids.push(await person('Łoś-Kowal', '1951-02-03'));
    const [known = '', erased = ''] = ids;
    const [undated, kept] = [await person('Sowa'), await person('Kos', '1950-01-01')];
    const before = await indexOf([...ids, kept]);
    await scenario.service.sql('delete from person_match where person_id = any ($1) and person_id <> $2', [ids, kept]);
    await scenario.service.sql('update person_key set wrapped = null, destroyed_at = now() where person_id = $1', [
      erased,
    ]);
    const replicas = await Promise.all([scenario.service.replica(), scenario.service.replica()]);
    const expected = before.filter((row) => (row as { id: string }).id !== erased);
    await scenario.service.eventually(async () => expect(await indexOf([...ids, kept, undated])).toEqual(expected));
    await Promise.all(replicas.map((replica) => replica.stop()));
    expect(await indexOf([...ids, kept, undated])).toEqual(expected);
    expect(await scenario.accesses(known)).toContainEqual(
      expect.objectContaining({ act: 'WRITE', actor: 'urn:okienko:cases', groups: ['IDENTITY'] }),
    );
    expect((await scenario.accesses(kept)).map(({ actor }) => actor)).toEqual([desk.sub]);
  }, 60_000);
});
