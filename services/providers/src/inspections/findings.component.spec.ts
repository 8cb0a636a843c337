import { addDays } from '@okienko/contracts/calendar';
import { type ServiceUnderTest, startForTest } from '@okienko/testing/service-test';
import { account, organiser, Scenario, today } from '../scenario';
import { providersService } from '../service';
import type { FindingView } from './inspections.dto';
import { Quality } from './scenario';

jest.setTimeout(120_000);

let service: ServiceUnderTest;
let scenario: Scenario;
let quality: Quality;
beforeAll(async () => {
  service = await startForTest(providersService);
  scenario = new Scenario(service);
  quality = new Quality(service);
});
afterAll(() => service.stop());

/** A provider of a service that has a standard. */
const held = async () => {
  const place = await scenario.places(1);
  await quality.standard(place.offerId);
  return place;
};

describe('what was found', () => {
  it('is remedied, looked at, opened again and confirmed, each once, however often it is sent', async () => {
    const place = await held();
    const { id } = await quality.found(place);
    const own = account(place.providerId);
    const remedy = { remedy: 'Dzienniki prowadzi się od dziś.' };
    const acts: [string, object, object][] = [
      ['remedy', own, remedy],
      ['reopening', organiser, { reasonCode: 'NOT_REMEDIED', dueOn: addDays(today, 30) }],
      ['remedy', own, remedy],
      ['confirmation', organiser, {}],
    ];
    for (const [index, [act, as, body]] of acts.entries()) {
      const call = { as, body, ifMatch: index + 1, key: `${act}-${index}` };
      const first = await service.http('POST', `/findings/${id}/${act}`, call);
      expect(first).toMatchObject({ status: 200, body: { id, version: index + 2 } });
      expect(await service.http('POST', `/findings/${id}/${act}`, call)).toMatchObject({ body: first.body });
    }
    expect(await scenario.facts(id)).toEqual([
      ...['recorded', 'remedy-reported', 'reopened', 'remedy-reported', 'confirmed'],
    ]);
    expect((await service.http<FindingView>('GET', `/findings/${id}`, { as: own })).body).toMatchObject({
      ...{ state: 'CONFIRMED', dueOn: addDays(today, 30), judgedOn: today, ...remedy },
    });
    const sql = 'select account, act from provider_act where subject_id = $1 order by id';
    const act = { account: 'account', act: 'REPORT_REMEDY' };
    expect(await service.sql(sql, [id])).toEqual([act, act]);
    expect(JSON.stringify(service.events())).not.toContain('Dzienniki');
  });

  it('is remedied by its provider alone, judged by the centre alone, in turn and in the version that was read', async () => {
    const place = await held();
    const { id } = await quality.found(place);
    const own = account(place.providerId);
    const stranger = account(await scenario.registerProvider());
    const mixed = { ...own, roles: ['provider', 'services-organiser'] as const };
    const body = { remedy: 'Jest.' };
    expect(await quality.act(`/findings/${id}/remedy`, stranger, body, { ifMatch: 7 })).toMatchObject({ status: 404 });
    expect(await quality.act(`/findings/${id}/remedy`, own, body, { ifMatch: 7 })).toMatchObject({ status: 412 });
    expect(await quality.act(`/findings/${id}/confirmation`, organiser)).toMatchObject({ status: 409 });
    expect(await quality.act(`/findings/${id}/remedy`, own, body)).toMatchObject({ status: 200 });
    const again = { reasonCode: 'NOT_REMEDIED', dueOn: today };
    for (const [act, judged] of [
      ['confirmation', {}],
      ['reopening', again],
    ] as const)
      expect(await quality.act(`/findings/${id}/${act}`, mixed, judged)).toMatchObject({
        status: 403,
        body: { type: expect.stringMatching(/reserved-for-centre$/) },
      });
    const past = { ...again, dueOn: addDays(today, -1) };
    expect(await quality.act(`/findings/${id}/reopening`, organiser, past)).toMatchObject({ status: 422 });
    expect(await scenario.facts(id)).toEqual(['recorded', 'remedy-reported']);
    expect(await service.http('GET', `/findings/${id}`, { as: stranger })).toMatchObject({ status: 404 });
    expect((await service.http('GET', '/findings', { as: stranger })).body).toEqual({ items: [] });
  });
});
