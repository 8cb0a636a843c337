import { randomBytes } from 'node:crypto';
import { rmSync } from 'node:fs';
import { migrateDatabase } from '@okienko/chassis/migrate-service';
import type { Closing } from '@okienko/local/closing';
import { createServiceDatabase, dropServiceDatabase, type ServiceAccess } from '@okienko/local/databases';
import { temporaryHome } from '@okienko/local/paths';
import { freePort } from '@okienko/local/ports';
import { startPostgres } from '@okienko/local/postgres';
import { Supervisor } from '@okienko/local/supervise';
import { providersService } from '@okienko/providers/service';
import { Client } from 'pg';

/** A PostgreSQL of the benchmark's own, with the tables of providers. */
export interface World {
  readonly postgres: string;
  readonly providers: ServiceAccess;
}

export async function prepareWorld(closing: Closing, say: (sentence: string) => void): Promise<World> {
  const home = temporaryHome();
  closing.add(() => rmSync(home, { recursive: true, force: true }));
  const supervisor = new Supervisor(home, say);
  const given = process.env['DATABASE_URL'];
  const postgres = await startPostgres({ home, supervisor, say, settings: {}, port: given ? 0 : await freePort() });
  closing.add(() => postgres.stop());
  say(`  ${postgres.source}, ${postgres.version}`);
  const name = `bench_${randomBytes(4).toString('hex')}`;
  closing.add(() => dropServiceDatabase(postgres.url, name, { suffix: `_${name}` }));
  const { providers } = await createServiceDatabase(postgres.url, name, { suffix: `_${name}` });
  await migrateDatabase(providersService, providers.migrate);
  return { postgres: postgres.version, providers };
}

export const month = '2026-03-01';

export interface Seeded {
  readonly agreementId: string;
  readonly providerId: string;
  /** What the month comes to, as one statement adds it up. */
  readonly grosze: number;
}

/**
 * An agreement with so many accepted deliveries in March, twenty for an order, of two services of which one has its price raised on the 16th; as many in
 * February, of which the settlement of March takes none; every fiftieth person was not at home.
 */
export async function seed(access: ServiceAccess, deliveries: number, chance: number): Promise<Seeded> {
  const client = new Client({ connectionString: access.migrate });
  client.on('error', () => undefined);
  await client.connect();
  try {
    const { rows } = await client.query<{ agreementId: string; providerId: string }>(agreement);
    const [made] = rows;
    if (!made) throw new Error('No agreement was made.');
    await client.query(orders, [made.agreementId, made.providerId, Math.ceil(deliveries / 20)]);
    for (const [first, days] of [
      ['2026-02-01', 28],
      [month, 31],
    ] as const)
      await client.query(rowsOfMonth, [made.agreementId, made.providerId, deliveries, first, days, chance]);
    await client.query('vacuum analyze');
    const sum = await client.query<{ grosze: number }>(expected, [made.agreementId, month]);
    return { ...made, grosze: sum.rows[0]?.grosze ?? 0 };
  } finally {
    await client.end();
  }
}

const agreement = `
  with p as (insert into provider (id, version, kind, name) values (gen_random_uuid(), 1, 'NGO', '{"pl":"Fundacja"}') returning id),
  a as (
    insert into agreement (id, version, provider_id, selection_mode, state, first_day, last_day, no_show_permille, funding)
    select gen_random_uuid(), 1, id, 'NGO_OPEN_COMPETITION', 'ACTIVE', '2026-02-01', '2026-12-31', 333,
      '[{"from":"2026-02-01","shares":[{"source":"EU","permille":843},{"source":"GMINA","permille":157}]}]' from p
    returning id, provider_id),
  s as (insert into agreement_service (agreement_id, offer_id, unit)
    select id, gen_random_uuid(), unit from a, unnest('{HOUR,RIDE}'::text[]) unit returning agreement_id, offer_id, unit),
  r as (insert into agreement_price (agreement_id, offer_id, unit, price_grosze, first_day, last_day)
    select agreement_id, offer_id, unit, 4500, '2026-02-01'::date, '2026-03-15'::date from s
    union all select agreement_id, offer_id, unit, case unit when 'HOUR' then 4717 else 4500 end, '2026-03-16', null from s)
  select id as "agreementId", provider_id as "providerId" from a`;

const orders = `
  with made as (
    insert into service_order (id, version, allocation_id, attempt, provider_id, offer_id, first_day, last_day, quantity, unit, state)
    select gen_random_uuid(), 3, gen_random_uuid(), 1, $2, s.offer_id, '2026-02-01', '2026-12-31', 100000, s.unit, 'IN_DELIVERY'
    from generate_series(1, $3::int) n
      join (select *, row_number() over (order by unit) - 1 as at from agreement_service where agreement_id = $1) s on s.at = n % 2
    returning id, offer_id)
  insert into agreement_draw (order_id, agreement_id, offer_id, ordered, ordered_grosze)
  select id, $1, offer_id, 100000, 450000000 from made`;

const rowsOfMonth = `
  with o as (
    select o.id, o.allocation_id, o.unit, row_number() over (order by o.id) - 1 as at
    from service_order o join agreement_draw w on w.order_id = o.id where w.agreement_id = $1)
  insert into delivery (id, version, order_id, allocation_id, provider_id, delivered_on, quantity, unit, state, accepted_by, outcome)
  select gen_random_uuid(), 2, o.id, o.allocation_id, $2, $4::date + (n * 7 + $6::int) % $5::int, 1 + (n + $6::int) % 5, o.unit, 'ACCEPTED', 'kipus',
    case when n % 50 = 0 then 'CLIENT_ABSENT' else 'DELIVERED' end
  from generate_series(0, $3::int - 1) n join o on o.at = n % (select count(*) from o)`;

const expected = `
  select sum(case d.outcome when 'DELIVERED' then d.quantity * p.price_grosze else round(d.quantity * p.price_grosze * 333 / 1000.0) end)::float8 as grosze
  from delivery d join agreement_draw w on w.order_id = d.order_id
    join agreement_price p on p.agreement_id = w.agreement_id and p.offer_id = w.offer_id
      and p.first_day <= d.delivered_on and coalesce(p.last_day, 'infinity') >= d.delivered_on
  where w.agreement_id = $1 and d.delivered_on between $2::date and $2::date + 30`;
