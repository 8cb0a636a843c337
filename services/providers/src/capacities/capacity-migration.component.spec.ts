import { migrateDatabase } from '@okienko/chassis/migrate-service';
import { addDays } from '@okienko/contracts/calendar';
import { type ServiceUnderTest, startForTest } from '@okienko/testing/service-test';
import { v7 as uuidv7 } from 'uuid';
import { coordinator, Scenario, today } from '../scenario';
import { providersService } from '../service';

jest.setTimeout(60_000);

let service: ServiceUnderTest;
beforeAll(async () => {
  const before = providersService.migrations.slice(
    0,
    providersService.migrations.findIndex(({ name }) => name.startsWith('CapacityHolds')),
  );
  service = await startForTest({ ...providersService, migrations: before });
}, 60_000);
afterAll(() => service.stop());

it('what the version before has reserved and goes on reserving keeps its place', async () => {
  const [providerId, offerId, capacityId] = [uuidv7(), uuidv7(), uuidv7()];
  const orders = [0, 1].map(() => ({ id: uuidv7(), allocationId: uuidv7() }));
  await service.sql(`insert into provider (id, version, kind, name) values ($1, 1, 'NGO', '{"pl": "Blisko"}')`, [
    providerId,
  ]);
  await service.sql(
    `insert into capacity (id, version, provider_id, offer_id, first_day, last_day, places, free)
     values ($1, 3, $2, $3, $4, $5, 3, 1)`,
    [capacityId, providerId, offerId, today, addDays(today, 99)],
  );
  for (const { id, allocationId } of orders)
    await service.sql(
      `insert into service_order (id, version, allocation_id, attempt, provider_id, offer_id, first_day, last_day, quantity, unit, state)
       values ($1, 2, $2, 1, $3, $4, $5, $6, 5, 'HOUR', 'ACCEPTED')`,
      [id, allocationId, providerId, offerId, today, addDays(today, 9)],
    );
  const reserve = (orderId?: string) =>
    service.sql('insert into capacity_reservation (order_id, capacity_id) values ($1, $2)', [orderId, capacityId]);
  await reserve(orders[0]?.id);

  await migrateDatabase(providersService, service.database.migrate);
  await reserve(orders[1]?.id);
  const rows = await service.sql(
    `select holder, first_day::text, last_day::text, quantity from capacity_reservation order by last_day`,
  );
  expect(rows).toEqual([
    { holder: orders[0]?.allocationId, first_day: today, last_day: addDays(today, 9), quantity: 5 },
    { holder: null, first_day: '-infinity', last_day: 'infinity', quantity: null },
  ]);
  const scenario = new Scenario(service);
  const path = `/capacities/${capacityId}/availability?to=${addDays(today, 10)}`;
  const { body } = await service.http<{ days: { free: number }[] }>('GET', path, { as: coordinator });
  expect(body.days.map(({ free }) => free)).toEqual([...Array<number>(10).fill(1), 2]);
  expect(await scenario.hold(capacityId)).toMatchObject({ status: 201 });
  expect(await scenario.hold(capacityId)).toMatchObject({ status: 409 });
  expect(await scenario.free(capacityId)).toBe(0);
  const shown = await service.http('GET', `/capacities/${capacityId}`, { as: coordinator });
  expect(shown.body).toMatchObject({ headsCounted: 2, hours: [], quotas: [], closedOn: null });
});
