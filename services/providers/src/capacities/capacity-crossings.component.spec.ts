import { addDays } from '@okienko/contracts/calendar';
import { type ServiceUnderTest, startForTest } from '@okienko/testing/service-test';
import fc from 'fast-check';
import { DataSource } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import { coordinator, Scenario, today } from '../scenario';
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

const act = (capacityId: string, holdId: string, name: 'confirmation' | 'release', call: object = {}) =>
  service.http('POST', `/capacities/${capacityId}/holds/${holdId}/${name}`, { as: coordinator, ...call });
const expire = (ids: readonly string[]) =>
  service.sql(
    `update capacity_reservation set expires_at = clock_timestamp() - interval '1 second'
     where id = any ($1) and expires_at is not null`,
    [ids],
  );

describe('never sold twice, never leaked', () => {
  const ends = ['nothing', 'confirm', 'release', 'expire', 'confirm too late', 'crash'] as const;
  const asked = fc.record({ begin: fc.nat(5), days: fc.nat(5), end: fc.constantFrom(...ends), other: fc.boolean() });

  type Asking = typeof asked extends fc.Arbitrary<infer One> ? One : never;
  let Authorization = '';

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
    const period = { from: addDays(today, begin), to: addDays(today, begin + days) };
    const body = { holderRef: uuidv7(), ...period, quantity: 1, unit: 'HOUR', minutes: 15 };
    const post = (path: string, sent: object = {}) =>
      fetch(`${other ? replica.url : service.url}/capacities/${capacityId}/holds${path}`, {
        method: 'POST',
        headers: { Authorization, 'Content-Type': 'application/json', 'Idempotency-Key': uuidv7() },
        body: JSON.stringify(sent),
      });
    const answer = await post('', body);
    if (answer.status !== 201) return void expect(answer.status).toBe(409);
    const { id } = (await answer.json()) as { id: string };
    if (end === 'confirm') expect((await post(`/${id}/confirmation`)).status).toBe(200);
    if (end === 'release') expect((await post(`/${id}/release`)).status).toBe(200);
    if (end.includes('expire') || end.includes('late')) await expire([id]);
    if (end === 'confirm too late') expect((await post(`/${id}/confirmation`)).status).toBe(404);
    return end === 'nothing' || end === 'confirm' ? id : undefined;
  }

  it('whoever holds, confirms, gives back, comes too late or dies, on two replicas at once', async () => {
    Authorization = `Bearer ${await service.issuer.token(coordinator)}`;
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
        const all = await Promise.all(Array.from({ length: places + 1 }, () => scenario.hold(capacityId, whole)));
        expect(all.map(({ status }) => status).sort()).toEqual([...Array<number>(places).fill(201), 409]);
        expect(await scenario.free(capacityId)).toBe(0);
      },
    );
    await fc.assert(crossing, { numRuns: 12, endOnFailure: true });
  });

  it('one place under fifty requests at once has one holder, and two events', async () => {
    const { capacityId } = await scenario.places(1);
    const answers = await Promise.all(Array.from({ length: 50 }, () => scenario.hold(capacityId)));
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
    expect(answers.filter(({ status }) => status === 409)).toHaveLength(49);
    expect(await scenario.facts(capacityId)).toEqual(['opened', 'recounted']);
  });
});
