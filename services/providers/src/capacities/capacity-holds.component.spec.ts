import { addDays } from '@okienko/contracts/calendar';
import { type ServiceUnderTest, startForTest } from '@okienko/testing/service-test';
import { v7 as uuidv7 } from 'uuid';
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

const act = (capacityId: string, holdId: string, name: 'confirmation' | 'release', call: object = {}) =>
  service.http('POST', `/capacities/${capacityId}/holds/${holdId}/${name}`, { as: coordinator, ...call });
const expire = (ids: readonly string[]) =>
  service.sql(
    `update capacity_reservation set expires_at = clock_timestamp() - interval '1 second'
     where id = any ($1) and expires_at is not null`,
    [ids],
  );
const gone = { status: 404, body: { type: expect.stringMatching('hold-expired$') } };
const refused = (code: string, status = 409) => ({ status, body: { type: expect.stringMatching(`${code}$`) } });

describe('a place that is held', () => {
  it('is taken until it is given back, and shown with whom it is for', async () => {
    const { capacityId, providerId, offerId } = await scenario.places(1);
    const body = { holderRef: uuidv7(), from: today, to: addDays(today, 9), quantity: 2, unit: 'RIDE' };
    const held = await scenario.hold(capacityId, body);
    expect(held).toMatchObject({ status: 201, body: { capacityId } });
    expect(await scenario.hold(capacityId)).toMatchObject(refused('capacity-exhausted'));
    expect(await scenario.free(capacityId)).toBe(0);
    const listed = await service.http('GET', `/capacities/${capacityId}/holds`, { as: account(providerId) });
    expect(listed.body).toMatchObject({
      items: [{ id: idOf(held), ...body, orderId: null }],
    });
    expect(await act(capacityId, idOf(held), 'release')).toMatchObject({ status: 200, body: { id: capacityId } });
    expect(await act(capacityId, idOf(held), 'release')).toMatchObject(gone);
    expect(await scenario.free(capacityId)).toBe(1);
    expect(await scenario.facts(capacityId)).toEqual(['opened', 'recounted', 'recounted']);
    const { data } = await service.published('providers.capacity.recounted.v1', capacityId);
    expect(data).toEqual({ providerId, offerId, places: 1, free: 0 });
  });

  it('is free for others on other days, which changes no count and is not told', async () => {
    const { capacityId } = await scenario.places(1);
    expect(await scenario.hold(capacityId)).toMatchObject({ status: 201 });
    expect(await scenario.hold(capacityId, { from: addDays(today, 10), to: addDays(today, 20) })).toMatchObject({
      status: 201,
    });
    expect(await scenario.hold(capacityId, { from: addDays(today, 9), to: addDays(today, 10) })).toMatchObject(
      refused('capacity-exhausted'),
    );
    expect(await scenario.facts(capacityId)).toEqual(['opened', 'recounted']);
  });

  it('is free at once for whoever asks when it has expired, and cannot be confirmed then', async () => {
    const { capacityId } = await scenario.places(1);
    const late = idOf(await scenario.hold(capacityId));
    await expire([late]);
    expect(await act(capacityId, late, 'confirmation')).toMatchObject(gone);
    const next = idOf(await scenario.hold(capacityId));
    expect(await act(capacityId, late, 'confirmation')).toMatchObject(gone);
    expect(await act(capacityId, next, 'confirmation')).toMatchObject({ status: 200 });
    await expire([next]);
    expect(await act(capacityId, next, 'confirmation')).toMatchObject({ status: 200 });
    expect(await scenario.hold(capacityId)).toMatchObject(refused('capacity-exhausted'));
  });

  it('is tidied away when nobody asks, by one event however many have expired', async () => {
    const { capacityId } = await scenario.places(5);
    const ids = await Promise.all(Array.from({ length: 5 }, async () => idOf(await scenario.hold(capacityId))));
    await expire(ids);
    await service.eventually(async () => expect(await scenario.free(capacityId)).toBe(5), 15_000);
    expect(await scenario.facts(capacityId)).toEqual(['opened', ...Array.from({ length: 6 }, () => 'recounted')]);
    expect(await service.sql('select 1 from capacity_reservation where capacity_id = $1', [capacityId])).toEqual([]);
    expect(await service.sql('select 1 from capacity_head where capacity_id = $1', [capacityId])).toEqual([]);
  });

  it('is one, however often the same request is sent; so are its confirmation and release', async () => {
    const { capacityId } = await scenario.places(3);
    const [body, key] = [{ holderRef: uuidv7() }, uuidv7()];
    const first = await scenario.hold(capacityId, body, { key });
    expect(await scenario.hold(capacityId, body, { key })).toMatchObject({ status: 201, body: first.body });
    expect(await scenario.hold(capacityId, { ...body, minutes: 5 }, { key })).toMatchObject({ status: 422 });
    expect(await scenario.hold(capacityId, body, { key: null })).toMatchObject({ status: 400 });
    expect(await scenario.free(capacityId)).toBe(2);
    for (const name of ['confirmation', 'release'] as const) {
      const again = { key: uuidv7() };
      const done = await act(capacityId, idOf(first), name, again);
      expect(done).toMatchObject({ status: 200 });
      expect(await act(capacityId, idOf(first), name, again)).toMatchObject({ status: 200, body: done.body });
    }
    expect(await scenario.facts(capacityId)).toEqual(['opened', 'recounted', 'recounted']);
  });

  it('needs days of the capacity, in order', async () => {
    const { capacityId } = await scenario.places(1);
    expect(await scenario.hold(capacityId, { to: addDays(today, 301) })).toMatchObject(refused('no-capacity-open'));
    expect(await scenario.hold(capacityId, { to: addDays(today, -1) })).toMatchObject(refused('period-reversed', 422));
    expect(await scenario.hold(capacityId, { minutes: 1441 })).toMatchObject({ status: 400 });
    expect(await scenario.hold(uuidv7())).toMatchObject({ status: 404 });
  });

  it('becomes the place of the order of its allocation, even where all others are taken', async () => {
    const { capacityId, ...place } = await scenario.places(2);
    const order = await scenario.refer(place);
    const holderRef = order.allocationId;
    expect(await scenario.hold(capacityId, { holderRef })).toMatchObject({ status: 201 });
    expect(await scenario.hold(capacityId)).toMatchObject({ status: 201 });
    const other = await scenario.refer(place);
    expect(await scenario.accept(other)).toMatchObject(refused('capacity-exhausted'));
    expect(await scenario.accept(order)).toMatchObject({ status: 200 });
    const rows = await service.sql('select holder, expires_at from capacity_reservation where order_id = $1', [
      order.id,
    ]);
    expect(rows).toEqual([{ holder: holderRef, expires_at: null }]);
    expect(await scenario.free(capacityId)).toBe(0);
  });
});
