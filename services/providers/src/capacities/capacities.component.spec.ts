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
      placeId: await scenario.placeOf(where.providerId),
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
    const beside = { ...body, placeId: await scenario.placeOf(where.providerId) };
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
