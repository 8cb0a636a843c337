import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { jetstream, jetstreamManager } from '@nats-io/jetstream';
import { connect } from '@nats-io/transport-node';
import { Client } from 'pg';
import { createServiceDatabase, dropServiceDatabase } from './databases';
import { type Engines, startEngines } from './engines';
import { checkout, temporaryHome } from './paths';
import { freePort } from './ports';
import { identityOf, isAlive } from './processes';
import { Supervisor } from './supervise';

jest.setTimeout(120_000);

// The engines of the environment would take the place of those that are tested here.
delete process.env['DATABASE_URL'];
delete process.env['NATS_URL'];

async function query(url: string, sql: string): Promise<Record<string, unknown>[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(sql)).rows;
  } finally {
    await client.end();
  }
}

async function withEnvironment(variables: Record<string, string>, work: () => Promise<void>): Promise<void> {
  Object.assign(process.env, variables);
  try {
    await work();
  } finally {
    for (const name of Object.keys(variables)) delete process.env[name];
  }
}

const homes: string[] = [];
const home = () => {
  const created = temporaryHome();
  homes.push(created);
  return created;
};
afterAll(() => homes.forEach((created) => rmSync(created, { recursive: true, force: true })));

describe('two pairs of engines side by side', () => {
  let pairs: [Engines, Engines];

  beforeAll(async () => {
    pairs = await Promise.all([
      startEngines({ home: home(), ports: 'free' }),
      startEngines({ home: home(), ports: 'free' }),
    ]);
  });
  afterAll(() => Promise.all(pairs.map((engines) => engines.stop())));

  it('are separate servers', async () => {
    await query(pairs[0].postgres.url, 'create table only_here ()');
    await expect(query(pairs[1].postgres.url, 'table only_here')).rejects.toThrow('does not exist');
    expect(pairs[0].nats.url).not.toBe(pairs[1].nats.url);
  });

  it('order Polish letters as Unicode knows them, and check their pages', async () => {
    const [row] = await query(
      pairs[0].postgres.url,
      `select lower('ŁÓDŹ') as city, current_setting('data_checksums') as checksums`,
    );
    expect(row).toEqual({ city: 'łódź', checksums: 'on' });
  });

  it('let nobody in without the password', async () => {
    const url = new URL(pairs[0].postgres.url);
    url.password = 'guessed';
    await expect(query(url.href, 'select')).rejects.toThrow('password authentication failed');
  });

  it('store streams', async () => {
    const connection = await connect({ servers: pairs[0].nats.url });
    await (await jetstreamManager(connection)).streams.add({ name: 'TEST', subjects: ['test.>'] });
    expect((await jetstream(connection).publish('test.one', 'hello')).seq).toBe(1);
    await connection.close();
  });

  it('of the environment are taken as they are, and left running', async () => {
    const [{ postgres, nats }] = pairs;
    const given = { DATABASE_URL: postgres.url, NATS_URL: nats.url };
    await withEnvironment(given, async () => {
      const engines = await startEngines({ home: home() });
      expect(engines).toMatchObject({
        postgres: { source: 'PostgreSQL at DATABASE_URL' },
        nats: { source: 'NATS at NATS_URL' },
      });
      await engines.stop();
    });
    expect(await query(postgres.url, 'select 1 as one')).toEqual([{ one: 1 }]);
    await withEnvironment({ ...given, NATS_URL: `nats://127.0.0.1:${await freePort()}` }, async () => {
      await expect(startEngines({ home: home() })).rejects.toThrow(/NATS_URL .* start it, or unset NATS_URL/);
    });
  });

  it('give each service its schema and no other', async () => {
    const admin = pairs[0].postgres.url;
    const options = { suffix: '_t1' };
    await createServiceDatabase(admin, 'okienko_t1', options);
    const { cases, providers } = await createServiceDatabase(admin, 'okienko_t1', options);

    await query(cases.migrate, 'create table person (id bigserial primary key, name text)');
    await query(cases.app, `insert into person (name) values ('Anna')`);
    expect(await query(cases.app, 'select name from cases.person')).toEqual([{ name: 'Anna' }]);

    const denied = 'permission denied';
    await expect(query(cases.app, 'create table mine ()')).rejects.toThrow(denied);
    await expect(query(cases.app, 'drop table person')).rejects.toThrow('must be owner');
    await expect(query(cases.app, 'create table public.mine ()')).rejects.toThrow(denied);
    await expect(query(providers.app, 'select from cases.person')).rejects.toThrow(denied);
    await expect(query(providers.migrate, 'select from cases.person')).rejects.toThrow(denied);

    await createServiceDatabase(admin, 'okienko_t2', { suffix: '_t2' });
    await dropServiceDatabase(admin, 'okienko_t1', options);
    expect(await query(admin, `select from pg_roles where rolname like '%\\_t1'`)).toEqual([]);
    await dropServiceDatabase(admin, 'okienko_t2', { suffix: '_t2' });
  });
});

describe('a home', () => {
  it('keeps its data from one start to the next', async () => {
    const place = home();
    const first = await startEngines({ home: place, ports: 'free' });
    await query(first.postgres.url, 'create table kept as select 1 as value');
    await first.stop();
    const second = await startEngines({ home: place, ports: 'free' });
    expect(await query(second.postgres.url, 'table kept')).toEqual([{ value: 1 }]);
    await second.stop();
  });

  it('of another major version of PostgreSQL is refused with advice', async () => {
    const place = home();
    const engines = await startEngines({ home: place, ports: 'free' });
    await engines.stop();
    writeFileSync(join(place, 'postgres', 'PG_VERSION'), '9\n');
    await expect(startEngines({ home: place, ports: 'free' })).rejects.toThrow(/PostgreSQL 9,.*npm run reset/);
  });

  it('is put in order after its launcher was killed', async () => {
    const place = home();
    const launcher = spawn(process.execPath, [join(checkout, 'deploy/local/fixtures/launcher.cjs'), place], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const [output] = (await once(launcher.stdout, 'data')) as [Buffer];
    const left = Object.values(JSON.parse(output.toString()) as Record<string, number>).map((pid) => identityOf(pid));
    launcher.kill('SIGKILL');
    await once(launcher, 'exit');
    expect(left.map((process) => process && isAlive(process))).toEqual([true, true]);

    const next = await startEngines({ home: place, ports: 'free' });
    expect(left.map((process) => process && isAlive(process))).toEqual([false, false]);
    expect(await query(next.postgres.url, 'select 1 as one')).toEqual([{ one: 1 }]);
    await next.stop();
  });
});

describe('an engine that dies', () => {
  it('is started again, with what it had', async () => {
    const place = home();
    const sentences: string[] = [];
    const supervisor = new Supervisor(place, (sentence) => sentences.push(sentence));
    const engines = await startEngines({ home: place, ports: 'free', supervisor });
    await query(engines.postgres.url, 'create table kept as select 1 as value');
    process.kill(supervisor.pid('postgres') ?? 0, 'SIGKILL');
    let rows: unknown;
    for (let attempt = 0; rows === undefined && attempt < 100; attempt += 1) {
      await new Promise((wake) => setTimeout(wake, 100));
      rows = await query(engines.postgres.url, 'table kept').catch(() => undefined);
    }
    expect(rows).toEqual([{ value: 1 }]);
    expect(sentences.join('\n')).toContain('postgres ended by itself (SIGKILL)');
    await engines.stop();
  });
});
