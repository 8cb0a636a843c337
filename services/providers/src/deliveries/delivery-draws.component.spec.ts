import { addDays } from '@okienko/contracts/calendar';
import { type ServiceUnderTest, startForTest } from '@okienko/testing/service-test';
import { v7 as uuidv7 } from 'uuid';
import { Agreements } from '../agreements/scenario';
import { account, coordinator, idOf, Scenario, today } from '../scenario';
import { providersService } from '../service';

jest.setTimeout(60_000);

let service: ServiceUnderTest;
let scenario: Scenario;
beforeAll(async () => {
  service = await startForTest(providersService);
  scenario = new Scenario(service);
}, 60_000);
afterAll(() => service.stop());

it('an agreement is drawn on by what counts: batches, corrections, withdrawals and rejections alike', async () => {
  const place = await scenario.places(1);
  await new Agreements(service).signed(place, {}, { noShowPermille: 500 });
  const ordered = await scenario.acceptedOrder(place);
  const provider = account(place.providerId);
  const drawn = async (): Promise<object> => {
    const sql = 'select delivered, delivered_grosze::float8 as grosze from agreement_draw where order_id = $1';
    return (await service.sql<object>(sql, [ordered.id]))[0] ?? {};
  };
  const act = async (id: string, name: string, as: object, ifMatch: number, body: object): Promise<void> =>
    expect(await service.http('POST', `/deliveries/${id}/${name}`, { as, ifMatch, body })).toMatchObject({
      status: 200,
    });
  const one = idOf(await scenario.record(ordered, 3));
  expect(await drawn()).toEqual({ delivered: 3, grosze: 13_500 });
  const [two, three] = [uuidv7(), uuidv7()];
  const rows = [
    { id: two, orderId: ordered.id, deliveredOn: today, quantity: 2 },
    {
      id: three,
      orderId: ordered.id,
      deliveredOn: addDays(today, -1),
      quantity: 4,
      outcome: 'CLIENT_ABSENT',
      absenceCause: 'AWAY',
    },
    { id: uuidv7(), orderId: ordered.id, deliveredOn: today, quantity: 9 },
  ];
  const batch = () => service.http('POST', '/deliveries/batch', { as: provider, body: { deliveries: rows } });
  expect(await batch()).toMatchObject({ body: { recorded: 2, refused: 1 } });
  expect(await batch()).toMatchObject({ body: { recorded: 2, refused: 1 } });
  // Of the four hours in vain a half is paid.
  expect(await drawn()).toEqual({ delivered: 9, grosze: 31_500 });
  await act(one, 'correction', provider, 1, { deliveredOn: addDays(today, -2), quantity: 1 });
  expect(await drawn()).toEqual({ delivered: 7, grosze: 22_500 });
  await act(two, 'withdrawal', provider, 1, {});
  await act(three, 'dispute', coordinator, 1, { causeCode: 'WRONG_OUTCOME' });
  await act(three, 'correction', provider, 2, {
    ...pick(rows[1]),
    outcome: 'PROVIDER_ABSENT',
    absenceCause: 'TRANSPORT',
  });
  expect(await drawn()).toEqual({ delivered: 1, grosze: 4_500 });
  await act(three, 'rejection', coordinator, 3, { reasonCode: 'WRONG_OUTCOME' });
  await act(one, 'dispute', coordinator, 2, { causeCode: 'NOT_DELIVERED' });
  await act(one, 'rejection', coordinator, 3, { reasonCode: 'NOT_DELIVERED' });
  expect(await drawn()).toEqual({ delivered: 0, grosze: 0 });
});

const pick = (row: { deliveredOn: string; quantity: number } | undefined) => ({
  deliveredOn: row?.deliveredOn,
  quantity: row?.quantity,
});
