import { addDays, addMonths } from '@okienko/contracts/calendar';
import { type ServiceUnderTest, startForTest } from '@okienko/testing/service-test';
import { Scenario, today } from '../scenario';
import { providersService } from '../service';

jest.setTimeout(120_000);

let now = new Date();
let service: ServiceUnderTest;
let scenario: Scenario;
beforeAll(async () => {
  service = await startForTest(providersService, {}, { now: () => now });
  scenario = new Scenario(service);
}, 120_000);
afterAll(() => service.stop());

const on = (day: string): void => void (now = new Date(`${day}T12:00:00Z`));
const surveysOf = (orderId: string) =>
  service.sql<{ id: string; cause: string; round: number; state: string }>(
    'select id, cause, round, state from survey where order_id = $1 order by cause, round',
    [orderId],
  );
const started = async () => {
  const place = await scenario.places(1);
  const order = await scenario.acceptedOrder(place, { from: today, to: addDays(today, 200) });
  expect(await scenario.record(order, 1)).toMatchObject({ status: 201 });
  return order;
};

it('a service that goes on for long is asked about every half-year, once, by however many replicas', async () => {
  const [order, younger, unserved] = [
    await started(),
    await started(),
    await scenario.acceptedOrder(await scenario.places(1)),
  ];
  await service.sql('update service_order set first_day = first_day + 1 where id = $1', [younger.id]);
  const replica = await service.replica();
  on(addMonths(today, 6));
  await service.eventually(async () => expect(await surveysOf(order.id)).toHaveLength(1), 20_000);
  expect(await surveysOf(order.id)).toMatchObject([{ cause: 'PERIODIC', round: 1, state: 'OPEN' }]);
  expect(await surveysOf(younger.id)).toEqual([]);
  const [survey] = await surveysOf(order.id);
  expect(await scenario.facts(survey?.id ?? '')).toEqual(['opened']);

  // A downtime of a year and more: what nobody answered has ended, and the newest round alone is opened.
  on(addMonths(today, 19));
  await service.eventually(
    async () =>
      expect(await surveysOf(order.id)).toMatchObject([
        { round: 1, state: 'EXPIRED' },
        { round: 3, state: 'OPEN' },
      ]),
    20_000,
  );
  expect(await scenario.facts(survey?.id ?? '')).toEqual(['opened', 'expired']);
  expect(await surveysOf(unserved.id)).toEqual([]);
  await replica.stop();
});
