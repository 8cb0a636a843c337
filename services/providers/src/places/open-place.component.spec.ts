import { addDays } from '@okienko/contracts/calendar';
import { type Answer, type ServiceUnderTest, startForTest } from '@okienko/testing/service-test';
import { v7 as uuidv7 } from 'uuid';
import { account, idOf, Scenario, today } from '../scenario';
import { providersService } from '../service';

jest.setTimeout(60_000);

let service: ServiceUnderTest;
let scenario: Scenario;
beforeAll(async () => {
  service = await startForTest(providersService);
  scenario = new Scenario(service);
}, 60_000);
afterAll(() => service.stop());

const unknown = { status: 422, body: { type: expect.stringMatching(/place-unknown$/) } };
const visits = { from: today, rule: 'FREQ=DAILY', startsAt: '08:30', minutes: 60, quantity: 1 };

it('a place is one of the provider that is open on that day, wherever it is named', async () => {
  const { capacityId, ...place } = await scenario.places(1);
  const { providerId } = place;
  const as = account(providerId);
  const order = await scenario.acceptedOrder(place);
  const [own, another] = [
    await scenario.placeOf(providerId),
    await scenario.placeOf(await scenario.registerProvider()),
  ];
  const delivery = idOf(await scenario.record(order, 1));
  const acts: ((placeId: string) => Promise<Answer>)[] = [
    (placeId) => scenario.record(order, 1, { placeId }),
    (placeId) =>
      service.http('POST', `/deliveries/${delivery}/correction`, {
        as,
        ifMatch: 1,
        body: { deliveredOn: today, quantity: 1, placeId },
      }),
    (placeId) =>
      service.http('POST', `/service-orders/${order.id}/schedule`, { as, ifMatch: 0, body: { ...visits, placeId } }),
    (placeId) =>
      service.http('POST', '/capacities', {
        as,
        body: { ...place, places: 1, from: addDays(today, 301), to: addDays(today, 310), placeId },
      }),
    (placeId) =>
      service.http('POST', `/capacities/${capacityId}/revision`, {
        as,
        ifMatch: 2,
        body: { places: 2, from: addDays(today, -30), to: addDays(today, 300), placeId },
      }),
  ];
  for (const [at, act] of acts.entries()) {
    const refused = [await act(another), await act(uuidv7())];
    expect([at, refused]).toMatchObject([at, [unknown, unknown]]);
    expect(refused[0]?.body['detail']).toBe(refused[1]?.body['detail']);
    expect([200, 201]).toContain((await act(own)).status);
  }
});

it('a row of a batch that names a place of another is refused alone', async () => {
  const order = await scenario.acceptedOrder(await scenario.places(1));
  const row = { orderId: order.id, deliveredOn: today, quantity: 1 };
  const deliveries = [
    { ...row, id: uuidv7(), placeId: uuidv7() },
    { ...row, id: uuidv7(), placeId: await scenario.placeOf(order.providerId) },
  ];
  const batch = await service.http('POST', '/deliveries/batch', {
    as: account(order.providerId),
    body: { deliveries },
  });
  expect(batch.body).toMatchObject({
    recorded: 1,
    rows: [{ result: 'REFUSED', problem: { code: 'place-unknown' } }, { result: 'RECORDED' }],
  });
});

it('a place that was closed was open before, and until that day', async () => {
  const place = await scenario.places(1);
  const order = await scenario.acceptedOrder(place);
  const placeId = await scenario.placeOf(place.providerId);
  const close = { as: account(place.providerId), ifMatch: 1 };
  expect(await service.http('POST', `/places/${placeId}/closure`, close)).toMatchObject({ status: 200 });
  expect(await scenario.record(order, 1, { placeId })).toMatchObject({ status: 201 });
  await service.sql('update place set closed_on = $2 where id = $1', [placeId, addDays(today, -1)]);
  expect(await scenario.record(order, 1, { placeId })).toMatchObject(unknown);
  expect(await scenario.record(order, 1, { placeId, deliveredOn: addDays(today, -1) })).toMatchObject({ status: 201 });
});
