import { addDays, addMonths } from '@okienko/contracts/calendar';
import { v7 as uuidv7 } from 'uuid';
import { coordinator, desk, director, gmina, idOf, organiser, problemOf, Scenario, today } from '../scenario';

let day = today;
let scenario: Scenario;
beforeAll(async () => {
  scenario = await Scenario.start({ now: () => new Date(`${day}T12:00:00Z`) });
  await scenario.pendingPlan();
  day = addDays(today, 1);
  await scenario.known("select 1 from deadline where kind = 'COORDINATORS_MEETING'", []);
}, 60_000);
afterAll(() => scenario.stop());

const owed = (kind: string): Promise<object[]> =>
  scenario.service.sql(
    `select unit, terc, to_char(warn_on, 'YYYY-MM-DD') as "warnOn", to_char(due_on, 'YYYY-MM-DD') as "dueOn", ending
     from deadline where kind = $1 order by started_at, due_on`,
    [kind],
  );
const record = (body: object, as: object = organiser, key: string = uuidv7()) =>
  scenario.post('/meetings', as, body, undefined, { key });
const held = { coordinators: ['kipus-ewa', 'kipus-jan'], providerIds: [uuidv7()] };

describe('meetings of the coordinators (art. 46(2))', () => {
  it('are owed by each unit in which plans are made, three months from the day this is seen, and a summary after six', async () => {
    const running = { unit: 'main', terc: gmina, ending: null };
    const [meeting, summary] = [addMonths(day, 3), addMonths(day, 6)];
    expect(await owed('COORDINATORS_MEETING')).toEqual([{ ...running, warnOn: addDays(meeting, -14), dueOn: meeting }]);
    expect(await owed('PLANS_SUMMARY')).toEqual([{ ...running, warnOn: addDays(summary, -30), dueOn: summary }]);
  });

  it('are recorded once, with who came, and owed again from that day', async () => {
    const key = uuidv7();
    const [first, second] = [
      await record({ heldOn: today, ...held }, organiser, key),
      await record({ heldOn: today, ...held }, organiser, key),
    ];
    const id = idOf(first);
    expect(second).toMatchObject({ status: 201, body: first.body });
    expect(await scenario.facts(id)).toEqual(['meeting.held']);
    expect(await scenario.service.published('cases.meeting.held.v1', id)).toMatchObject({
      gmina,
      data: { heldOn: today, coordinators: 2, contractors: 1 },
    });
    expect(await owed('COORDINATORS_MEETING')).toMatchObject([
      { ending: 'MET' },
      { ending: null, dueOn: addMonths(today, 3) },
    ]);
    expect(await scenario.get(`/meetings/${id}`, coordinator)).toMatchObject({
      status: 200,
      body: { version: 1, unit: 'main', heldOn: today, ...held, recordedBy: organiser.sub },
    });
    expect(await scenario.get('/meetings', director)).toMatchObject({ body: { items: [{ id }] } });
  });

  it('recorded after a later one do not move what is owed', async () => {
    idOf(await record({ heldOn: addDays(today, -20), ...held }));
    expect((await owed('COORDINATORS_MEETING')).at(-1)).toMatchObject({ ending: null, dueOn: addMonths(today, 3) });
  });

  it('recorded by several at once leave one deadline', async () => {
    const answers = await Promise.all(Array.from({ length: 6 }, () => record({ heldOn: day, ...held })));
    expect(new Set(answers.map(idOf)).size).toBe(6);
    expect(
      (await owed('COORDINATORS_MEETING')).filter((row) => (row as { ending: string | null }).ending === null),
    ).toEqual([expect.objectContaining({ dueOn: addMonths(day, 3) })]);
  });

  it.each([
    ['a day to come', { heldOn: addDays(today, 9) }, [422, 'day-in-the-future']],
    ['a unit without plans', { unit: 'north' }, [422, 'unit-unknown']],
    ['nobody there', { coordinators: [] }, [400, 'invalid-request']],
    ['a name for an account', { coordinators: ['Ewa Łoś'] }, [400, 'invalid-request']],
    ['a list of providers that is none', { providerIds: 'x' }, [400, 'invalid-request']],
  ])('are refused with %s, and nothing changes', async (_, more, problem) => {
    const [{ before }] = (await scenario.service.sql('select count(*) as before from meeting')) as [{ before: string }];
    expect(problemOf(await record({ heldOn: today, ...held, ...more }))).toEqual(problem);
    expect(await scenario.service.sql('select count(*) as before from meeting')).toEqual([{ before }]);
  });

  it('are the organiser’s to record, and seen in the unit', async () => {
    for (const as of [desk, coordinator, director])
      expect(problemOf(await record({ heldOn: today, ...held }, as))).toEqual([403, 'not-allowed']);
    const id = idOf(await record({ heldOn: today, ...held }));
    const elsewhere = { ...coordinator, unit: 'north' };
    expect((await scenario.get(`/meetings/${id}`, elsewhere)).status).toBe(404);
    expect(await scenario.get('/meetings', elsewhere)).toMatchObject({ body: { items: [] } });
  });
});

describe('the terms', () => {
  it('are told to staff, with their validity', async () => {
    const { status, body } = await scenario.get('/terms', desk);
    expect(status).toBe(200);
    expect(body['clocks']).toContainEqual({
      kind: 'APPEAL',
      length: 14,
      unit: 'CALENDAR_DAYS',
      warnDaysBefore: 3,
      basis: 'KPA art. 129 § 2',
      setBy: 'LAW',
      isOfParty: true,
      prolongableBy: null,
      lapses: true,
      validFrom: '2020-01-01',
      validTo: null,
    });
    expect(body['statutory']).toMatchObject([{ validFrom: '2020-01-01', planYears: 1 }]);
    expect((await scenario.get('/terms', { sub: 'p', roles: ['provider'] })).status).toBe(403);
  });
});
