import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { type Service, services } from '@okienko/contracts/event';
import { checkout } from '@okienko/local/paths';
import { Client } from 'pg';
import { coordinator, desk, organiser } from '../accounts';
import { Centre, type Filed } from '../centre';
import { multiply } from '../city/multiplied';
import { Provision } from '../provision';
import type { Offered } from '../offering';
import { overheard, type Plan, planOf } from './plans';

jest.setTimeout(300_000);

const copies = Number(process.env['GROWTH_COPIES'] ?? 5_000);
/** `GROWTH_RECORD=1` writes what is kept in docs/performance/explain. */
const record = process.env['GROWTH_RECORD'] === '1';
const folder = join(checkout, 'docs', 'performance', 'explain');

/** Statements that read a table from one end to the other, and why they may. */
const mayScan = [
  { table: 'outbox_relay', statement: /^update outbox_relay/, why: 'It has one row.' },
  { table: 'access_log_anchoring', statement: /from access_log_anchoring a/, why: 'It has one row; once a minute.' },
  { table: 'programme', statement: /"endedOn".* from programme where/, why: 'A gmina has a handful; once a day.' },
  { table: 'offer_search', statement: /^with counted as .*ts_stat/, why: 'Words are counted in the background.' },
] as const;

/** What would say nothing if it were small. */
const grown: Readonly<Record<Service, readonly string[]>> = {
  catalogue: ['inbox', 'delivery_copy', 'application_item_copy', 'capacity_place'],
  cases: ['application', 'person', 'individual_plan', 'allocation', 'deadline', 'access_log', 'outbox', 'inbox'],
  providers: ['service_order', 'delivery', 'outbox', 'inbox'],
  notifications: ['message', 'matter', 'feed_event', 'inbox'],
};

interface Lived {
  readonly offered: Offered;
  readonly filed: Filed;
  readonly allocationId: string;
  readonly orderId: string;
  readonly planId: string;
}

describe('in a centre with years behind it', () => {
  let centre: Centre;
  const plans = new Map<Service, Plan[]>();
  const rows = new Map<string, number>();

  const isLarge = (service: Service, table: string): boolean => (rows.get(`${service}.${table}`) ?? 0) >= 1_000;

  async function life(): Promise<Lived> {
    const provision = new Provision(centre);
    const [offered] = await centre.programme([50]);
    if (!offered) throw new Error('No offer.');
    const filed = await centre.qualified([offered]);
    const plan = await provision.approvedPlan(filed);
    const allocationId = (await provision.allocations(plan)).get(offered.offerId) ?? '';
    const orderId = await provision.accept(offered, allocationId);
    await provision.deliver(offered, orderId, allocationId, 2);
    return { offered, filed, allocationId, orderId, planId: plan.split('/')[2] ?? '' };
  }

  async function looked({ offered, filed, allocationId, orderId, planId }: Lived): Promise<void> {
    const { personId } = filed;
    const looks = [
      ['catalogue', '/service-offers?limit=20', organiser],
      ['catalogue', `/service-offers/${offered.offerId}`, organiser],
      ['cases', '/worklist?limit=20', coordinator],
      ['cases', `/applications/${filed.id}`, coordinator],
      ['cases', '/applications?limit=20', coordinator],
      ['cases', `/persons/${personId}`, desk],
      ['cases', `/plans/${planId}`, coordinator],
      ['cases', '/plans?limit=20', coordinator],
      ['cases', `/allocations/${allocationId}`, coordinator],
      ['providers', '/service-orders?limit=20', offered.provider],
      ['providers', `/service-orders/${orderId}`, offered.provider],
      ['providers', '/deliveries?limit=20', offered.provider],
      ['notifications', `/messages?personId=${personId}`, desk],
    ] as const;
    const refused: string[] = [];
    for (const [of, path, as] of looks) {
      const { status } = await centre.four[of].http('GET', path, { as });
      if (status !== 200) refused.push(`${path}: ${status}`);
    }
    expect(refused).toEqual([]);
  }

  beforeAll(async () => {
    centre = await Centre.open();
    await life();
    await pause(2_000);
    for (const service of services) {
      const admin = new URL(process.env['TEST_DATABASE_URL'] ?? '');
      admin.pathname = new URL(centre.four[service].database.migrate).pathname;
      const client = new Client({ connectionString: admin.href });
      await client.connect();
      await multiply(client, service, copies);
      const { rows: counted } = await client.query<{ name: string; count: string }>(
        'select relname as name, reltuples::bigint as count from pg_class where relnamespace = $1::regnamespace',
        [service],
      );
      // Each day of the outbox is a table of its own: before midnight a look reaches into the empty one of tomorrow.
      for (const { name, count } of counted) rows.set(`${service}.${name}`, Math.max(0, Number(count)));
      await client.end();
    }
    const heard = overheard();
    await looked(await life());
    await pause(5_000);
    for (const service of services) {
      const url = centre.four[service].database.app;
      const client = new Client({ connectionString: url });
      await client.connect();
      const asked = [...(heard.get(new URL(url).pathname.slice(1)) ?? new Map()).values()];
      const found: Plan[] = [];
      for (const one of asked) found.push(await planOf(client, one));
      plans.set(
        service,
        found.sort((a, b) => (a.statement < b.statement ? -1 : 1)),
      );
      await client.end();
    }
  }, 300_000);
  afterAll(() => centre.close(), 30_000);

  test.each(services)('%s reads no table that grows from one end to the other', (service) => {
    const found = plans.get(service) ?? [];
    expect(found.length).toBeGreaterThan(10);
    expect(grown[service].filter((table) => (rows.get(`${service}.${table}`) ?? 0) < copies)).toEqual([]);
    if (record) {
      mkdirSync(folder, { recursive: true });
      const text = found.map(
        ({ statement, shape }) => `${statement}\n${shape.map((line) => `    ${line}\n`).join('')}`,
      );
      writeFileSync(join(folder, `${service}.txt`), text.join('\n'));
    }
    const scans = found.flatMap(({ statement, scanned, withoutIndex }) =>
      [
        ...scanned.filter((table) => isLarge(service, table)),
        ...withoutIndex.filter((table) => !isLarge(service, table)),
      ].flatMap((table) =>
        mayScan.some((one) => one.table === table && one.statement.test(statement))
          ? []
          : [`${table} (${rows.get(`${service}.${table}`) ?? 0} rows): ${statement}`],
      ),
    );
    expect(scans).toEqual([]);
  });
});
