import { addDays } from '@okienko/contracts/calendar';
import { type ServiceUnderTest, startForTest } from '@okienko/testing/service-test';
import { Quality } from '../inspections/scenario';
import { account, coordinator, organiser, Scenario, today } from '../scenario';
import { providersService } from '../service';
import type { PositionRequestView } from './complaints.dto';

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

const words = 'Zenobia Kanarkowa nie otwiera drzwi.';

describe('the provider that is complained of', () => {
  const positions = async (as: object) =>
    (await service.http<{ items: PositionRequestView[] }>('GET', '/position-requests', { as })).body.items;
  const give = (id: string, as: object, call: object = {}) =>
    quality.act(`/position-requests/${id}/position`, as, { words }, call);

  it('learns that it is asked, about what and until when, and nothing else', async () => {
    const providerId = await scenario.registerProvider();
    const own = account(providerId);
    const untold = await quality.complain(providerId);
    const id = await quality.asked(providerId);
    const asked = {
      id,
      version: 3,
      providerId,
      code: 'PUNCTUALITY',
      askedOn: today,
      dueOn: addDays(today, 14),
      givenOn: null,
    };
    expect(await positions(own)).toEqual([asked]);
    expect((await service.http('GET', `/position-requests/${id}`, { as: own })).body).toEqual(asked);
    expect(await service.http('GET', `/position-requests/${untold}`, { as: own })).toMatchObject({ status: 404 });
    expect(await give(untold, own, { ifMatch: 7 })).toMatchObject({ status: 404 });
    const mixed = { ...own, roles: ['provider', 'desk', 'services-organiser', 'director', 'auditor'] as const };
    for (const as of [own, mixed])
      for (const path of ['/complaints', `/complaints/${id}`])
        expect(await service.http('GET', path, { as })).toMatchObject({ status: 403 });
    for (const [act, body] of [
      ['answer', { outcome: 'PARTLY', words }],
      ['withdrawal', {}],
      ['passing-on', { to: 'VOIVODE' }],
    ] as const)
      expect(await quality.act(`/complaints/${id}/${act}`, mixed, body)).toMatchObject({ status: 403 });
    const complaint = { providerId, channel: 'DESK', anonymous: true, words, receivedOn: today };
    expect(await service.http('POST', '/complaints', { as: mixed, body: complaint })).toMatchObject({ status: 403 });
  });

  it('says once what it says, in the version that it read, and nobody else says it', async () => {
    const providerId = await scenario.registerProvider();
    const own = account(providerId);
    const stranger = account(await scenario.registerProvider());
    const id = await quality.asked(providerId);
    expect(await positions(stranger)).toEqual([]);
    expect(await service.http('GET', `/position-requests/${id}`, { as: stranger })).toMatchObject({ status: 404 });
    expect(await give(id, stranger, { ifMatch: 7 })).toMatchObject({ status: 404 });
    expect(await give(id, coordinator)).toMatchObject({ status: 403 });
    expect(await give(id, own, { ifMatch: 7 })).toMatchObject({ status: 412 });
    expect(await give(id, own)).toMatchObject({ status: 200 });
    expect(await give(id, own)).toMatchObject({
      status: 409,
      body: { type: expect.stringMatching(/position-given$/) },
    });
    expect(await positions(own)).toMatchObject([{ givenOn: today }]);
    const asked = { code: 'PUNCTUALITY', dueOn: today };
    expect(await quality.act(`/complaints/${id}/position-request`, organiser, asked)).toMatchObject({ status: 409 });
    const sql = 'select account, act from provider_act where subject_id = $1';
    expect(await service.sql(sql, [id])).toEqual([{ account: 'account', act: 'GIVE_POSITION' }]);
    expect(await service.http('GET', '/position-requests?after=x', { as: own })).toMatchObject({ status: 400 });
  });
});
