import { addDays } from '@okienko/contracts/calendar';
import { type ServiceUnderTest, startForTest } from '@okienko/testing/service-test';
import { v7 as uuidv7 } from 'uuid';
import { account, coordinator, gmina, idOf, organiser, Scenario, today } from '../scenario';
import { providersService } from '../service';

jest.setTimeout(60_000);

let service: ServiceUnderTest;
let scenario: Scenario;
beforeAll(async () => {
  service = await startForTest(providersService);
  scenario = new Scenario(service);
});
afterAll(() => service.stop());

const place = async () => ({ providerId: await scenario.registerProvider(), offerId: await scenario.publishOffer() });

describe('opening a capacity', () => {
  it('answers with its id and offers all its places', async () => {
    const where = await place();
    const id = idOf(await scenario.openCapacity(where, 3, '2026-01-01', '2026-12-31'));
    const told = await service.published('providers.capacity.opened.v1', id);
    expect(told).toMatchObject({ subject: id, sequence: '0000000001', gmina });
    expect(told.data).toEqual({ ...where, places: 3, free: 3, from: '2026-01-01', to: '2026-12-31' });
  });

  it('is open to a provider for itself, and for no other', async () => {
    const { providerId, offerId } = await place();
    const body = { providerId, offerId, places: 1, from: today, to: today };
    const other = await scenario.registerProvider();
    const open = (as: object) => service.http('POST', '/capacities', { as, body });
    expect(await open(account(other))).toMatchObject({ status: 404 });
    expect(await open({ ...account(other), roles: ['provider', 'director'] })).toMatchObject({ status: 404 });
    expect(await open(coordinator)).toMatchObject({ status: 403 });
    expect(await open(account(providerId))).toMatchObject({ status: 201 });
  });

  it('may be at a place, have opening times, quotas and a number of persons, and tells only where it is', async () => {
    const where = await place();
    const terms = {
      placeId: uuidv7(),
      coordinates: { latitude: 54.156061, longitude: 19.404491 },
      heads: 40,
      hours: [{ weekday: 1, opens: '08:00', closes: '16:00' }],
      exceptions: [{ day: today, times: [] }],
      quotas: [{ per: 'PERSON', each: 'MONTH', unit: 'RIDE', limit: 6 }],
    };
    const period = { from: today, to: today };
    const body = { ...where, places: 3, ...period, ...terms };
    const id = idOf(await service.http('POST', '/capacities', { as: organiser, body }));
    const shown = await service.http('GET', `/capacities/${id}`, { as: coordinator });
    const nothing = { headsCounted: 0, closedOn: null, closeReason: null };
    expect(shown.body).toEqual({ id, version: 1, ...body, free: 3, ...nothing });
    const { data } = await service.published('providers.capacity.opened.v1', id);
    const { placeId, coordinates } = terms;
    expect(data).toEqual({ ...where, places: 3, free: 3, ...period, placeId, ...coordinates });
    const beside = { ...body, placeId: uuidv7() };
    expect(await service.http('POST', '/capacities', { as: organiser, body: beside })).toMatchObject({ status: 201 });
    expect(await service.http('POST', '/capacities', { as: organiser, body })).toMatchObject({ status: 409 });
  });

  it.each<[string, object, number, string]>([
    ['half of the coordinates', { coordinates: { latitude: 54 } }, 400, 'invalid-request'],
    ['a time that is none', { hours: [{ weekday: 1, opens: '8:00', closes: '25:00' }] }, 400, 'invalid-request'],
    ['a day of no week', { hours: [{ weekday: 8, opens: '08:00', closes: '09:00' }] }, 400, 'invalid-request'],
    ['a time reversed', { hours: [{ weekday: 1, opens: '09:00', closes: '08:00' }] }, 422, 'opening-hours-wrong'],
    ['no list', { quotas: null }, 400, 'invalid-request'],
    ['no person', { heads: 0 }, 400, 'invalid-request'],
  ])('is refused with %s', async (_, terms, status, code) => {
    const body = { ...(await place()), places: 1, from: today, to: today, ...terms };
    const refused = await service.http('POST', '/capacities', { as: organiser, body });
    expect(refused).toMatchObject({ status, body: { type: expect.stringMatching(`${code}$`) } });
    expect((refused.body as { errors?: unknown[] }).errors?.length).toBeGreaterThan(0);
  });

  it('needs an offer that is published, and still is', async () => {
    const { providerId, offerId } = await place();
    const refused = {
      status: 422,
      body: { type: expect.stringMatching(/offer-not-published$/), basis: 'art. 13(1)(9)' },
    };
    expect(await scenario.openCapacity({ providerId, offerId: uuidv7() }, 1)).toMatchObject(refused);
    await scenario.withdrawOffer(offerId);
    expect(await scenario.openCapacity({ providerId, offerId }, 1)).toMatchObject(refused);
  });

  it('needs a provider that is registered', async () => {
    const offerId = await scenario.publishOffer();
    expect(await scenario.openCapacity({ providerId: uuidv7(), offerId }, 1)).toMatchObject({ status: 404 });
  });

  it('needs a period that runs forwards and at least one place', async () => {
    const where = await place();
    const reversed = await scenario.openCapacity(where, 1, today, addDays(today, -1));
    expect(reversed).toMatchObject({ status: 422, body: { type: expect.stringMatching(/period-reversed$/) } });
    expect(await scenario.openCapacity(where, 0)).toMatchObject({ status: 400 });
  });

  it('is refused where a capacity overlaps, and allowed on the day after', async () => {
    const where = await place();
    const open = (from: string, to: string) => scenario.openCapacity(where, 1, from, to);
    expect(await open('2026-03-01', '2026-03-31')).toMatchObject({ status: 201 });
    const refused = { status: 409, body: { type: expect.stringMatching(/capacity-overlaps$/) } };
    expect(await open('2026-03-31', '2026-04-30')).toMatchObject(refused);
    expect(await open('2026-03-10', '2026-03-10')).toMatchObject(refused);
    expect(await open('2026-02-01', '2026-03-01')).toMatchObject(refused);
    expect(await open('2026-04-01', '2026-04-30')).toMatchObject({ status: 201 });
    const elsewhere = { ...where, providerId: await scenario.registerProvider() };
    expect(await scenario.openCapacity(elsewhere, 1, '2026-03-01', '2026-03-31')).toMatchObject({ status: 201 });
  });

  it('lets one through of several that overlap and come at once', async () => {
    for (let round = 0; round < 5; round += 1) {
      const where = await place();
      const ends = Array.from({ length: 10 }, (_, days) => addDays(today, days));
      const answers = await Promise.all(ends.map((to) => scenario.openCapacity(where, 1, today, to)));
      expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
      expect(answers.filter(({ status }) => status === 409)).toHaveLength(9);
    }
  });

  it('happens once, however often the same request is sent', async () => {
    const where = await place();
    const body = { ...where, places: 2, from: today, to: today };
    const open = (changed: object) =>
      service.http('POST', '/capacities', { as: organiser, body: { ...body, ...changed }, key: 'open-once' });
    const first = await open({});
    expect(await open({})).toMatchObject({ status: 201, body: first.body });
    expect(await open({ places: 3 })).toMatchObject({ status: 422 });
    expect(await service.sql('select 1 from outbox where aggregate_id = $1', [idOf(first)])).toHaveLength(1);
  });
});

it('capacities are listed by offer and by provider, to a provider only its own', async () => {
  const offerId = await scenario.publishOffer();
  const [one, two] = [await scenario.registerProvider(), await scenario.registerProvider()];
  const ids = [];
  for (const providerId of [one, two]) ids.push(idOf(await scenario.openCapacity({ providerId, offerId }, 2)));
  const list = async (query: string, as: object) => {
    const { body } = await service.http('GET', `/capacities?${query}`, { as });
    return (body as { items: { id: string }[] }).items.map(({ id }) => id);
  };
  expect(await list(`offerId=${offerId}`, coordinator)).toEqual(ids);
  expect(await list(`offerId=${offerId}&providerId=${two}`, coordinator)).toEqual([ids[1]]);
  expect(await list(`offerId=${offerId}`, account(one))).toEqual([ids[0]]);
  expect(await list(`providerId=${two}`, account(one))).toEqual([]);
});

const act = (id: string, name: string, version: number, body: object, call: object = {}) =>
  service.http('POST', `/capacities/${id}/${name}`, { as: organiser, ifMatch: version, body, ...call });
const period = { from: addDays(today, -30), to: addDays(today, 300) };
const refused = (code: string) => ({ status: 409, body: { type: expect.stringMatching(`${code}$`) } });

describe('a capacity that is open', () => {
  it('may change, but not below what is taken, and says what it is from then on', async () => {
    const { capacityId: id, ...where } = await scenario.places(2);
    const orders = [await scenario.acceptedOrder(where), await scenario.acceptedOrder(where)];
    expect(await act(id, 'revision', 3, { places: 1, ...period })).toMatchObject(refused('capacity-in-use'));
    const shorter = { ...period, to: addDays(today, 19) };
    expect(await act(id, 'revision', 3, { places: 2, ...shorter })).toMatchObject(refused('capacity-in-use'));
    expect(await act(id, 'revision', 2, { places: 5, ...period })).toMatchObject({ status: 412 });
    expect(await act(id, 'revision', 3, { places: 0, ...period })).toMatchObject({ status: 400 });
    const changed = { from: addDays(today, -10), to: addDays(today, 20) };
    expect(await act(id, 'revision', 3, { places: 5, ...changed })).toMatchObject({
      status: 200,
      body: { id, version: 4 },
    });
    const { data, sequence } = await service.published('providers.capacity.changed.v1', id);
    expect([data, sequence]).toEqual([{ ...where, places: 5, free: 3, ...changed }, '0000000004']);
    await scenario.complete(orders[0] as (typeof orders)[0]);
    expect(await scenario.free(id)).toBe(4);
    expect(await act(id, 'revision', 5, { places: 1, ...changed })).toMatchObject({ status: 200 });
    expect(await scenario.free(id)).toBe(0);
  });

  it('does not come to overlap another', async () => {
    const where = await place();
    const id = idOf(await scenario.openCapacity(where, 1, '2026-03-01', '2026-03-31'));
    await scenario.openCapacity(where, 1, '2026-05-01', '2026-05-31');
    const longer = (to: string) => act(id, 'revision', 1, { places: 1, from: '2026-03-01', to });
    expect(await longer('2026-05-01')).toMatchObject(refused('capacity-overlaps'));
    expect(await longer('2026-04-30')).toMatchObject({ status: 200 });
  });

  it('closes with a reason; orders keep their places, nobody gets another, what was held is given back', async () => {
    const { capacityId: id, ...where } = await scenario.places(3);
    const order = await scenario.acceptedOrder(where);
    const late = await scenario.refer(where);
    const held = { holderRef: uuidv7(), from: today, to: today, quantity: 1, unit: 'HOUR', minutes: 15 };
    const hold = () => service.http('POST', `/capacities/${id}/holds`, { as: coordinator, body: held });
    expect(await hold()).toMatchObject({ status: 201 });
    expect(await act(id, 'closure', 3, { reasonCode: 'BORED' })).toMatchObject({ status: 400 });
    const done = { status: 200, body: { id, version: 4 } };
    const once = { key: uuidv7() };
    expect(await act(id, 'closure', 3, { reasonCode: 'NO_STAFF' }, once)).toMatchObject(done);
    expect(await act(id, 'closure', 3, { reasonCode: 'NO_STAFF' }, once)).toMatchObject(done);
    const { data } = await service.published('providers.capacity.closed.v1', id);
    const none = { ...where, places: 0, free: 0 };
    expect(data).toEqual({ ...none, closedOn: today, reasonCode: 'NO_STAFF' });
    expect(await service.sql('select order_id from capacity_reservation where capacity_id = $1', [id])).toEqual([
      { order_id: order.id },
    ]);
    expect(await hold()).toMatchObject(refused('wrong-state'));
    expect(await scenario.accept(late)).toMatchObject(refused('no-capacity-open'));
    expect(await act(id, 'closure', 4, { reasonCode: 'OTHER' })).toMatchObject(refused('wrong-state'));
    expect(await act(id, 'revision', 4, { places: 5, ...period })).toMatchObject(refused('wrong-state'));
    await scenario.complete(order);
    const released = await service.published('providers.capacity.released.v1', id);
    expect(released.data).toEqual({ ...none, orderId: order.id });
    expect(await scenario.openCapacity(where, 1)).toMatchObject({ status: 201 });
  });

  it('is changed once, however often the same request is sent', async () => {
    const { capacityId: id } = await scenario.places(1);
    const once = { key: uuidv7() };
    for (let time = 0; time < 2; time += 1)
      expect(await act(id, 'revision', 1, { places: 2, ...period }, once)).toMatchObject({ body: { version: 2 } });
    expect(await service.sql('select 1 from outbox where aggregate_id = $1', [id])).toHaveLength(2);
  });

  it('never has fewer places than are taken, whoever comes first', async () => {
    for (let round = 0; round < 5; round += 1) {
      const { capacityId: id, ...where } = await scenario.places(2);
      const orders = [await scenario.refer(where), await scenario.refer(where)];
      const crossing = [
        ...orders.map((order) => scenario.accept(order)),
        act(id, 'revision', 1, { places: 1, ...period }),
      ];
      await Promise.all(crossing);
      const [row] = await service.sql<{ places: number; free: number; taken: number }>(
        `select places, free, (select count(*)::int from capacity_reservation r where r.capacity_id = c.id) as taken
         from capacity c where id = $1`,
        [id],
      );
      expect(row?.free).toBe((row?.places ?? 0) - (row?.taken ?? 0));
    }
  });
});

describe('who may do what with a capacity', () => {
  const staff = [
    'desk',
    'coordinator',
    'services-organiser',
    'community-organiser',
    'director',
    'finance',
    'auditor',
    'operator',
  ];
  const plans = ['coordinator', 'services-organiser', 'director', 'provider'];
  const leads = ['services-organiser', 'director', 'provider'];
  const held = { holderRef: uuidv7(), from: today, to: today, quantity: 1, unit: 'HOUR', minutes: 1 };
  const none = uuidv7();
  const acts: [method: string, path: string, body: object | undefined, allowed: string[]][] = [
    ['GET', '', undefined, [...staff, 'provider']],
    ['GET', '/availability', undefined, [...staff, 'provider']],
    ['GET', '/holds', undefined, [...staff, 'provider']],
    ['POST', '/revision', { places: 1, ...period }, leads],
    ['POST', '/closure', { reasonCode: 'OTHER' }, leads],
    ['POST', '/holds', held, plans],
    ['POST', `/holds/${none}/confirmation`, undefined, plans],
    ['POST', `/holds/${none}/release`, undefined, plans],
  ];

  it.each(acts)('%s …%s', async (method, path, body, allowed) => {
    const { capacityId, providerId } = await scenario.places(1);
    const [own, other] = [providerId, await scenario.registerProvider()];
    const ask = async (roles: string[], of?: string) => {
      const as = { sub: 'somebody', roles, ...(of && { providerId: of }) } as object;
      return (await service.http(method, `/capacities/${capacityId}${path}`, { as, body, ifMatch: 9 })).status;
    };
    for (const role of [...staff, 'partner'])
      expect([role, (await ask([role])) === 403]).toEqual([role, !allowed.includes(role)]);
    expect(await ask(['provider'], other)).toBe(404);
    expect(await ask(['provider', 'director'], other)).toBe(404);
    expect([403, 404]).not.toContain(await ask(['provider'], own));
    expect((await service.http(method, `/capacities/${capacityId}${path}`, { body })).status).toBe(401);
  });
});
