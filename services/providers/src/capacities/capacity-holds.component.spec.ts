import { addDays } from '@okienko/contracts/calendar';
import { type Answer, type ServiceUnderTest, startForTest } from '@okienko/testing/service-test';
import fc from 'fast-check';
import { DataSource } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import { account, coordinator, idOf, organiser, Scenario, today } from '../scenario';
import { providersService } from '../service';

jest.setTimeout(120_000);

let service: ServiceUnderTest;
let scenario: Scenario;
let replica: { readonly url: string; stop(): Promise<void> };
beforeAll(async () => {
  service = await startForTest(providersService);
  scenario = new Scenario(service);
  replica = await service.replica();
}, 120_000);
afterAll(async () => {
  await replica.stop();
  await service.stop();
});

const wanted = (more: object = {}) => ({
  holderRef: uuidv7(),
  from: today,
  to: addDays(today, 9),
  quantity: 2,
  unit: 'RIDE',
  minutes: 15,
  ...more,
});
const hold = (capacityId: string, more: object = {}, call: object = {}): Promise<Answer> =>
  service.http('POST', `/capacities/${capacityId}/holds`, { as: coordinator, body: wanted(more), ...call });
const act = (capacityId: string, holdId: string, name: 'confirmation' | 'release', call: object = {}) =>
  service.http('POST', `/capacities/${capacityId}/holds/${holdId}/${name}`, { as: coordinator, ...call });
const expire = (holdId: string) =>
  service.sql(
    `update capacity_reservation set expires_at = clock_timestamp() - interval '1 second' where id = $1 and expires_at is not null`,
    [holdId],
  );
const told = async (id: string): Promise<string[]> => {
  const sql = `select event::jsonb ->> 'type' as name from outbox where aggregate_id = $1 order by sequence`;
  return (await service.sql<{ name: string }>(sql, [id])).map(({ name }) => name.split('.').at(-2) ?? '');
};
const refused = (code: string, status = 409) => ({ status, body: { type: expect.stringMatching(`${code}$`) } });
/** A capacity with other terms than those of the scenario. */
const opened = async (terms: object): Promise<string> => {
  const place = { providerId: await scenario.registerProvider(), offerId: await scenario.publishOffer() };
  const period = { from: addDays(today, -30), to: addDays(today, 300) };
  return idOf(
    await service.http('POST', '/capacities', { as: organiser, body: { ...place, places: 1, ...period, ...terms } }),
  );
};

describe('a place that is held', () => {
  it('is taken until it is given back, and shown with whom it is for', async () => {
    const { capacityId, providerId, offerId } = await scenario.places(1);
    const body = wanted();
    const held = await hold(capacityId, body);
    expect(held).toMatchObject({ status: 201, body: { capacityId } });
    expect(await hold(capacityId)).toMatchObject(refused('capacity-exhausted'));
    expect(await scenario.free(capacityId)).toBe(0);
    const listed = await service.http('GET', `/capacities/${capacityId}/holds`, { as: account(providerId) });
    const { holderRef, from, to, quantity, unit } = body;
    expect(listed.body).toMatchObject({
      items: [{ id: idOf(held), holderRef, orderId: null, from, to, quantity, unit }],
    });
    expect(await act(capacityId, idOf(held), 'release')).toMatchObject({ status: 200, body: { id: capacityId } });
    expect(await act(capacityId, idOf(held), 'release')).toMatchObject({ status: 200 });
    expect(await scenario.free(capacityId)).toBe(1);
    expect(await told(capacityId)).toEqual(['opened', 'recounted', 'recounted']);
    const { data } = await service.published('providers.capacity.recounted.v1', capacityId);
    expect(data).toEqual({ providerId, offerId, places: 1, free: 0 });
  });

  it('is free for others on other days, which changes no count and is not told', async () => {
    const { capacityId } = await scenario.places(1);
    expect(await hold(capacityId)).toMatchObject({ status: 201 });
    expect(await hold(capacityId, { from: addDays(today, 10), to: addDays(today, 20) })).toMatchObject({ status: 201 });
    expect(await hold(capacityId, { from: addDays(today, 9), to: addDays(today, 10) })).toMatchObject(
      refused('capacity-exhausted'),
    );
    expect(await told(capacityId)).toEqual(['opened', 'recounted']);
  });

  it('is free at once for whoever asks when it has expired, and cannot be confirmed then', async () => {
    const { capacityId } = await scenario.places(1);
    const late = idOf(await hold(capacityId));
    await expire(late);
    expect(await act(capacityId, late, 'confirmation')).toMatchObject(refused('hold-expired'));
    const next = idOf(await hold(capacityId));
    expect(await act(capacityId, late, 'confirmation')).toMatchObject(refused('hold-expired'));
    expect(await act(capacityId, next, 'confirmation')).toMatchObject({ status: 200 });
    await expire(next);
    expect(await act(capacityId, next, 'confirmation')).toMatchObject({ status: 200 });
    expect(await hold(capacityId)).toMatchObject(refused('capacity-exhausted'));
  });

  it('is tidied away when nobody asks, by one event however many have expired', async () => {
    const { capacityId } = await scenario.places(5);
    const ids = await Promise.all(Array.from({ length: 5 }, async () => idOf(await hold(capacityId))));
    await service.sql(
      `update capacity_reservation set expires_at = clock_timestamp() - interval '1 second' where id = any ($1)`,
      [ids],
    );
    await service.eventually(async () => expect(await scenario.free(capacityId)).toBe(5), 15_000);
    expect(await told(capacityId)).toEqual(['opened', ...Array.from({ length: 6 }, () => 'recounted')]);
    expect(await service.sql('select 1 from capacity_reservation where capacity_id = $1', [capacityId])).toEqual([]);
    expect(await service.sql('select 1 from capacity_head where capacity_id = $1', [capacityId])).toEqual([]);
  });

  it('is one, however often the same request is sent; so are its confirmation and release', async () => {
    const { capacityId } = await scenario.places(3);
    const [body, key] = [wanted(), uuidv7()];
    const first = await hold(capacityId, body, { key });
    expect(await hold(capacityId, body, { key })).toMatchObject({ status: 201, body: first.body });
    expect(await hold(capacityId, { ...body, minutes: 5 }, { key })).toMatchObject({ status: 422 });
    expect(await hold(capacityId, body, { key: null })).toMatchObject({ status: 400 });
    expect(await scenario.free(capacityId)).toBe(2);
    for (const name of ['confirmation', 'release'] as const) {
      const again = { key: uuidv7() };
      const done = await act(capacityId, idOf(first), name, again);
      expect(done).toMatchObject({ status: 200 });
      expect(await act(capacityId, idOf(first), name, again)).toMatchObject({ status: 200, body: done.body });
    }
    expect(await told(capacityId)).toEqual(['opened', 'recounted', 'recounted']);
  });

  it('needs days of the capacity, in order', async () => {
    const { capacityId } = await scenario.places(1);
    expect(await hold(capacityId, { to: addDays(today, 301) })).toMatchObject(refused('no-capacity-open'));
    expect(await hold(capacityId, { to: addDays(today, -1) })).toMatchObject(refused('period-reversed', 422));
    expect(await hold(capacityId, { minutes: 1441 })).toMatchObject({ status: 400 });
    expect(await hold(uuidv7())).toMatchObject({ status: 404 });
  });

  it('becomes the place of the order of its allocation, even where all others are taken', async () => {
    const { capacityId, ...place } = await scenario.places(2);
    const order = await scenario.refer(place);
    const holderRef = order.allocationId;
    expect(await hold(capacityId, { holderRef })).toMatchObject({ status: 201 });
    expect(await hold(capacityId)).toMatchObject({ status: 201 });
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

describe('orders on different days', () => {
  it('share a place', async () => {
    const { capacityId, ...place } = await scenario.places(1);
    const later = { from: addDays(today, 21), to: addDays(today, 40) };
    await scenario.acceptedOrder(place);
    const next = await scenario.acceptedOrder(place, later);
    const third = await scenario.refer(place, { from: addDays(today, 40), to: addDays(today, 41) });
    expect(await scenario.accept(third)).toMatchObject(refused('capacity-exhausted'));
    await scenario.complete(next);
    expect(await scenario.free(capacityId)).toBe(0);
    expect(await scenario.accept(third)).toMatchObject({ status: 200 });
  });

  it('go to another place of the provider where the first one is full', async () => {
    const place = { providerId: await scenario.registerProvider(), offerId: await scenario.publishOffer() };
    const period = { from: addDays(today, -30), to: addDays(today, 300) };
    const ids: string[] = [];
    for (const placeId of [uuidv7(), uuidv7()]) {
      const body = { ...place, places: 1, ...period, placeId };
      ids.push(idOf(await service.http('POST', '/capacities', { as: organiser, body })));
    }
    for (const free of [
      [0, 1],
      [0, 0],
    ]) {
      await scenario.acceptedOrder(place);
      expect(await Promise.all(ids.map((id) => scenario.free(id)))).toEqual(free);
    }
  });
});

describe('persons', () => {
  it('are counted once each, beside places, and not when they were never served', async () => {
    const capacityId = await opened({ places: 5, heads: 2 });
    const [one, two] = [uuidv7(), uuidv7()];
    const first = idOf(await hold(capacityId, { holderRef: one }));
    expect(await hold(capacityId, { holderRef: one })).toMatchObject({ status: 201 });
    const second = idOf(await hold(capacityId, { holderRef: two }));
    expect(await hold(capacityId)).toMatchObject(refused('heads-exhausted'));
    await act(capacityId, first, 'release');
    expect(await hold(capacityId)).toMatchObject(refused('heads-exhausted'));
    await act(capacityId, second, 'release');
    expect(await hold(capacityId)).toMatchObject({ status: 201 });
    const { body } = await service.http('GET', `/capacities/${capacityId}`, { as: coordinator });
    expect(body).toMatchObject({ places: 5, free: 3, heads: 2, headsCounted: 2 });
  });

  it('stay counted once they were served, though their place is free again', async () => {
    const { capacityId, ...place } = await scenario.places(1);
    const [served, unserved] = [await scenario.acceptedOrder(place), await scenario.refer(place)];
    await scenario.record(served, 1);
    await scenario.complete(await scenario.orderOf(served.allocationId));
    await scenario.accept(unserved);
    await scenario.complete(await scenario.orderOf(unserved.allocationId));
    const heads = await service.sql<{ holder: string }>('select holder from capacity_head where capacity_id = $1', [
      capacityId,
    ]);
    expect(heads).toEqual([{ holder: served.allocationId }]);
    expect(await scenario.free(capacityId)).toBe(1);
  });
});

describe('quotas', () => {
  it('of a person let so much through in each period', async () => {
    const quotas = [{ per: 'PERSON', each: 'DAY', unit: 'RIDE', limit: 2 }];
    const capacityId = await opened({ places: 9, quotas });
    const holderRef = uuidv7();
    const ride = (quantity: number, more: object = {}) =>
      hold(capacityId, { holderRef, from: today, to: today, quantity, ...more });
    expect(await ride(2)).toMatchObject({ status: 201 });
    expect(await ride(1)).toMatchObject(refused('quota-exceeded'));
    expect(await ride(3, { to: addDays(today, 1) })).toMatchObject(refused('quota-exceeded'));
    expect(await ride(2, { to: addDays(today, 1) })).toMatchObject({ status: 201 });
    expect(await ride(1, { unit: 'HOUR' })).toMatchObject({ status: 201 });
    expect(await ride(2, { holderRef: uuidv7() })).toMatchObject({ status: 201 });
  });

  it('of a provider count everybody, and what was delivered under orders that have ended', async () => {
    const quotas = [{ per: 'PROVIDER', each: 'DAY', unit: 'HOUR', limit: 5 }];
    const place = { providerId: await scenario.registerProvider(), offerId: await scenario.publishOffer() };
    const body = { ...place, places: 9, from: today, to: addDays(today, 30), quotas };
    const capacityId = idOf(await service.http('POST', '/capacities', { as: organiser, body }));
    const day = { from: today, to: today };
    const hours = (quantity: number) => hold(capacityId, { ...day, quantity, unit: 'HOUR' });
    const order = await scenario.acceptedOrder(place, { ...day, quantity: 4 });
    expect(await hours(2)).toMatchObject(refused('quota-exceeded'));
    await scenario.record(order, 3);
    await scenario.complete(await scenario.orderOf(order.allocationId));
    expect(await hours(3)).toMatchObject(refused('quota-exceeded'));
    expect(await hours(2)).toMatchObject({ status: 201 });
  });
});

describe('never sold twice, never leaked', () => {
  const ends = ['nothing', 'confirm', 'release', 'expire', 'confirm too late', 'crash'] as const;
  const asked = fc.record({ begin: fc.nat(5), days: fc.nat(5), end: fc.constantFrom(...ends), other: fc.boolean() });

  type Asking = typeof asked extends fc.Arbitrary<infer One> ? One : never;
  let headers: Record<string, string> = {};

  /** A replica that dies amid a hold: what it has written is undone. */
  async function crash(capacityId: string): Promise<void> {
    const dying = await new DataSource({ type: 'postgres', url: service.database.app }).initialize();
    const runner = dying.createQueryRunner();
    await runner.query('begin');
    await runner.query('select from capacity where id = $1 for update', [capacityId]);
    await runner.query('insert into capacity_reservation (capacity_id, holder) values ($1, $2)', [
      capacityId,
      uuidv7(),
    ]);
    await runner.release();
    await dying.destroy();
  }

  async function client(capacityId: string, { begin, days, end, other }: Asking) {
    if (end === 'crash') return crash(capacityId);
    const body = wanted({ from: addDays(today, begin), to: addDays(today, begin + days) });
    const post = (path: string, sent?: object) =>
      fetch(`${other ? replica.url : service.url}/capacities/${capacityId}/holds${path}`, {
        method: 'POST',
        headers: { ...headers, 'Idempotency-Key': uuidv7() },
        ...(sent && { body: JSON.stringify(sent) }),
      });
    const answer = await post('', body);
    if (answer.status !== 201) return void expect(answer.status).toBe(409);
    const { id } = (await answer.json()) as { id: string };
    if (end === 'confirm') expect((await post(`/${id}/confirmation`)).status).toBe(200);
    if (end === 'release') expect((await post(`/${id}/release`)).status).toBe(200);
    if (end.includes('expire') || end.includes('late')) await expire(id);
    if (end === 'confirm too late') expect((await post(`/${id}/confirmation`)).status).toBe(409);
    return end === 'nothing' || end === 'confirm' ? id : undefined;
  }

  it('whoever holds, confirms, gives back, comes too late or dies, on two replicas at once', async () => {
    headers = {
      Authorization: `Bearer ${await service.issuer.token(coordinator)}`,
      'Content-Type': 'application/json',
    };
    const crossing = fc.asyncProperty(
      fc.integer({ min: 1, max: 3 }),
      fc.array(asked, { minLength: 4, maxLength: 16 }),
      async (places, clients) => {
        const { capacityId } = await scenario.places(places);
        const kept = (await Promise.all(clients.map((one) => client(capacityId, one)))).filter(
          (id) => id !== undefined,
        );
        const rows = await service.sql<{ id: string }>(
          'select id from capacity_reservation where capacity_id = $1 and (expires_at is null or expires_at > clock_timestamp())',
          [capacityId],
        );
        expect(rows.map(({ id }) => id).sort()).toEqual(kept.sort());
        const [sum] = await service.sql(
          `select max(taken) <= max(places) as fits from capacity c cross join lateral (
             select count(r.*) as taken from generate_series(c.first_day, c.last_day, interval '1 day') day
             join capacity_reservation r on r.capacity_id = c.id and day between r.first_day and r.last_day group by day
           ) by_day where c.id = $1`,
          [capacityId],
        );
        expect(sum?.['fits'] ?? true).toBe(true);
        for (const id of kept) expect(await act(capacityId, id, 'release')).toMatchObject({ status: 200 });
        const whole = { from: addDays(today, -30), to: addDays(today, 300) };
        const all = await Promise.all(Array.from({ length: places + 1 }, () => hold(capacityId, whole)));
        expect(all.map(({ status }) => status).sort()).toEqual([...Array<number>(places).fill(201), 409]);
        expect(await scenario.free(capacityId)).toBe(0);
      },
    );
    await fc.assert(crossing, { numRuns: 12, endOnFailure: true });
  });

  it('one place under fifty requests at once has one holder, and two events', async () => {
    const { capacityId } = await scenario.places(1);
    const answers = await Promise.all(Array.from({ length: 50 }, () => hold(capacityId)));
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
    expect(answers.filter(({ status }) => status === 409)).toHaveLength(49);
    expect(await told(capacityId)).toEqual(['opened', 'recounted']);
  });
});
