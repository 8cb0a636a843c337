import { addDays } from '@okienko/contracts/calendar';
import { allocationReferralLapsedV1 } from '@okienko/contracts/cases/allocation-referral-lapsed.v1';
import { type ServiceUnderTest, startForTest } from '@okienko/testing/service-test';
import fc from 'fast-check';
import { account, idOf, organiser, Scenario, today } from '../scenario';
import type { ServiceOrderView } from '../service-orders/service-orders.dto';
import { providersService } from '../service';
import { agreementTermsOn } from '../terms/agreement-terms';
import { Agreements, director } from './scenario';

jest.setTimeout(180_000);

let service: ServiceUnderTest;
let scenario: Scenario;
let agreements: Agreements;
beforeAll(async () => {
  service = await startForTest(providersService);
  scenario = new Scenario(service);
  agreements = new Agreements(service);
}, 120_000);
afterAll(() => service.stop());

interface Draw {
  readonly ordered: number;
  readonly orderedGrosze: number;
  readonly delivered: number;
  readonly deliveredGrosze: number;
}
const drawsOf = (agreementId: string) =>
  service.sql<Draw & { orderId: string }>(
    `select order_id as "orderId", ordered, ordered_grosze::float8 as "orderedGrosze", delivered,
       delivered_grosze::float8 as "deliveredGrosze" from agreement_draw where agreement_id = $1`,
    [agreementId],
  );
const drawOf = async ({ id }: ServiceOrderView): Promise<Draw | undefined> => {
  const sql = `select ordered, ordered_grosze::float8 as "orderedGrosze", delivered, delivered_grosze::float8 as
    "deliveredGrosze" from agreement_draw where order_id = $1`;
  return (await service.sql<Draw>(sql, [id]))[0];
};
const problem = (code: string) => ({ status: 409, body: { type: expect.stringMatching(`${code}$`) } });

describe('from the day on which agreements are needed', () => {
  const { requiredFrom } = agreementTermsOn(today);
  const firstDay = requiredFrom > today ? requiredFrom : today;
  const ahead = { from: firstDay, to: addDays(firstDay, 30) };
  const year = { from: addDays(today, -30), to: addDays(firstDay, 60) };
  const places = async (count: number) => {
    const place = { providerId: await scenario.registerProvider(), offerId: await scenario.publishOffer() };
    idOf(await scenario.openCapacity(place, count, year.from, year.to));
    return place;
  };

  it('an order needs one that covers its service and its whole period', async () => {
    const place = await places(5);
    const order = await scenario.refer(place, ahead);
    expect(await scenario.accept(order)).toMatchObject({ ...problem('not-covered'), body: { basis: 'art. 7(2)' } });
    expect(await scenario.orderOf(order.allocationId)).toMatchObject({ state: 'RECEIVED', version: 1 });
    await agreements.signed(place, { ...year, to: addDays(firstDay, 29) });
    expect(await scenario.accept(order)).toMatchObject(problem('not-covered'));
    const elsewhere = await places(1);
    const other = await scenario.refer(elsewhere, ahead);
    await agreements.signed({ ...elsewhere, offerId: await scenario.publishOffer() }, year);
    expect(await scenario.accept(other)).toMatchObject(problem('not-covered'));
    await agreements.signed(elsewhere, year);
    expect(await scenario.accept(other)).toMatchObject({ status: 200 });
  });

  it('one in another unit, or one that is suspended, covers nothing', async () => {
    const place = await places(5);
    const id = await agreements.signed(place, year);
    const rides = await scenario.refer(place, { ...ahead, unit: 'RIDE' });
    expect(await scenario.accept(rides)).toMatchObject(problem('not-covered'));
    await agreements.done(id, 'suspension', director, { reasonCode: 'QUALITY' });
    const order = await scenario.refer(place, ahead);
    expect(await scenario.accept(order)).toMatchObject(problem('not-covered'));
    await agreements.done(id, 'resumption', director);
    expect(await scenario.accept(order)).toMatchObject({ status: 200 });
  });

  it('a unit of the gmina needs none', async () => {
    const body = { kind: 'GMINA_UNIT', name: { pl: 'Dom Dziennego Pobytu' } };
    const providerId = idOf(await service.http('POST', '/providers', { as: organiser, body }));
    const place = { providerId, offerId: await scenario.publishOffer() };
    await scenario.openCapacity(place, 1, year.from, year.to);
    expect(await scenario.accept(await scenario.refer(place, ahead))).toMatchObject({ status: 200 });
  });
});

describe('what an order draws', () => {
  it('is what was ordered, at the dearest price of its period; what was delivered costs the price of its day', async () => {
    const place = await scenario.places(1);
    const { offerId } = place;
    const prices = [
      { offerId, priceGrosze: 4000, from: addDays(today, -30), to: addDays(today, -1) },
      { offerId, priceGrosze: 5000, from: today },
    ];
    await agreements.signed(place, {}, { prices });
    const order = await scenario.acceptedOrder(place);
    expect(await drawOf(order)).toEqual({ ordered: 10, orderedGrosze: 50_000, delivered: 0, deliveredGrosze: 0 });
    await scenario.record(order, 3, { deliveredOn: addDays(today, -1) });
    await scenario.record(order, 1);
    const drawn = { ordered: 10, orderedGrosze: 17_000 + 6 * 5000, delivered: 4, deliveredGrosze: 17_000 };
    expect(await drawOf(order)).toEqual(drawn);
    await scenario.complete(order);
    expect(await drawOf(order)).toEqual({ ...drawn, ordered: 4, orderedGrosze: 17_000 });
  });

  it('is drawn once, however often the acceptance and a delivery are sent', async () => {
    const place = await scenario.places(2);
    await agreements.signed(place);
    const order = await scenario.refer(place);
    const once = { as: account(place.providerId), ifMatch: 1, key: `accept-${order.id}` };
    const path = `/service-orders/${order.id}/acceptance`;
    expect((await service.http('POST', path, once)).status).toBe(200);
    expect((await service.http('POST', path, once)).status).toBe(200);
    const body = { orderId: order.id, deliveredOn: today, quantity: 2 };
    const recorded = { as: account(place.providerId), body, key: `record-${order.id}` };
    for (let sent = 0; sent < 2; sent += 1)
      expect((await service.http('POST', '/deliveries', recorded)).status).toBe(201);
    expect(await drawOf(order)).toMatchObject({ ordered: 10, delivered: 2 });
  });

  it('is nothing when the order was refused for want of a place, or lapsed', async () => {
    const place = await scenario.places(1);
    const id = await agreements.signed(place);
    const lapsed = await scenario.acceptedOrder(place);
    const refused = await scenario.refer(place);
    expect(await scenario.accept(refused)).toMatchObject(problem('capacity-exhausted'));
    expect(await drawOf(refused)).toBeUndefined();
    await scenario.say(allocationReferralLapsedV1, lapsed, { lapsedOn: today });
    await service.eventually(async () =>
      expect(await drawOf(lapsed)).toEqual({ ordered: 0, orderedGrosze: 0, delivered: 0, deliveredGrosze: 0 }),
    );
    expect(await agreements.get(id)).toMatchObject({ orderedGrosze: 0, services: [{ ordered: 0 }] });
  });

  it('is worth what an amendment says from its day on', async () => {
    const place = await scenario.places(1);
    const id = await agreements.signed(place);
    const order = await scenario.acceptedOrder(place);
    await scenario.record(order, 4, { deliveredOn: addDays(today, -5) });
    const prices = [{ offerId: place.offerId, priceGrosze: 9000 }];
    const aneks = { number: 'Aneks 1', signedOn: today, from: today, prices };
    await agreements.done(id, 'amendments', director, aneks);
    const delivered = 4 * 4500;
    expect(await drawOf(order)).toEqual({
      ordered: 10,
      orderedGrosze: delivered + 6 * 9000,
      delivered: 4,
      deliveredGrosze: delivered,
    });
  });

  it('never goes beyond what the agreement allows in units', async () => {
    const place = await scenario.places(3);
    await agreements.signed(place, { services: [{ offerId: place.offerId, unit: 'HOUR', ceilingQuantity: 15 }] });
    await scenario.acceptedOrder(place);
    const more = await scenario.refer(place, { quantity: 6 });
    const refused = await scenario.accept(more);
    expect(refused).toMatchObject({
      ...problem('ceiling-exhausted'),
      body: { detail: expect.stringContaining('5 HOUR') },
    });
    expect(await scenario.accept(await scenario.refer(place, { quantity: 5 }))).toMatchObject({ status: 200 });
  });
});

it('no ceiling is exceeded by acceptances at once on two replicas, and what is drawn adds up', async () => {
  const replica = await service.replica();
  const acceptAt = async (url: string, { id, version, providerId }: ServiceOrderView): Promise<number> => {
    const headers = {
      Authorization: `Bearer ${await service.issuer.token(account(providerId))}`,
      'If-Match': `"${version}"`,
    };
    return (await fetch(`${url}/service-orders/${id}/acceptance`, { method: 'POST', headers })).status;
  };
  const quantities = fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 3, maxLength: 9 });
  const ceilings = [fc.integer({ min: 5, max: 25 }), fc.integer({ min: -5, max: 5 })] as const;
  const runs = fc.asyncProperty(quantities, ...ceilings, async (asked, hours, more) => {
    const place = await scenario.places(asked.length);
    const ceilingGrosze = (hours + more) * 4500;
    const services = [{ offerId: place.offerId, unit: 'HOUR' as const, ceilingQuantity: hours }];
    const id = await agreements.signed(place, { services, ceilingGrosze });
    const orders = await Promise.all(asked.map((quantity) => scenario.refer(place, { quantity })));
    const statuses = await Promise.all(
      orders.map((order, at) => acceptAt(at % 2 === 0 ? service.url : replica.url, order)),
    );
    expect(statuses.filter((status) => status !== 200 && status !== 409)).toEqual([]);
    const sumOf = (draws: readonly Draw[], of: (draw: Draw) => number): number =>
      draws.reduce((sum, draw) => sum + of(draw), 0);
    const draws = await drawsOf(id);
    const room = Math.min(hours, hours + more);
    const drawn = sumOf(draws, ({ ordered }) => ordered);
    const taken = orders.filter((_, at) => statuses[at] === 200);
    expect(drawn).toBe(asked.reduce((sum, quantity, at) => sum + (statuses[at] === 200 ? quantity : 0), 0));
    expect(drawn).toBeLessThanOrEqual(room);
    expect(sumOf(draws, ({ orderedGrosze }) => orderedGrosze)).toBe(drawn * 4500);
    for (const [at, quantity] of asked.entries())
      if (statuses[at] === 409) expect(drawn + quantity).toBeGreaterThan(room);

    const delivered = await Promise.all(
      taken.map(async (order) => {
        const kept = Math.ceil((asked[orders.indexOf(order)] ?? 1) / 2);
        expect(await scenario.record(order, kept)).toMatchObject({ status: 201 });
        await scenario.complete(order);
        return kept;
      }),
    );
    const total = delivered.reduce((sum, kept) => sum + kept, 0);
    expect(await agreements.get(id)).toMatchObject({
      services: [{ ordered: total, delivered: total }],
      orderedGrosze: total * 4500,
      deliveredGrosze: total * 4500,
    });
    const [recorded] = await service.sql<{ total: number }>(
      `select coalesce(sum(v.quantity), 0)::int as total from delivery v join agreement_draw d on d.order_id = v.order_id
       where d.agreement_id = $1`,
      [id],
    );
    expect(recorded?.total).toBe(total);
  });
  await fc.assert(runs, { numRuns: 8, endOnFailure: true });
  await replica.stop();
});

it('an amendment that crosses acceptances leaves no ceiling below what is ordered', async () => {
  const runs = fc.asyncProperty(
    fc.integer({ min: 1, max: 30 }),
    fc.integer({ min: 1, max: 8 }),
    async (hours, each) => {
      const place = await scenario.places(6);
      const services = [{ offerId: place.offerId, unit: 'HOUR' as const, ceilingQuantity: 40 }];
      const id = await agreements.signed(place, { services });
      const orders = await Promise.all(Array.from({ length: 6 }, () => scenario.refer(place, { quantity: each })));
      const less = [{ offerId: place.offerId, unit: 'HOUR', ceilingQuantity: hours }];
      const aneks = { number: 'Aneks 1', signedOn: today, from: today, services: less };
      const [amended, ...accepted] = await Promise.all([
        agreements.act(id, 'amendments', director, aneks),
        ...orders.map((order) => scenario.accept(order)),
      ]);
      for (const { status } of [amended, ...accepted]) expect([200, 409]).toContain(status);
      const [service] = (await agreements.get(id)).services;
      expect(service?.ceilingQuantity).toBe(amended.status === 200 ? hours : 40);
      expect(service?.ordered).toBe(each * accepted.filter(({ status }) => status === 200).length);
      expect(service?.ordered).toBeLessThanOrEqual(service?.ceilingQuantity ?? 0);
    },
  );
  await fc.assert(runs, { numRuns: 6, endOnFailure: true });
});
