import { randomBytes, randomUUID } from 'node:crypto';
import { createServiceDatabase, dropServiceDatabase } from '@okienko/local/databases';
import { messagingTables } from '@okienko/messaging/tables';
import { Client } from 'pg';

const mark = `m${randomBytes(5).toString('hex')}`;
const role = { suffix: `_${mark}` };
const admin = process.env['TEST_DATABASE_URL'] ?? '';

describe('the days of the outbox', () => {
  let owner: Client;
  let app: Client;

  beforeAll(async () => {
    const database = (await createServiceDatabase(admin, mark, role)).cases;
    owner = new Client({ connectionString: database.migrate });
    app = new Client({ connectionString: database.app });
    await Promise.all([owner.connect(), app.connect()]);
    for (const sql of messagingTables()) await owner.query(sql);
  }, 60_000);
  afterAll(async () => {
    await Promise.all([owner.end(), app.end()]);
    await dropServiceDatabase(admin, mark, role);
  });

  const days = async (): Promise<string[]> => {
    const { rows } = await owner.query<{ name: string }>(
      `select inhrelid::regclass::text as name from pg_inherits where inhparent = 'outbox'::regclass order by 1`,
    );
    return rows.map(({ name }) => name);
  };
  const write = (at: string) =>
    app.query(
      `insert into outbox (id, created_at, aggregate_type, aggregate_id, sequence, subject, event)
       values ($1, $2::timestamptz, 'application', $3, 1, 's', '{}')`,
      [randomUUID(), at, randomUUID()],
    );

  test('are the same whatever the time zone of the session that makes them', async () => {
    const made = await days();
    expect(made).toHaveLength(5);
    for (const zone of ['Pacific/Kiritimati', 'Etc/GMT+12', 'Europe/Warsaw']) {
      await app.query(`set timezone = '${zone}'`);
      await app.query('select outbox_maintain(30)');
    }
    await app.query(`reset timezone`);
    expect(await days()).toEqual(made);
  });

  test('go into the archive when they are old and published to their end, not before, and are dropped from there', async () => {
    const old = '2020-02-03';
    await owner.query(
      `create table outbox_20200203 partition of outbox for values from ('${old} 00:00Z') to ('2020-02-04 00:00Z')`,
    );
    await write(`${old}T12:00:00Z`);
    await app.query('select outbox_maintain(30)');
    expect(await days()).toContain('outbox_20200203');
    await app.query('update outbox_relay set low = (select max(seq) from outbox)');
    await app.query('select outbox_maintain(30)');
    expect(await days()).not.toContain('outbox_20200203');
    const history = `select created_at from outbox_history where created_at < '2021-01-01'`;
    expect((await owner.query(history)).rowCount).toBe(1);
    await app.query('select outbox_maintain(30, 400)');
    expect((await owner.query(history)).rowCount).toBe(0);
  });

  test('a long transaction makes the upkeep give up soon, so that writers do not queue behind it', async () => {
    await owner.query(
      `create table outbox_20200204 partition of outbox for values from ('2020-02-04 00:00Z') to ('2020-02-05 00:00Z')`,
    );
    await owner.query('begin');
    await owner.query('lock table outbox in row exclusive mode');
    const began = Date.now();
    await expect(app.query('select outbox_maintain(30)')).rejects.toMatchObject({ code: '55P03' });
    expect(Date.now() - began).toBeLessThan(5000);
    await owner.query('rollback');
  }, 40_000);

  test('nobody can put a table of his own in the place of one of the service', async () => {
    const { rows } = await owner.query<{ settings: string }>(
      `select array_to_string(proconfig, ' ') as settings from pg_proc where proname = 'outbox_maintain' and pronamespace = current_schema()::regnamespace`,
    );
    expect(rows[0]?.settings).toMatch(/search_path=\S+ pg_temp/);
  });
});
