import { type ServiceUnderTest, startForTest } from '@okienko/testing/service-test';
import { account, coordinator, idOf, organiser, Scenario, today } from '../scenario';
import { providersService } from '../service';

jest.setTimeout(60_000);

let service: ServiceUnderTest;
let scenario: Scenario;
beforeAll(async () => {
  service = await startForTest(providersService);
  scenario = new Scenario(service);
});
afterAll(() => service.stop());

const club = {
  name: 'Klub Seniora',
  address: 'ul. Winna 9, Elbląg',
  terc: '2861011',
  accessibility: ['LIFT', 'STEP_FREE'],
};
const register = (providerId: string, body: object = club, as: object = account(providerId), key?: string) =>
  service.http('POST', '/places', { as, body: { providerId, ...body }, ...(key && { key }) });

it('a place is registered by its provider, corrected and closed: each once, however often it is sent', async () => {
  const providerId = await scenario.registerProvider();
  const as = account(providerId);
  const first = await register(providerId, club, as, 'register-once');
  expect(await register(providerId, club, as, 'register-once')).toMatchObject({ status: 201, body: first.body });
  const id = idOf(first);
  const corrected = { name: 'Klub', address: 'ul. Inna 1', latitude: 54.16, longitude: 19.4 };
  for (const [index, [path, body]] of ([['details', corrected], ['closure']] as const).entries()) {
    const call = { as, ifMatch: index + 1, key: `${path}-once`, ...(body && { body }) };
    const answer = await service.http('POST', `/places/${id}/${path}`, call);
    expect(answer).toMatchObject({ status: 200, body: { id, version: index + 2 } });
    expect(await service.http('POST', `/places/${id}/${path}`, call)).toMatchObject({ status: 200, body: answer.body });
  }
  const seen = await service.http('GET', `/places/${id}`, { as: coordinator });
  expect(seen.body).toEqual({
    id,
    version: 3,
    providerId,
    ...corrected,
    terc: null,
    accessibility: [],
    closedOn: today,
  });
  expect(await service.sql('select 1 from outbox where aggregate_id = $1', [id])).toHaveLength(3);
  expect((await service.published('providers.place.registered.v1', id)).data).toEqual({
    providerId,
    terc: '2861011',
    accessibility: ['LIFT', 'STEP_FREE'],
  });
});

it('a place of another answers like one that does not exist', async () => {
  const [own, other] = [await scenario.registerProvider(), await scenario.registerProvider()];
  const id = idOf(await register(own));
  const as = { ...account(other), roles: ['provider', 'director'] } as const;
  expect(await register(own, club, as)).toMatchObject({ status: 404 });
  expect(await service.http('GET', `/places/${id}`, { as })).toMatchObject({ status: 404 });
  for (const ifMatch of [1, 9]) {
    expect(await service.http('POST', `/places/${id}/details`, { as, ifMatch, body: club })).toMatchObject({
      status: 404,
    });
    expect(await service.http('POST', `/places/${id}/closure`, { as, ifMatch })).toMatchObject({ status: 404 });
  }
  expect((await service.http('GET', `/places?providerId=${own}`, { as })).body).toEqual({ items: [] });
});

it('bad input is told and changes nothing', async () => {
  const providerId = await scenario.registerProvider();
  expect(await register(providerId, { ...club, latitude: 54.1 })).toMatchObject({ status: 422 });
  expect(await register(providerId, { ...club, accessibility: ['RAMP'] })).toMatchObject({ status: 400 });
  expect(await register(providerId, { ...club, latitude: null, longitude: null })).toMatchObject({ status: 400 });
  const id = idOf(await register(providerId, club, organiser));
  expect(await service.http('POST', `/places/${id}/closure`, { as: organiser })).toMatchObject({ status: 428 });
  expect(await service.http('POST', `/places/${id}/closure`, { as: organiser, ifMatch: 4 })).toMatchObject({
    status: 412,
  });
  expect(await service.sql('select 1 from place where provider_id = $1', [providerId])).toHaveLength(1);
});
