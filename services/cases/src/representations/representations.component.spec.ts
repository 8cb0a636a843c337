import { addDays } from '@okienko/contracts/calendar';
import { dataSource } from '@okienko/messaging/data-source';
import { coordinator, desk, idOf, organiser, problemOf, Scenario, today } from '../scenario';
import { representationOn } from './representation-on';

let scenario: Scenario;
beforeAll(async () => (scenario = await Scenario.start()), 60_000);
afterAll(() => scenario.stop());

async function pair(): Promise<{ personId: string; representativeId: string }> {
  return { personId: await scenario.person(), representativeId: await scenario.person() };
}
const guardian = { basis: 'GUARDIAN', ruling: 'III RNs 7/26', validFrom: addDays(today, -30) };

describe('a representation', () => {
  it('is recorded and ended, with the ruling readable through the API alone', async () => {
    const both = await pair();
    const id = idOf(await scenario.twice('/representations', desk, { ...both, ...guardian }));
    const event = await scenario.service.published('cases.representation.recorded.v1', id);
    expect(event.data).toEqual({ ...both, role: 'STATUTORY_REPRESENTATIVE', validFrom: guardian.validFrom });
    const [row] = await scenario.service.sql<{ ruling: string }>(
      "select encode(ruling, 'escape') as ruling from representation where id = $1",
      [id],
    );
    expect(row?.ruling).not.toContain('RNs');
    expect(await scenario.get(`/representations/${id}`, coordinator)).toMatchObject({
      body: { ...both, ...guardian, role: 'STATUTORY_REPRESENTATIVE', endedOn: null, recordedBy: desk.sub },
    });
    expect(await scenario.twice(`/representations/${id}/end`, desk, { endedOn: today }, 1)).toMatchObject({
      status: 200,
      body: { version: 2 },
    });
    expect(problemOf(await scenario.post(`/representations/${id}/end`, desk, { endedOn: today }, 2))).toEqual([
      409,
      'wrong-state',
    ]);
    expect(await scenario.facts(id)).toEqual(['representation.recorded', 'representation.ended']);
    for (const personId of Object.values(both))
      expect((await scenario.accesses(personId)).map(({ act }) => act)).toEqual(['WRITE', 'WRITE', 'READ', 'WRITE']);
  });

  it('is listed by either person, to whom it may be shown', async () => {
    const both = await pair();
    const id = idOf(await scenario.post('/representations', desk, { ...both, ...guardian }));
    for (const [whose, personId] of Object.entries(both))
      expect((await scenario.get(`/representations?${whose}=${personId}`, desk)).body['items']).toMatchObject([{ id }]);
    const north = { ...coordinator, unit: 'north' };
    expect((await scenario.get(`/representations?personId=${both.personId}`, north)).body['items']).toEqual([]);
    expect(problemOf(await scenario.get(`/representations/${id}`, north))).toEqual([404, 'not-found']);
  });

  it('holds in its role on its days, for whichever record of the two', async () => {
    const both = await pair();
    const { personId, representativeId } = both;
    const terms = { ...both, ...guardian, validTo: addDays(today, 30) };
    const id = idOf(await scenario.post('/representations', desk, terms));
    const source = await dataSource({
      url: scenario.service.database.migrate,
      mappings: [],
      migrations: [],
      poolSize: 1,
      name: 'test',
    }).initialize();
    const query = <Row>(text: string, values?: unknown[]): Promise<Row[]> => source.query<Row[]>(text, values);
    const on = (day: string, role: 'STATUTORY_REPRESENTATIVE' | 'ACTUAL_CARER' = 'STATUTORY_REPRESENTATIVE') =>
      representationOn({ query }, representativeId, personId, role, day);
    try {
      expect(await on(guardian.validFrom)).toBe(id);
      expect(await on(addDays(today, 30))).toBe(id);
      expect(await on(addDays(guardian.validFrom, -1))).toBeUndefined();
      expect(await on(addDays(today, 31))).toBeUndefined();
      expect(await on(today, 'ACTUAL_CARER')).toBeUndefined();
      const survivor = await scenario.person();
      const merging = { duplicateId: personId, duplicateVersion: 1, evidence: 'OTHER_OFFICE', reason: 'Ta sama.' };
      await scenario.post(`/persons/${survivor}/merge`, organiser, merging, 1);
      expect(await representationOn({ query }, representativeId, survivor, 'STATUTORY_REPRESENTATIVE', today)).toBe(id);
      await scenario.post(`/representations/${id}/end`, desk, { endedOn: addDays(today, -1) }, 1);
      expect(await on(addDays(today, -1))).toBe(id);
      expect(await on(today)).toBeUndefined();
    } finally {
      await source.destroy();
    }
  });

  it.each([
    ['a guardian without a ruling', { ruling: undefined }, [422, 'ruling-missing']],
    ['an end before its beginning', { validTo: addDays(today, -31) }, [422, 'validity-reversed']],
    ['an unknown basis', { basis: 'FRIEND' }, [400, 'invalid-request']],
  ])('is refused with %s', async (_, wrong, problem) => {
    const body = { ...(await pair()), ...guardian, ...wrong };
    expect(problemOf(await scenario.post('/representations', desk, body))).toEqual(problem);
  });

  it('is of two people whom the caller sees', async () => {
    const { personId } = await pair();
    const body = { personId, representativeId: personId, ...guardian };
    expect(problemOf(await scenario.post('/representations', desk, body))).toEqual([422, 'own-representative']);
    expect(problemOf(await scenario.post('/representations', { ...desk, unit: 'north' }, body))).toEqual([
      404,
      'not-found',
    ]);
  });
});
