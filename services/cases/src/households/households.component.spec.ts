import { addDays } from '@okienko/contracts/calendar';
import { coordinator, desk, idOf, organiser, problemOf, Scenario, today } from '../scenario';

let scenario: Scenario;
beforeAll(async () => (scenario = await Scenario.start()), 60_000);
afterAll(() => scenario.stop());

const from = addDays(today, -100);
const member = (personId: string, relation = 'UNRELATED', more: object = {}): object => ({
  personId,
  relation,
  from,
  ...more,
});
const form = async (...members: object[]): Promise<string> =>
  idOf(await scenario.twice('/households', desk, { members }));

describe('a household', () => {
  it('is formed, joined and left, each with its day', async () => {
    const [anna, jan] = [await scenario.person(), await scenario.person()];
    const id = await form(member(anna, 'REFERENCE'));
    expect(await scenario.twice(`/households/${id}/members`, desk, member(jan, 'CHILD'), 1)).toMatchObject({
      status: 200,
      body: { id, version: 2 },
    });
    expect(
      await scenario.twice(`/households/${id}/leavings`, desk, { personId: anna, to: addDays(today, -10) }, 2),
    ).toMatchObject({ status: 200, body: { version: 3 } });
    expect(await scenario.get(`/households/${id}`, coordinator)).toMatchObject({
      body: {
        members: [
          { personId: anna, relation: 'REFERENCE', from, to: addDays(today, -10) },
          { personId: jan, relation: 'CHILD', from, to: null },
        ],
      },
    });
    expect(await scenario.facts(id)).toEqual(['household.formed', 'household.member-joined', 'household.member-left']);
    expect((await scenario.service.published('cases.household.formed.v1', id)).data).toEqual({
      members: [{ personId: anna, from }],
    });
    expect((await scenario.accesses(jan)).map(({ act, groups }) => [act, groups])).toEqual([
      ['WRITE', ['IDENTITY']],
      ['WRITE', ['HOUSEHOLD']],
      ['READ', ['HOUSEHOLD']],
    ]);
  });

  it('is the only one of each member at a time', async () => {
    const jan = await scenario.person();
    const first = await form(member(jan));
    const second = (more: object = {}) =>
      scenario.post('/households', desk, { members: [member(jan, 'UNRELATED', more)] });
    expect(problemOf(await second())).toEqual([409, 'in-another-household']);
    await scenario.post(`/households/${first}/leavings`, desk, { personId: jan, to: addDays(today, -5) }, 1);
    expect(problemOf(await second({ from: addDays(today, -5) }))).toEqual([409, 'in-another-household']);
    expect(await second({ from: addDays(today, -4) })).toMatchObject({ status: 201 });
  });

  it('is one also for who is entered in several at once', async () => {
    const jan = await scenario.person();
    const answers = await Promise.all(
      Array.from({ length: 5 }, () => scenario.post('/households', desk, { members: [member(jan)] })),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409, 409, 409, 409]);
    expect((await scenario.get(`/households?personId=${jan}`, desk)).body['items']).toHaveLength(1);
  });

  it('is one for both records of a person', async () => {
    const [jan, janek] = [await scenario.person(), await scenario.person()];
    const id = await form(member(janek));
    const merging = { duplicateId: janek, duplicateVersion: 1, evidence: 'OWN_STATEMENT', reason: 'Ten sam.' };
    await scenario.post(`/persons/${jan}/merge`, organiser, merging, 1);
    expect(problemOf(await scenario.post('/households', desk, { members: [member(jan)] }))).toEqual([
      409,
      'in-another-household',
    ]);
    expect((await scenario.get(`/households?personId=${jan}`, desk)).body['items']).toMatchObject([{ id }]);
  });

  it('is nobody’s who is not seen', async () => {
    const north = { ...desk, unit: 'north' };
    const jan = await scenario.person();
    const id = await form(member(jan));
    expect(problemOf(await scenario.get(`/households/${id}`, north))).toEqual([404, 'not-found']);
    expect((await scenario.get(`/households?personId=${jan}`, north)).body['items']).toEqual([]);
    expect(problemOf(await scenario.post('/households', north, { members: [member(jan)] }))).toEqual([
      404,
      'not-found',
    ]);
  });

  it.each([
    ['nobody in it', []],
    ['an unknown relation', [{ relation: 'BOSS' }]],
    ['no day', [{ from: null }]],
  ])('is refused with %s', async (_, wrong) => {
    const jan = await scenario.person();
    const members = wrong.map((more) => member(jan, 'CHILD', more));
    expect(problemOf(await scenario.post('/households', desk, { members }))).toEqual([400, 'invalid-request']);
  });
});
