import { event } from '@okienko/contracts/event';
import { capacityOpenedV1 } from '@okienko/contracts/providers/capacity-opened.v1';
import { capacityReleasedV1 } from '@okienko/contracts/providers/capacity-released.v1';
import { capacityReservedV1 } from '@okienko/contracts/providers/capacity-reserved.v1';
import type { Changed } from '@okienko/chassis/http';
import { type ServiceUnderTest, startForTest } from '@okienko/testing/service-test';
import { v7 as uuidv7 } from 'uuid';
import { catalogueService } from '../service';
import { exampleOffer } from '../service-offers/service-offer-example';

interface Seen {
  version: number;
  capacity: { places: number; free: number; asOf: string } | null;
}

describe('free places in the directory', () => {
  let service: ServiceUnderTest;
  beforeAll(async () => {
    service = await startForTest(catalogueService);
  }, 60_000);
  afterAll(() => service.stop());

  const as = { sub: 'organiser-ewa', roles: ['services-organiser'] } as const;
  const offered = async (): Promise<string> => {
    const { body } = await service.http<Changed>('POST', '/service-offers', { as, body: exampleOffer() });
    await service.http('POST', `/service-offers/${body.id}/publication`, { as, ifMatch: 1 });
    return body.id;
  };
  const opened = (capacityId: string, offerId: string, places: number, to = '2099-12-31') =>
    event(capacityOpenedV1, capacityId, {
      providerId: uuidv7(),
      offerId,
      places,
      free: places,
      from: '2021-01-01',
      to,
    });
  const counted = (
    contract: typeof capacityReservedV1 | typeof capacityReleasedV1,
    capacityId: string,
    offerId: string,
    free: number,
  ) => event(contract, capacityId, { providerId: uuidv7(), offerId, places: 3, free, orderId: uuidv7() });
  const capacityOf = async (offerId: string): Promise<Seen['capacity']> =>
    (await service.http<Seen>('GET', `/service-offers/${offerId}`)).body.capacity;
  const becomes = (offerId: string, capacity: object) =>
    service.eventually(async () => expect(await capacityOf(offerId)).toMatchObject(capacity));

  it('are the sum over all providers of the offer, as of the latest event', async () => {
    const offerId = await offered();
    expect(await capacityOf(offerId)).toBeNull();
    const [one, two] = [uuidv7(), uuidv7()];
    await service.publish(opened(one, offerId, 3), { sequence: 1 });
    await service.publish(opened(two, offerId, 5), { sequence: 1 });
    await becomes(offerId, { places: 8, free: 8 });
    await service.publish(counted(capacityReservedV1, one, offerId, 2), { sequence: 2 });
    await service.publish(counted(capacityReservedV1, one, offerId, 1), { sequence: 3 });
    await becomes(offerId, { places: 8, free: 6 });
    await service.publish(counted(capacityReleasedV1, one, offerId, 2), { sequence: 4 });
    await becomes(offerId, { places: 8, free: 7 });
    const { body } = await service.http<{ items: (Seen & { id: string })[] }>('GET', '/service-offers?limit=200');
    const listed = body.items.find(({ id }) => id === offerId);
    expect(listed?.capacity).toEqual(await capacityOf(offerId));
    expect(Date.now() - Date.parse(listed?.capacity?.asOf ?? '')).toBeLessThan(60_000);
  });

  it('come out right when the events arrive late or twice', async () => {
    const offerId = await offered();
    const capacityId = uuidv7();
    const reserved = counted(capacityReservedV1, capacityId, offerId, 2);
    const id = await service.publish(reserved, { sequence: 2 });
    await service.publish(counted(capacityReservedV1, capacityId, offerId, 1), { sequence: 3 });
    await service.publish(opened(capacityId, offerId, 3), { sequence: 1 });
    await service.publish(reserved, { sequence: 2, id });
    await becomes(offerId, { places: 3, free: 1 });
    const [row] = await service.sql<{ sequence: number }>('select sequence from capacity_copy where capacity_id = $1', [
      capacityId,
    ]);
    expect(row?.sequence).toBe(3);
  });

  it('are not counted once the provider offers them no longer', async () => {
    const offerId = await offered();
    await service.publish(opened(uuidv7(), offerId, 3, '2021-12-31'), { sequence: 1 });
    await service.publish(opened(uuidv7(), offerId, 2), { sequence: 1 });
    await becomes(offerId, { places: 2, free: 2 });
  });

  it('make another tag of the offer whose version stays as it is', async () => {
    const offerId = await offered();
    const ask = (known: string) =>
      service.http<Seen>('GET', `/service-offers/${offerId}`, { headers: { 'If-None-Match': known } });
    const { status, headers } = await ask('"2"');
    const tag = headers.get('etag') ?? '';
    expect([status, (await ask(tag)).status]).toEqual([200, 304]);
    await service.publish(opened(uuidv7(), offerId, 4), { sequence: 1 });
    await service.eventually(async () => expect((await ask(tag)).body.capacity).toMatchObject({ free: 4 }));
  });
});
