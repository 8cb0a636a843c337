import { addDays } from '@okienko/contracts/calendar';
import { v7 as uuidv7 } from 'uuid';
import { coordinator, desk, director, problemOf, Scenario, today } from '../scenario';

jest.setTimeout(60_000);

let scenario: Scenario;
beforeAll(async () => (scenario = await Scenario.start()));
afterAll(() => scenario.stop());

const filed = async (...validTo: string[]) => {
  const offers: string[] = [];
  for (const to of validTo) offers.push((await scenario.offer(3, { validTo: to })).offerId);
  return scenario.file(offers);
};
const need = async (id: string) => (await scenario.get(`/applications/${id}/plan-need`, coordinator)).body;
const soon = addDays(today, 60);
const later = addDays(today, 300);

describe('whether an application needs a plan (art. 38)', () => {
  it('follows from how many programme services overlap and how long', async () => {
    const [one, short, long] = [await filed(later), await filed(soon, soon), await filed(soon, later)];
    expect(await need(one.id)).toMatchObject({ need: 'NOT_NEEDED', version: 0, override: null });
    expect(await need(short.id)).toMatchObject({ need: 'OPTIONAL', services: [{ from: today, to: soon }, {}] });
    expect(await need(long.id)).toMatchObject({ need: 'REQUIRED', byRule: 'REQUIRED' });
    await scenario.actOnItem(long, long.itemIds[0] ?? '', 'withdrawal', desk);
    expect(await need(long.id)).toMatchObject({ need: 'NOT_NEEDED' });
  });

  it('is for the coordinator to say otherwise, with a reason that stays encrypted', async () => {
    const { id, personId } = await filed(later);
    const path = `/applications/${id}/plan-need`;
    const body = { need: 'REQUIRED', reasonCode: 'SEVERAL_OFFICES', reason: 'Rodzina w kryzysie.' };
    expect(problemOf(await scenario.post(path, coordinator, body))).toEqual([428, 'version-required']);
    expect(problemOf(await scenario.post(path, coordinator, body, 1))).toEqual([412, 'stale-version']);
    expect(problemOf(await scenario.post(path, director, body, 0))).toEqual([403, 'not-allowed']);
    expect(problemOf(await scenario.post(path, { ...coordinator, unit: 'north' }, body, 0))).toEqual([
      404,
      'not-found',
    ]);
    expect(problemOf(await scenario.post(path, { ...coordinator, providerId: uuidv7() }, body, 0))).toEqual([
      403,
      'reserved-for-centre',
    ]);
    const key = uuidv7();
    const first = await scenario.post(path, coordinator, body, 0, { key });
    expect(await scenario.post(path, coordinator, body, 0, { key })).toMatchObject({ status: 200, body: first.body });
    const overrideId = first.body['id'] as string;
    expect(await scenario.facts(overrideId)).toEqual(['plan-need.overridden']);
    expect(await scenario.service.published('cases.plan-need.overridden.v1', overrideId)).toMatchObject({
      data: { personId, applicationId: id, need: 'REQUIRED', reasonCode: 'SEVERAL_OFFICES' },
    });
    expect(await need(id)).toMatchObject({
      version: 1,
      need: 'REQUIRED',
      byRule: 'NOT_NEEDED',
      override: { reason: 'Rodzina w kryzysie.', overriddenBy: coordinator.sub },
    });
    const [row] = await scenario.service.sql<{ text: string }>(
      "select encode(reason, 'escape') as text from plan_need where id = $1",
      [overrideId],
    );
    expect(row?.text).not.toMatch(/kryzysie/);
    expect((await scenario.accesses(personId)).at(-1)).toMatchObject({ act: 'READ', groups: ['PLAN'], caseRef: id });
    expect(await scenario.post(path, coordinator, { ...body, need: 'OPTIONAL' }, 1)).toMatchObject({
      status: 200,
      body: { version: 2 },
    });
    expect(problemOf(await scenario.post(path, coordinator, body, 0))).toEqual([412, 'stale-version']);
    expect(problemOf(await scenario.get(path, desk))).toEqual([403, 'not-allowed']);
    expect(problemOf(await scenario.get(path, { ...coordinator, unit: 'north' }))).toEqual([404, 'not-found']);
  });

  it('is said once when two coordinators say it at the same time', async () => {
    const { id } = await filed(later);
    const body = { need: 'REQUIRED', reasonCode: 'X', reason: 'Tak.' };
    const answers = await Promise.all(
      [1, 2, 3].map(() => scenario.post(`/applications/${id}/plan-need`, coordinator, body, 0)),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 412, 412]);
  });
});
