import { addDays } from '@okienko/contracts/calendar';
import { v7 as uuidv7 } from 'uuid';
import { coordinator, desk, type Filed, type Json, problemOf, Scenario, today } from '../scenario';
import { clockFrom } from '../terms/clocks';

let scenario: Scenario;
beforeAll(async () => (scenario = await Scenario.start()), 60_000);
afterAll(() => scenario.stop());

const provider = { ...coordinator, providerId: uuidv7() };
const called = { missing: ['CERTIFICATE'], dueDays: 7 };
const done = async (...args: Parameters<Scenario['act']>): Promise<void> =>
  expect(await scenario.act(...args)).toMatchObject({ status: 200 });
const read = async (id: string): Promise<Json> => (await scenario.get(`/applications/${id}`, coordinator)).body;

describe('a call for completion', () => {
  const incomplete = async (): Promise<Filed> => {
    const filed = await scenario.file([(await scenario.offer(5)).offerId]);
    await done(filed.id, 'completion-call', called);
    return filed;
  };
  /** As if the term had passed. */
  const passTerm = (id: string) =>
    scenario.service.sql(`update application set completion_call = completion_call || $2 where id = $1`, [
      id,
      JSON.stringify({ dueOn: addDays(today, -1) }),
    ]);

  it('stops the rest until what is missing has come; the applicant has seven days from its service', async () => {
    const filed = await scenario.file([(await scenario.offer(5)).offerId]);
    const [first, second, third] = [crypto.randomUUID(), crypto.randomUUID(), crypto.randomUUID()];
    for (const _ of [1, 2]) await done(filed.id, 'completion-call', called, coordinator, { key: first, version: 1 });
    expect(await read(filed.id)).toMatchObject({
      state: 'INCOMPLETE',
      completionCall: { calledOn: today, dueDays: 7, missing: ['CERTIFICATE'] },
    });
    expect(problemOf(await scenario.actOnItem(filed, filed.itemIds[0] ?? '', 'qualification'))).toEqual([
      409,
      'wrong-state',
    ]);
    for (const _ of [1, 2])
      await done(filed.id, 'completion-call/service', { servedOn: today }, desk, { key: second, version: 2 });
    expect(await scenario.clocks(filed.id)).toMatchObject([
      { kind: 'COMPLETION', awaited: 'APPLICANT', dueOn: clockFrom('COMPLETION', today).dueOn, ending: null },
      { kind: 'QUALIFICATION', ending: null },
    ]);
    for (const _ of [1, 2]) await done(filed.id, 'completion', {}, desk, { key: third, version: 3 });
    expect(await read(filed.id)).toMatchObject({
      version: 4,
      state: 'SUBMITTED',
      completionCall: { dueOn: clockFrom('COMPLETION', today).dueOn, endedOn: today },
    });
    expect(await scenario.clocks(filed.id)).toMatchObject([{ ending: 'MET' }, { kind: 'QUALIFICATION', ending: null }]);
    expect(await scenario.facts(filed.id)).toEqual([
      'application.submitted',
      'application.completion-requested',
      'application.completion-call-served',
      'application.completed',
    ]);
    const rows = await scenario.service.sql<{ row: string }>('select a::text as row from application a where id = $1', [
      filed.id,
    ]);
    expect(rows[0]?.row).not.toContain('CERTIFICATE');
  });

  it('ends unexamined by an act of the centre, after its term only', async () => {
    const { id } = await incomplete();
    expect(problemOf(await scenario.act(id, 'left-unexamined'))).toEqual([422, 'completion-term-runs']);
    await done(id, 'completion-call/service', { servedOn: today });
    expect(problemOf(await scenario.act(id, 'left-unexamined'))).toEqual([422, 'completion-term-runs']);
    await passTerm(id);
    expect(problemOf(await scenario.act(id, 'left-unexamined', {}, provider))).toEqual([403, 'reserved-for-centre']);
    const key = crypto.randomUUID();
    for (const _ of [1, 2]) await done(id, 'left-unexamined', {}, coordinator, { key, version: 3 });
    expect(await read(id)).toMatchObject({ state: 'LEFT_UNEXAMINED', version: 4 });
    expect(await scenario.clocks(id)).toMatchObject([{ ending: 'DROPPED' }, { ending: 'DROPPED' }]);
    for (const name of ['completion', 'withdrawal', 'facts', 'left-unexamined'])
      expect([name, problemOf(await scenario.act(id, name))]).toEqual([name, [409, 'wrong-state']]);
  });

  it('is refused when it is not as the law wants it', async () => {
    const filed = await scenario.file([(await scenario.offer(5)).offerId]);
    expect(problemOf(await scenario.act(filed.id, 'completion-call', { ...called, dueDays: 6 }))).toEqual([
      422,
      'completion-term-too-short',
    ]);
    expect(problemOf(await scenario.act(filed.id, 'completion-call', { ...called, missing: [] }))).toEqual([
      400,
      'invalid-request',
    ]);
    expect(problemOf(await scenario.act(filed.id, 'completion-call', called, desk))).toEqual([403, 'not-allowed']);
    expect(problemOf(await scenario.act(filed.id, 'completion-call', called, provider))).toEqual([
      403,
      'reserved-for-centre',
    ]);
    expect(problemOf(await scenario.act(filed.id, 'completion-call/service', { servedOn: today }))).toEqual([
      409,
      'wrong-state',
    ]);
    const { id } = await incomplete();
    expect(problemOf(await scenario.act(id, 'completion-call/service', { servedOn: addDays(today, 1) }))).toEqual([
      422,
      'call-date-wrong',
    ]);
    expect(problemOf(await scenario.act(id, 'completion', { completedOn: addDays(today, -1) }))).toEqual([
      422,
      'call-date-wrong',
    ]);
  });

  it('and a withdrawal at the same time: one of them happens, and every clock fits it', async () => {
    const outcomes = new Set<string>();
    for (let round = 0; round < 12; round += 1) {
      const { id } = await incomplete();
      await done(id, 'completion-call/service', { servedOn: today });
      const race = ['completion', 'withdrawal'].map((name) => scenario.act(id, name, {}, desk, { version: 3 }));
      const answers = await Promise.all(round % 2 === 0 ? race : race.reverse());
      expect(answers.map(({ status }) => status).sort()).toEqual([200, 412]);
      const { state } = await read(id);
      outcomes.add(String(state));
      expect(await scenario.clocks(id)).toMatchObject(
        state === 'SUBMITTED' ? [{ ending: 'MET' }, { ending: null }] : [{ ending: 'DROPPED' }, { ending: 'DROPPED' }],
      );
      expect(await scenario.facts(id)).toHaveLength(4);
    }
    for (const state of outcomes) expect(['SUBMITTED', 'WITHDRAWN']).toContain(state);
  }, 60_000);
});
