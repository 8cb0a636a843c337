import { addDays } from '@okienko/contracts/calendar';
import { type ServiceUnderTest, startForTest } from '@okienko/testing/service-test';
import fc from 'fast-check';
import { v7 as uuidv7 } from 'uuid';
import { account, coordinator, idOf, organiser, Scenario, today } from '../scenario';
import { providersService } from '../service';
import type { AvailabilityView } from './availability.dto';
import { weekdayOf } from './opening-hours';

jest.setTimeout(120_000);

let service: ServiceUnderTest;
let scenario: Scenario;
beforeAll(async () => {
  service = await startForTest(providersService);
  scenario = new Scenario(service);
}, 60_000);
afterAll(() => service.stop());

const day = (at: number): string => addDays(today, at);
const availability = async (capacityId: string, query = '', as: object = coordinator): Promise<AvailabilityView> => {
  const path = `/capacities/${capacityId}/availability${query}`;
  const { status, body } = await service.http<AvailabilityView>('GET', path, { as });
  expect({ status, body }).toMatchObject({ status: 200 });
  return body;
};
const hold = (capacityId: string, from: number, to: number) =>
  service.http('POST', `/capacities/${capacityId}/holds`, {
    as: coordinator,
    body: { holderRef: uuidv7(), from: day(from), to: day(to), quantity: 1, unit: 'HOUR', minutes: 15 },
  });

describe('free places by day', () => {
  it('are those that nobody has on that day, within the period of the capacity', async () => {
    const { capacityId, ...place } = await scenario.places(2);
    await scenario.acceptedOrder(place, { from: day(-10), to: day(3) });
    idOf(await hold(capacityId, 2, 4));
    const expired = idOf(await hold(capacityId, 5, 6));
    await service.sql(`update capacity_reservation set expires_at = now() - interval '1 day' where id = $1`, [expired]);
    const { days, ...shown } = await availability(capacityId, `?to=${day(6)}`);
    expect(shown).toEqual({ id: capacityId, ...place, placeId: null, places: 2, headsLeft: null });
    expect(days.map(({ free }) => free)).toEqual([1, 1, 0, 0, 1, 2, 2]);
    expect(days.map((one) => one.day)).toEqual([0, 1, 2, 3, 4, 5, 6].map(day));
    const last = await availability(capacityId, `?from=${day(299)}&to=${day(310)}`);
    expect(last.days.map((one) => one.day)).toEqual([day(299), day(300)]);
    expect((await availability(capacityId)).days).toHaveLength(28);
    expect((await availability(capacityId, `?from=${day(400)}`)).days).toEqual([]);
  });

  it('are none on days on which it is closed, and come with opening times', async () => {
    const place = { providerId: await scenario.registerProvider(), offerId: await scenario.publishOffer() };
    const hours = [{ weekday: weekdayOf(today), opens: '08:00', closes: '16:00' }];
    const exceptions = [
      { day: day(1), times: [{ opens: '10:00', closes: '24:00' }] },
      { day: day(7), times: [] },
    ];
    const terms = { places: 3, heads: 10, from: today, to: day(30), hours, exceptions };
    const id = idOf(await service.http('POST', '/capacities', { as: organiser, body: { ...place, ...terms } }));
    const { days, headsLeft } = await availability(id, `?to=${day(14)}`);
    expect(headsLeft).toBe(10);
    const open = days.filter(({ free }) => free > 0);
    expect(open).toEqual([
      { day: today, free: 3, open: [{ opens: '08:00', closes: '16:00' }] },
      { day: day(1), free: 3, open: [{ opens: '10:00', closes: '24:00' }] },
      { day: day(14), free: 3, open: [{ opens: '08:00', closes: '16:00' }] },
    ]);
    expect(days.filter((one) => one.open.length === 0)).toHaveLength(12);
  });

  it('are asked for a period that runs forwards, of at most 92 days', async () => {
    const { capacityId } = await scenario.places(1);
    const ask = (query: string) =>
      service.http('GET', `/capacities/${capacityId}/availability${query}`, { as: coordinator });
    const malformed = { status: 400, body: { type: expect.stringMatching(/period-malformed$/) } };
    expect(await ask(`?from=${day(1)}&to=${today}`)).toMatchObject(malformed);
    expect(await ask(`?from=${today}&to=${day(91)}`)).toMatchObject({ status: 200 });
    expect(await ask(`?from=${today}&to=${day(92)}`)).toMatchObject(malformed);
    expect(await ask('?from=tomorrow')).toMatchObject({ status: 400 });
  });

  it('are what a simple count says, and a place is given exactly on days that are free', async () => {
    const stretches = fc.array(fc.tuple(fc.nat(8), fc.nat(8)), { minLength: 1, maxLength: 8 });
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 3 }), stretches, async (places, asked) => {
        const { capacityId } = await scenario.places(places);
        const taken = Array<number>(9).fill(0);
        for (const [one, other] of asked) {
          const [from, to] = [Math.min(one, other), Math.max(one, other)];
          const fits = taken.slice(from, to + 1).every((count) => count < places);
          expect((await hold(capacityId, from, to)).status).toBe(fits ? 201 : 409);
          if (fits) for (let at = from; at <= to; at += 1) taken[at] = (taken[at] ?? 0) + 1;
        }
        const { days } = await availability(capacityId, `?to=${day(8)}`);
        expect(days.map(({ free }) => free)).toEqual(taken.map((count) => places - count));
        expect(await scenario.free(capacityId)).toBe(places - Math.max(...taken));
      }),
      { numRuns: 10 },
    );
  });
});

describe('free places of a service', () => {
  it('are told of all its providers, page by page, without those that are closed or over', async () => {
    const offerId = await scenario.publishOffer();
    const ids: string[] = [];
    for (let at = 0; at < 4; at += 1) {
      const place = { providerId: await scenario.registerProvider(), offerId };
      ids.push(idOf(await scenario.openCapacity(place, at + 1)));
    }
    const [closed] = ids.splice(2, 1);
    const body = { reasonCode: 'OTHER' };
    const closing = await service.http('POST', `/capacities/${closed}/closure`, { as: organiser, ifMatch: 1, body });
    expect(closing).toMatchObject({ status: 200 });
    await scenario.openCapacity({ providerId: await scenario.registerProvider(), offerId }, 1, day(-9), day(-1));
    const find = async (more = '') => {
      const path = `/availability?offerId=${offerId}&to=${day(1)}${more}`;
      const answer = await service.http<{ items: AvailabilityView[]; next?: string }>('GET', path, { as: coordinator });
      return answer.body;
    };
    const { items } = await find();
    expect(items.map(({ id }) => id)).toEqual(ids);
    expect(items.map(({ days }) => days.map(({ free }) => free))).toEqual([
      [1, 1],
      [2, 2],
      [4, 4],
    ]);
    const first = await find('&limit=2');
    expect(first.items.map(({ id }) => id)).toEqual(ids.slice(0, 2));
    expect((await find(`&limit=2&after=${first.next}`)).items.map(({ id }) => id)).toEqual(ids.slice(2));
  });

  it('are for staff; a provider sees its own capacities alone', async () => {
    const { capacityId, providerId, offerId } = await scenario.places(1);
    const other = account(await scenario.registerProvider());
    const ask = (path: string, as: object) => service.http('GET', path, { as });
    expect(await ask(`/availability?offerId=${offerId}`, account(providerId))).toMatchObject({ status: 403 });
    const mistaken = { ...other, roles: ['provider', 'director'] };
    expect((await ask(`/availability?offerId=${offerId}`, mistaken)).body).toEqual({ items: [] });
    expect(await ask(`/capacities/${capacityId}/availability`, account(providerId))).toMatchObject({ status: 200 });
    expect(await ask(`/capacities/${capacityId}/availability`, other)).toMatchObject({ status: 404 });
  });
});
