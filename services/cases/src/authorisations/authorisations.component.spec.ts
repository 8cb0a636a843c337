import { addDays } from '@okienko/contracts/calendar';
import { director, idOf, operator, organiser, problemOf, Scenario, today } from '../scenario';

let scenario: Scenario;
beforeAll(async () => (scenario = await Scenario.start()), 60_000);
afterAll(() => scenario.stop());

const authorisation = (more: object = {}): object => ({
  holder: organiser.sub,
  number: 'OR.077.3.2026',
  scope: ['APPROVE_PLANS', 'ISSUE_DECISIONS'],
  validFrom: today,
  validTo: addDays(today, 30),
  ...more,
});

describe('an authorisation', () => {
  it('is granted by an event that names holder, scope and dates', async () => {
    const id = idOf(await scenario.post('/authorisations', director, authorisation()));
    const { data } = await scenario.service.published('cases.authorisation.granted.v1', id);
    expect(data).toEqual({
      holder: 'ous-olga',
      scope: ['APPROVE_PLANS', 'ISSUE_DECISIONS'],
      validFrom: today,
      validTo: addDays(today, 30),
    });
    expect(await scenario.get(`/authorisations/${id}`, director)).toMatchObject({
      status: 200,
      body: { id, version: 1, number: 'OR.077.3.2026', revokedOn: null },
    });
  });

  it('is revoked once, by whoever has read it', async () => {
    const id = idOf(await scenario.post('/authorisations', operator, authorisation()));
    const path = `/authorisations/${id}/revocation`;
    expect(problemOf(await scenario.post(path, operator))).toEqual([428, 'version-required']);
    expect(problemOf(await scenario.post(path, operator, {}, 9))).toEqual([412, 'stale-version']);
    expect(await scenario.post(path, operator, {}, 1)).toMatchObject({ status: 200, body: { id, version: 2 } });
    expect(problemOf(await scenario.post(path, operator, {}, 2))).toEqual([409, 'wrong-state']);
    expect(await scenario.service.published('cases.authorisation.revoked.v1', id)).toMatchObject({
      data: { holder: 'ous-olga', revokedOn: today },
    });
    expect(await scenario.facts(id)).toEqual(['authorisation.granted', 'authorisation.revoked']);
  });

  it('is not recorded by anybody for themselves, nor by staff who do not keep the register', async () => {
    expect(
      problemOf(await scenario.post('/authorisations', director, authorisation({ holder: director.sub }))),
    ).toEqual([403, 'own-authorisation']);
    expect(problemOf(await scenario.post('/authorisations', organiser, authorisation()))).toEqual([403, 'not-allowed']);
  });

  it.each([
    ['an end before its beginning', { validTo: addDays(today, -1) }, [422, 'validity-reversed']],
    ['no scope', { scope: [] }, [400, 'invalid-request']],
    ['an unknown scope', { scope: ['SIGN_CHEQUES'] }, [400, 'invalid-request']],
  ])('is refused with %s', async (_, wrong, problem) => {
    expect(problemOf(await scenario.post('/authorisations', director, authorisation(wrong)))).toEqual(problem);
  });
});

describe('the register', () => {
  it('is whole for those who keep it, and everybody else sees their own, in list and get alike', async () => {
    const mine = idOf(await scenario.post('/authorisations', operator, authorisation({ holder: 'ous-1' })));
    const other = idOf(await scenario.post('/authorisations', operator, authorisation({ holder: 'ous-2' })));
    const me = { ...organiser, sub: 'ous-1' };
    expect((await scenario.get('/authorisations', me)).body['items']).toMatchObject([{ id: mine }]);
    expect((await scenario.get('/authorisations?holder=ous-2', me)).body['items']).toEqual([]);
    expect((await scenario.get('/authorisations?holder=ous-2', director)).body['items']).toMatchObject([{ id: other }]);
    expect(problemOf(await scenario.get(`/authorisations/${other}`, me))).toEqual([404, 'not-found']);
  });

  it('is paged without losing or repeating anything', async () => {
    const ids: string[] = [];
    for (let n = 0; n < 5; n += 1)
      ids.push(idOf(await scenario.post('/authorisations', operator, authorisation({ holder: 'ous-paged' }))));
    const seen: string[] = [];
    for (let after = ''; ;) {
      const { body } = await scenario.get(`/authorisations?holder=ous-paged&limit=2${after}`, director);
      seen.push(...(body['items'] as { id: string }[]).map(({ id }) => id));
      if (body['next'] === undefined) break;
      after = `&after=${String(body['next'])}`;
    }
    expect(seen).toEqual(ids);
    expect(problemOf(await scenario.get('/authorisations?after=WyJ4Il0', director))).toEqual([400, 'cursor-malformed']);
  });
});
