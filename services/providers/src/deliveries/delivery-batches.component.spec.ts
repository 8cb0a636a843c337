import { randomUUID } from 'node:crypto';
import { addDays } from '@okienko/contracts/calendar';
import { type ServiceUnderTest, startForTest } from '@okienko/testing/service-test';
import fc from 'fast-check';
import { v7 as uuidv7 } from 'uuid';
import { account, idOf, Scenario, today } from '../scenario';
import { providersService } from '../service';
import type { ServiceOrderView } from '../service-orders/service-orders.dto';
import type { BatchReport } from './deliveries.dto';

jest.setTimeout(180_000);

let service: ServiceUnderTest;
let scenario: Scenario;
let replica: { readonly url: string; stop(): Promise<void> };
beforeAll(async () => {
  service = await startForTest(providersService);
  scenario = new Scenario(service);
  replica = await service.replica();
}, 60_000);
afterAll(async () => {
  await replica.stop();
  await service.stop();
});

interface Row {
  readonly id: string;
  readonly orderId: string;
  readonly deliveredOn: string;
  readonly quantity: number;
  readonly startedAt?: string;
  readonly endedAt?: string;
  readonly performerId?: string;
}

const yesterday = addDays(today, -1);
const row = (orderId: string, more: Partial<Row> = {}): Row => ({
  id: uuidv7(),
  orderId,
  deliveredOn: yesterday,
  quantity: 1,
  ...more,
});
/** So many whole hours from an hour of yesterday's UTC morning. */
const hours = (from: number, length: number): Pick<Row, 'startedAt' | 'endedAt'> => ({
  startedAt: `${yesterday}T${String(from).padStart(2, '0')}:00:00Z`,
  endedAt: `${yesterday}T${String(from + length).padStart(2, '0')}:00:00Z`,
});

async function send(deliveries: readonly object[], providerId: string, url = service.url, key: string = randomUUID()) {
  const response = await fetch(`${url}/deliveries/batch`, {
    method: 'POST',
    headers: {
      Authorization: `Bearer ${await service.issuer.token(account(providerId))}`,
      'Content-Type': 'application/json',
      'Idempotency-Key': key,
    },
    body: JSON.stringify({ deliveries }),
  });
  return { status: response.status, body: (await response.json()) as BatchReport };
}

async function upload(csv: string | Buffer, providerId: string, query = '', key: string = randomUUID()) {
  const response = await fetch(`${service.url}/deliveries/csv${query}`, {
    method: 'POST',
    headers: {
      Authorization: `Bearer ${await service.issuer.token(account(providerId))}`,
      'Content-Type': 'application/octet-stream',
      'Okienko-File-Name': 'dostawy.csv',
      'Idempotency-Key': key,
    },
    body: csv,
  });
  return { status: response.status, body: (await response.json()) as BatchReport };
}

const results = ({ body }: { body: BatchReport }): string[] =>
  body.rows.map(({ result, problem }) => problem?.code ?? result);
const recordedOf = (orderId: string) =>
  service.sql<{ id: string; quantity: number }>(
    'select id, delivered_on::text, quantity, outcome, performer_id, started_at, state, version from delivery where order_id = $1 order by id',
    [orderId],
  );
const totalOf = async (orderId: string): Promise<number> =>
  (await recordedOf(orderId)).reduce((sum, { quantity }) => sum + quantity, 0);
const order = async (places = 1): Promise<ServiceOrderView> => scenario.acceptedOrder(await scenario.places(places));

describe('a batch from a device', () => {
  it('answers for each row, and a row that is refused costs nothing but itself', async () => {
    const mine = await order();
    const alien = await order();
    const { id: orderId, providerId } = mine;
    const answer = await send(
      [
        row(orderId, { quantity: 6 }),
        row(orderId, { deliveredOn: addDays(today, 1) }),
        row(orderId, { quantity: 5 }),
        { ...row(orderId), quantity: 'many', name: 'Anna' },
        row(alien.id),
        row(uuidv7()),
        row(orderId, { startedAt: `${yesterday}T08:00:00Z` }),
        row(orderId, { quantity: 4 }),
      ],
      providerId,
    );
    expect(answer).toMatchObject({ status: 200, body: { recorded: 2, refused: 6, dryRun: false } });
    expect(results(answer)).toEqual([
      'RECORDED',
      'delivered-in-future',
      'more-than-ordered',
      'invalid-request',
      'not-found',
      'not-found',
      'delivered-times-wrong',
      'RECORDED',
    ]);
    const faults = new Set(answer.body.rows[3]?.problem?.errors?.map(({ pointer }) => pointer));
    expect([...faults].sort()).toEqual(['/name', '/quantity']);
    expect(await totalOf(orderId)).toBe(10);
    expect(await scenario.orderOf(mine.allocationId)).toMatchObject({ state: 'IN_DELIVERY' });
  });

  it('sent again, under the same key or another, counts once; under the same key it serves no other', async () => {
    const { id: orderId, providerId } = await order();
    const rows = [row(orderId, { quantity: 2 }), row(orderId, { quantity: 3 })];
    const first = await send(rows, providerId, service.url, `batch-${orderId}`);
    expect(await send(rows, providerId, service.url, `batch-${orderId}`)).toEqual(first);
    expect(await send(rows, providerId)).toEqual(first);
    expect(await send([...rows, ...rows], providerId)).toMatchObject({ body: { recorded: 4, refused: 0 } });
    expect(await send(rows.slice(1), providerId, service.url, `batch-${orderId}`)).toMatchObject({ status: 422 });
    const [one] = rows as [Row];
    expect(results(await send([{ ...one, quantity: 3 }], providerId))).toEqual(['delivery-id-taken']);
    expect(await totalOf(orderId)).toBe(5);
    const sql = 'select 1 from outbox where aggregate_id = any($1::uuid[])';
    expect(await service.sql(sql, [rows.map(({ id }) => id)])).toHaveLength(2);
  });

  it('still counts once after what it says has been corrected', async () => {
    const { id: orderId, providerId } = await order();
    const one = row(orderId, { quantity: 2 });
    await send([one], providerId);
    const body = { deliveredOn: yesterday, quantity: 5 };
    const corrected = await service.http('POST', `/deliveries/${one.id}/correction`, {
      as: account(providerId),
      ifMatch: 1,
      body,
    });
    expect(corrected).toMatchObject({ status: 200 });
    expect(results(await send([one], providerId))).toEqual(['RECORDED']);
    expect(await totalOf(orderId)).toBe(5);
  });

  it('takes 1 to 500 rows, from a provider', async () => {
    const { id: orderId, providerId } = await order();
    expect(await send([], providerId)).toMatchObject({ status: 400 });
    expect(
      await send(
        Array.from({ length: 501 }, () => row(orderId)),
        providerId,
      ),
    ).toMatchObject({ status: 400 });
    const as = { sub: 'kipus-anna', roles: ['coordinator'] } as const;
    const body = { deliveries: [row(orderId)] };
    expect(await service.http('POST', '/deliveries/batch', { as, body })).toMatchObject({ status: 403 });
  });

  it('of 500 rows over 25 orders is recorded in seconds', async () => {
    const place = await scenario.places(25);
    const orders: ServiceOrderView[] = [];
    for (let index = 0; index < 25; index += 1) orders.push(await scenario.acceptedOrder(place, { quantity: 20 }));
    const performers = await Promise.all(orders.map(() => scenario.performer(place.providerId)));
    const rows = orders.flatMap(({ id }, index) =>
      Array.from({ length: 20 }, (_, nth) =>
        row(id, { ...(nth < 10 ? { performerId: performers[index] as string, ...hours(nth + 1, 1) } : {}) }),
      ),
    );
    const [started, spent] = [performance.now(), process.cpuUsage()];
    const answer = await send(rows, place.providerId);
    const milliseconds = Math.round(performance.now() - started);
    const { user, system } = process.cpuUsage(spent);
    expect(answer.body).toMatchObject({ recorded: 500, refused: 0 });
    process.stderr.write(
      `a batch of 500 rows over 25 orders: ${milliseconds} ms, CPU ${Math.round((user + system) / 1000)} ms\n`,
    );
    // Of one row after another, each with a transaction of its own, it would be many times as long; a busy machine is allowed for.
    expect(user + system).toBeLessThan(3_000_000);
  });
});

describe('whatever order devices and replicas take', () => {
  it('batches in any order, repeated and overlapping, leave the same behind', async () => {
    const size = 8;
    const batches = fc.array(fc.uniqueArray(fc.integer({ min: 0, max: size - 1 }), { minLength: 1 }), {
      minLength: 1,
      maxLength: 5,
    });
    const property = fc.asyncProperty(batches, fc.boolean(), async (picked, atOnce) => {
      const place = await scenario.places(2);
      const orders = [await scenario.acceptedOrder(place), await scenario.acceptedOrder(place)];
      const performerId = await scenario.performer(place.providerId);
      const rows = Array.from({ length: size }, (_, index) =>
        row(orders[index % 2]?.id as string, { quantity: 2, performerId, ...hours(index + 1, 1) }),
      );
      const chosen = [...picked, rows.map((_, index) => index)].map((indexes) =>
        indexes.map((index) => rows[index] as Row),
      );
      const deliver = (batch: readonly Row[], index: number) =>
        send(batch, place.providerId, index % 2 === 0 ? service.url : replica.url);
      if (atOnce) await Promise.all(chosen.map(deliver));
      else for (const [index, batch] of chosen.entries()) await deliver(batch, index);
      const left = (await Promise.all(orders.map(({ id }) => recordedOf(id)))).flat();
      expect(left.map(({ id }) => id).sort()).toEqual(rows.map(({ id }) => id).sort());
      expect(left.every((one) => (one as { version?: number }).version === 1)).toBe(true);
      const told = await service.sql('select 1 from outbox where aggregate_id = any($1::uuid[])', [
        rows.map(({ id }) => id),
      ]);
      expect(told).toHaveLength(size);
    });
    await fc.assert(property, { numRuns: 8, endOnFailure: true });
  });

  it('nothing is recorded beyond an order and its permits, and what is refused did not fit', async () => {
    const quantities = fc.array(fc.integer({ min: 1, max: 6 }), { minLength: 3, maxLength: 8 });
    const property = fc.asyncProperty(quantities, fc.integer({ min: 0, max: 5 }), async (parts, permitted) => {
      const { id: orderId, providerId } = await order();
      if (permitted > 0)
        await service.http('POST', `/service-orders/${orderId}/excess-permits`, {
          as: { sub: 'ous-olga', roles: ['services-organiser'] },
          body: { quantity: permitted, reasonCode: 'OTHER' },
        });
      const answers = await Promise.all(
        parts.map((quantity, index) =>
          send([row(orderId, { quantity })], providerId, index % 2 === 0 ? service.url : replica.url),
        ),
      );
      const total = await totalOf(orderId);
      expect(total).toBeLessThanOrEqual(10 + permitted);
      answers.forEach((answer, index) => {
        if (results(answer)[0] === 'RECORDED') return;
        expect(results(answer)).toEqual(['more-than-ordered']);
        expect(total + (parts[index] ?? 0)).toBeGreaterThan(10 + permitted);
      });
    });
    await fc.assert(property, { numRuns: 5, endOnFailure: true });
  });

  it('nobody is in two places at once', async () => {
    const stretch = fc.record({
      from: fc.integer({ min: 1, max: 8 }),
      length: fc.integer({ min: 1, max: 3 }),
      who: fc.nat(1),
    });
    const property = fc.asyncProperty(fc.array(stretch, { minLength: 4, maxLength: 12 }), async (stretches) => {
      const place = await scenario.places(3);
      const orders: ServiceOrderView[] = [];
      for (let index = 0; index < 3; index += 1) orders.push(await scenario.acceptedOrder(place, { quantity: 100 }));
      const performers = [await scenario.performer(place.providerId), await scenario.performer(place.providerId)];
      const answers = await Promise.all(
        stretches.map(({ from, length, who }, index) =>
          send(
            [row(orders[index % 3]?.id as string, { performerId: performers[who] as string, ...hours(from, length) })],
            place.providerId,
            index % 2 === 0 ? service.url : replica.url,
          ),
        ),
      );
      const taken = stretches.filter((_, index) => results(answers[index] as { body: BatchReport })[0] === 'RECORDED');
      const clash = (one: (typeof taken)[number], other: (typeof taken)[number]): boolean =>
        one.who === other.who && one.from < other.from + other.length && other.from < one.from + one.length;
      taken.forEach((one, index) => expect(taken.slice(index + 1).some((other) => clash(one, other))).toBe(false));
      stretches.forEach((one, index) => {
        if (taken.includes(one)) return;
        expect(results(answers[index] as { body: BatchReport })).toEqual(['performer-elsewhere']);
        expect(taken.some((other) => clash(one, other))).toBe(true);
      });
    });
    await fc.assert(property, { numRuns: 6, endOnFailure: true });
  });

  it('the database itself refuses that, whatever the code does', async () => {
    const { id: orderId, providerId } = await order();
    const performerId = await scenario.performer(providerId);
    await send([row(orderId, { performerId, ...hours(8, 2) })], providerId);
    const copy = (outcome: string, shift: string) =>
      service.sql(
        `insert into delivery (id, version, order_id, allocation_id, provider_id, delivered_on, quantity, unit, state, outcome,
           performer_id, started_at, ended_at)
         select $2, 1, order_id, allocation_id, provider_id, delivered_on, 1, unit, 'RECORDED', $3,
           performer_id, started_at + $4::interval, ended_at + $4::interval from delivery where order_id = $1 limit 1`,
        [orderId, uuidv7(), outcome, shift],
      );
    await expect(copy('DELIVERED', '1 hour')).rejects.toMatchObject({ constraint: 'performer_in_one_place' });
    await expect(copy('CANCELLED', '1 hour')).resolves.toBeDefined();
    await expect(copy('DELIVERED', '2 hours')).resolves.toBeDefined();
  });
});

describe('a single record or correction', () => {
  it('is refused while its performer is with somebody else, and taken when that is over', async () => {
    const place = await scenario.places(2);
    const [one, two] = [await scenario.acceptedOrder(place), await scenario.acceptedOrder(place)];
    const performerId = await scenario.performer(place.providerId);
    const at = (from: number) => ({ deliveredOn: yesterday, performerId, ...hours(from, 2) });
    const first = idOf(await scenario.record(one, 1, at(8)));
    const elsewhere = { status: 409, body: { type: expect.stringMatching(/performer-elsewhere$/) } };
    expect(await scenario.record(two, 1, at(9))).toMatchObject(elsewhere);
    const second = idOf(await scenario.record(two, 1, at(10)));
    const correct = (id: string, from: number) =>
      service.http('POST', `/deliveries/${id}/correction`, {
        as: account(place.providerId),
        ifMatch: 1,
        body: { quantity: 1, ...at(from) },
      });
    expect(await correct(second, 9)).toMatchObject(elsewhere);
    expect(await correct(first, 7)).toMatchObject({ status: 200 });
    expect(await correct(second, 9)).toMatchObject({ status: 200 });
  });
});

describe('a table', () => {
  it('is tried first, recorded once, and reported row by row', async () => {
    const { id: orderId, providerId } = await order();
    const day = yesterday;
    const csv = [
      '\ufefforderId;deliveredOn;quantity;outcome;absenceCause',
      `${orderId};${day};3;;`,
      `${orderId};${day};3;;`,
      `${orderId};${day};2;CLIENT_ABSENT;NOT_AT_HOME`,
      `${orderId};jutro;1;;`,
      `${orderId};${day};9;;`,
    ].join('\r\n');
    const expected = ['RECORDED', 'RECORDED', 'RECORDED', 'invalid-request', 'more-than-ordered'];
    const trial = await upload(csv, providerId, '?dryRun=true');
    expect(trial).toMatchObject({ status: 200, body: { recorded: 3, refused: 2, dryRun: true } });
    expect(results(trial)).toEqual(expected);
    expect(await recordedOf(orderId)).toEqual([]);
    const real = await upload(csv, providerId, '', `csv-${orderId}`);
    expect(real.body).toEqual({ ...trial.body, dryRun: false });
    expect(await upload(csv, providerId, '', `csv-${orderId}`)).toEqual(real);
    expect(await upload(csv, providerId)).toEqual(real);
    expect(await totalOf(orderId)).toBe(8);
  });

  it('that cannot be read, or comes from nobody who may, is refused whole', async () => {
    const { id: orderId, providerId } = await order();
    const unreadable = { status: 422, body: { type: expect.stringMatching(/table-unreadable$/) } };
    expect(await upload('orderId,deliveredOn,quantity\n', providerId)).toMatchObject(unreadable);
    expect(await upload(Buffer.from([0x6f, 0xff, 0xfe]), providerId)).toMatchObject(unreadable);
    expect(await upload(`orderId,quantity\n${orderId},1,2,3\n`, providerId)).toMatchObject(unreadable);
    expect(await upload(`a,"b\n`, providerId)).toMatchObject(unreadable);
    expect(await upload('a\n1\n', providerId, '?dryRun=maybe')).toMatchObject({ status: 400 });
    expect(await service.http('POST', '/deliveries/csv', { as: { sub: 'x', roles: ['director'] } })).toMatchObject({
      status: 403,
    });
  });
});
