import { addDays } from '@okienko/contracts/calendar';
import { type ServiceUnderTest, startForTest } from '@okienko/testing/service-test';
import { v7 as uuidv7 } from 'uuid';
import { idOf, organiser, Scenario, today } from '../scenario';
import { providersService } from '../service';

jest.setTimeout(60_000);

let service: ServiceUnderTest;
let scenario: Scenario;
beforeAll(async () => {
  service = await startForTest(providersService);
  scenario = new Scenario(service);
});
afterAll(() => service.stop());

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
    const where = { providerId: await scenario.registerProvider(), offerId: await scenario.publishOffer() };
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
    expect(await scenario.hold(id)).toMatchObject({ status: 201 });
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
    expect(await scenario.hold(id)).toMatchObject(refused('wrong-state'));
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
