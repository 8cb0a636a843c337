import { addDays, type Day } from '@okienko/contracts/calendar';
import { Clock } from '@okienko/messaging/clock';
import { type ServiceUnderTest, startForTest } from '@okienko/testing/service-test';
import { account, idOf, organiser, Scenario, today } from '../scenario';
import { providersService } from '../service';
import type { ForecastsView } from './agreement-views.dto';
import { Agreements, director } from './scenario';

jest.setTimeout(180_000);

class MovedClock extends Clock {
  private days = 0;
  override now(): Date {
    return new Date(Date.now() + this.days * 24 * 60 * 60 * 1000);
  }
  to(day: Day): void {
    this.days = (Date.parse(day) - Date.parse(today)) / (24 * 60 * 60 * 1000);
  }
}

const clock = new MovedClock();
let service: ServiceUnderTest;
let scenario: Scenario;
let agreements: Agreements;
beforeAll(async () => {
  service = await startForTest(providersService, {}, clock);
  scenario = new Scenario(service);
  agreements = new Agreements(service);
}, 120_000);
beforeEach(() => clock.to(today));
afterAll(() => service.stop());

const soon = 30_000;
const somewhere = async () => ({
  providerId: await scenario.registerProvider(),
  offerId: await scenario.publishOffer(),
});
const eventually = (id: string, expected: string[]): Promise<void> =>
  service.eventually(async () => expect((await agreements.told(id)).slice(4)).toEqual(expected), soon);
const lookedAt = (id: string, day: Day): Promise<void> =>
  service.eventually(async () => {
    const sql = 'select watched_on as day from agreement where id = $1';
    expect(await service.sql(sql, [id])).toEqual([{ day }]);
  }, soon);

it('leads an agreement through its days, each step once, also with two replicas and after a downtime', async () => {
  const from = addDays(today, 40);
  const places = await Promise.all(Array.from({ length: 12 }, somewhere));
  const ids = await Promise.all(places.map((place) => agreements.signed(place, { from, to: addDays(from, 400) })));
  for (const id of ids) expect(await agreements.get(id)).toMatchObject({ state: 'SIGNED' });
  const replica = await service.replica();
  clock.to(from);
  for (const id of ids) await eventually(id, ['activated']);
  clock.to(addDays(from, 420));
  for (const id of ids) await eventually(id, ['activated', 'ended']);
  expect(await agreements.get(ids[0] ?? '')).toMatchObject({ state: 'ENDED', endReason: 'TERM' });
  await replica.stop();
});

describe('warnings', () => {
  it('of an end and of a gap behind it come once, and no gap where another agreement or a unit of the gmina follows', async () => {
    const [alone, followed, withUnit] = await Promise.all([somewhere(), somewhere(), somewhere()]);
    const to = addDays(today, 100);
    const ids = await Promise.all([alone, followed, withUnit].map((place) => agreements.signed(place, { to })));
    const heir = { providerId: await scenario.registerProvider(), offerId: followed.offerId };
    await agreements.signed(heir, { from: addDays(to, 1), to: addDays(to, 400) });
    const body = { kind: 'OWN_UNIT', name: { pl: 'CUS' } };
    const providerId = idOf(await service.http('POST', '/providers', { as: organiser, body }));
    await scenario.openCapacity({ providerId, offerId: withUnit.offerId }, 3);
    for (const id of ids) await lookedAt(id, today);
    clock.to(addDays(to, -60));
    await eventually(ids[0] ?? '', ['activated', 'ending-soon', 'gap-ahead']);
    await eventually(ids[1] ?? '', ['activated', 'ending-soon']);
    await eventually(ids[2] ?? '', ['activated', 'ending-soon']);
    const { data } = await service.published('providers.agreement.gap-ahead.v1', ids[0]);
    expect(data).toEqual({ ...alone, from: addDays(to, 1) });
    clock.to(addDays(to, -59));
    for (const id of ids) await lookedAt(id, addDays(to, -59));
    expect((await agreements.told(ids[0] ?? '')).slice(4)).toEqual(['activated', 'ending-soon', 'gap-ahead']);
  });

  it('of a ceiling come when it is near and when it is reached, and anew when it is another', async () => {
    const place = await scenario.places(5);
    const { providerId, offerId } = place;
    const services = [{ offerId, unit: 'HOUR' as const, ceilingQuantity: 20 }];
    const id = await agreements.signed(place, { services, to: addDays(today, 400) });
    await scenario.acceptedOrder(place, { quantity: 16 });
    await eventually(id, ['activated', 'ceiling-near']);
    const near = await service.published('providers.agreement.ceiling-near.v1', id);
    expect(near.data).toEqual({ providerId, offerId, unit: 'HOUR', ceiling: 20, ordered: 16, delivered: 0 });
    await scenario.acceptedOrder(place, { quantity: 4 });
    await eventually(id, ['activated', 'ceiling-near', 'ceiling-reached']);
    const aneks = { number: 'Aneks 1', signedOn: today, from: today };
    const more = [{ offerId, unit: 'HOUR', ceilingQuantity: 24 }];
    await agreements.done(id, 'amendments', director, { ...aneks, services: more });
    await eventually(id, ['activated', 'ceiling-near', 'ceiling-reached', 'amended', 'prices-set', 'ceiling-near']);
  });
});

describe('the forecast', () => {
  const forecast = async (id: string, as: object): Promise<ForecastsView> =>
    (await service.http<ForecastsView>('GET', `/agreements/${id}/forecast`, { as })).body;

  it('goes on at the pace of the deliveries, of units and of money', async () => {
    const place = await scenario.places(5);
    const { providerId, offerId } = place;
    const services = [{ offerId, unit: 'HOUR' as const, ceilingQuantity: 20 }];
    const id = await agreements.signed(place, { services, ceilingGrosze: 30 * 4500 });
    const order = await scenario.acceptedOrder(place);
    for (const days of [0, 1, 2, 3]) await scenario.record(order, 2, { deliveredOn: addDays(today, -days) });
    expect((await forecast(id, director)).items).toMatchObject([{ outcome: 'UNKNOWN' }, { outcome: 'UNKNOWN' }]);
    await scenario.record(order, 2, { deliveredOn: addDays(today, -4) });
    // Ten hours in the 31 days that there were.
    expect(await forecast(id, account(providerId))).toEqual({
      paceDays: 31,
      items: [
        {
          offerId,
          unit: 'HOUR',
          ceiling: 20,
          ordered: 10,
          delivered: 10,
          usedPermille: 500,
          outcome: 'RUNS_OUT',
          runsOutOn: addDays(today, 31),
        },
        {
          offerId: null,
          unit: 'GROSZE',
          ceiling: 135_000,
          ordered: 45_000,
          delivered: 45_000,
          usedPermille: 333,
          outcome: 'RUNS_OUT',
          runsOutOn: addDays(today, 62),
        },
      ],
    });
  });
});
