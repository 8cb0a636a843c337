import { addDays } from '@okienko/contracts/calendar';
import { type ServiceUnderTest, startForTest } from '@okienko/testing/service-test';
import { account, coordinator, gmina, organiser, Scenario, today } from '../scenario';
import { providersService } from '../service';
import type { ServiceOrderView } from '../service-orders/service-orders.dto';
import type { ScheduleView, VisitView } from './schedules.dto';

jest.setTimeout(60_000);

let service: ServiceUnderTest;
let scenario: Scenario;
beforeAll(async () => {
  service = await startForTest(providersService);
  scenario = new Scenario(service);
});
afterAll(() => service.stop());

const order = async (): Promise<ServiceOrderView> => scenario.acceptedOrder(await scenario.places(1));
const daily = { from: today, rule: 'FREQ=DAILY', startsAt: '08:30', minutes: 60, quantity: 1 };
const plan = (orderId: string, as: object, ifMatch: number, more: object = {}, key?: string) =>
  service.http('POST', `/service-orders/${orderId}/schedule`, {
    as,
    ifMatch,
    body: { ...daily, ...more },
    ...(key === undefined ? {} : { key }),
  });
const read = (orderId: string, as: object = coordinator, from = today, to = addDays(today, 60)) =>
  service.http<ScheduleView>('GET', `/service-orders/${orderId}/schedule?from=${from}&to=${to}`, { as });
const problem = (status: number, code: string) => ({
  status,
  body: { type: expect.stringMatching(new RegExp(`/${code}$`)) },
});

describe('the visits of an order', () => {
  it('are planned once, from a day to the end of the order', async () => {
    const { id, providerId, allocationId } = await order();
    expect(await read(id)).toMatchObject({ status: 200, body: { id, version: 0, plans: [], visits: [] } });
    const provider = account(providerId);
    const answer = { status: 200, body: { id, version: 1 } };
    expect(await plan(id, provider, 0, {}, `plan-${id}`)).toMatchObject(answer);
    expect(await plan(id, provider, 0, {}, `plan-${id}`)).toMatchObject(answer);
    const told = await service.published('providers.visit-schedule.planned.v1', id);
    expect(told).toMatchObject({ gmina, data: { orderId: id, allocationId, providerId, from: today, visits: 21 } });
    const { body, headers } = await read(id, provider);
    expect(headers.get('etag')).toBe('"1"');
    expect(body.visits).toHaveLength(21);
    expect(body.visits[0]).toMatchObject({ orderId: id, allocationId, day: today, quantity: 1 });
    expect(body.plans).toMatchObject([{ ...daily, plannedBy: provider.sub, exceptDays: [], extra: [] }]);
  });

  it('are planned anew from a day on, and what was planned before is kept', async () => {
    const { id } = await order();
    await plan(id, coordinator, 0);
    const later = addDays(today, 5);
    expect(await plan(id, organiser, 0, { from: later })).toMatchObject({ status: 412 });
    const anew = { from: later, rule: 'FREQ=DAILY;INTERVAL=7', quantity: 3, exceptDays: [addDays(later, 7)] };
    expect(await plan(id, organiser, 1, anew)).toMatchObject({ status: 200, body: { version: 2 } });
    const { body } = await read(id);
    expect(body.plans.map(({ plannedBy }) => plannedBy)).toEqual([coordinator.sub, organiser.sub]);
    expect(body.visits.map(({ day, quantity }) => [day, quantity])).toEqual([
      ...[0, 1, 2, 3, 4].map((days) => [addDays(today, days), 1]),
      [later, 3],
      [addDays(later, 14), 3],
    ]);
  });

  it('are never more than a bound, and keep to the order and to rules that exist', async () => {
    const { id } = await order();
    const minutes = Array.from({ length: 60 }, (_, minute) => minute).join(',');
    expect(await plan(id, coordinator, 0, { rule: `FREQ=DAILY;BYMINUTE=${minutes}` })).toMatchObject(
      problem(422, 'too-many-visits'),
    );
    expect(await plan(id, coordinator, 0, { rule: 'FREQ=HOURLY' })).toMatchObject(problem(422, 'recurrence-malformed'));
    expect(await plan(id, coordinator, 0, { rule: 'codziennie' })).toMatchObject({ status: 400 });
    expect(await plan(id, coordinator, 0, { from: addDays(today, 21) })).toMatchObject(
      problem(422, 'planned-outside-period'),
    );
    expect(await plan(id, coordinator, 1)).toMatchObject({ status: 412 });
    expect(await read(id, coordinator, today, addDays(today, 93))).toMatchObject(problem(422, 'span-too-long'));
    expect(await read(id, coordinator, today, addDays(today, -1))).toMatchObject(problem(422, 'span-too-long'));
    expect(await read(id)).toMatchObject({ body: { version: 0 } });
  });

  it('planned first by two at once are planned by one', async () => {
    const { id } = await order();
    const answers = await Promise.all([plan(id, coordinator, 0), plan(id, organiser, 0)]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 412]);
  });

  it('end with their order', async () => {
    const ordered = await order();
    await plan(ordered.id, coordinator, 0);
    await scenario.complete(ordered);
    expect((await read(ordered.id)).body).toMatchObject({ version: 1, visits: [] });
    expect(await plan(ordered.id, coordinator, 1)).toMatchObject(problem(409, 'wrong-state'));
  });
});

describe('the visits of a performer', () => {
  it('are those of all orders in which they are to come, in order, for those who may see the provider', async () => {
    const place = await scenario.places(2);
    const [one, two] = [await scenario.acceptedOrder(place), await scenario.acceptedOrder(place)];
    const performerId = await scenario.performer(place.providerId);
    await plan(one.id, coordinator, 0, { performerId });
    await plan(one.id, coordinator, 1, {
      performerId: await scenario.performer(place.providerId),
      from: addDays(today, 2),
    });
    await plan(two.id, coordinator, 0, { performerId, startsAt: '07:00', rule: 'FREQ=DAILY;COUNT=1' });
    const visits = async (as: object): Promise<VisitView[]> => {
      const path = `/visits?performerId=${performerId}&from=${today}&to=${addDays(today, 30)}`;
      return (await service.http<{ items: VisitView[] }>('GET', path, { as })).body.items;
    };
    const expected = [
      [two.id, today],
      [one.id, today],
      [one.id, addDays(today, 1)],
    ];
    expect((await visits(coordinator)).map(({ orderId, day }) => [orderId, day])).toEqual(expected);
    expect(await visits(account(place.providerId))).toHaveLength(3);
    expect(await visits(account(await scenario.registerProvider()))).toEqual([]);
  });
});

describe('who may plan', () => {
  const roles = [
    'desk',
    'coordinator',
    'services-organiser',
    'community-organiser',
    'director',
    'finance',
    'auditor',
    'operator',
  ];

  test.each(roles)('%s', async (role) => {
    const { id } = await order();
    const may = ['coordinator', 'services-organiser'].includes(role);
    expect(await plan(id, { sub: role, roles: [role] }, 0)).toMatchObject({ status: may ? 200 : 403 });
    expect(await read(id, { sub: role, roles: [role] })).toMatchObject({ status: 200, body: { version: may ? 1 : 0 } });
  });

  it('another provider finds nothing, whatever other role it has', async () => {
    const { id } = await order();
    const stranger = { ...account(await scenario.registerProvider()), roles: ['provider', 'coordinator'] };
    expect(await plan(id, stranger, 0)).toMatchObject({ status: 404 });
    expect(await read(id, stranger)).toMatchObject({ status: 404 });
  });
});
