import { randomBytes } from 'node:crypto';
import { createServiceDatabase, dropServiceDatabase } from '@okienko/local/databases';
import { dataSource } from '@okienko/messaging/data-source';
import { inTransaction, type Transaction } from '@okienko/messaging/transaction';
import { Client } from 'pg';
import type { DataSource } from 'typeorm';

const mark = `x${randomBytes(5).toString('hex')}`;
const role = { suffix: `_${mark}` };
const admin = process.env['TEST_DATABASE_URL'] ?? '';
const sleep = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds));

describe('a transaction', () => {
  let database: DataSource;
  let owner: Client;
  const superuser = new Client({ connectionString: admin });

  beforeAll(async () => {
    const { app, migrate } = (await createServiceDatabase(admin, mark, role)).cases;
    owner = new Client({ connectionString: migrate });
    await Promise.all([owner.connect(), superuser.connect()]);
    await owner.query('create table written (what text)');
    database = await dataSource({ url: app, mappings: [], migrations: [], name: 'test', poolSize: 2 }).initialize();
  }, 60_000);
  afterAll(async () => {
    await database.destroy();
    await Promise.all([owner.end(), superuser.end()]);
    await dropServiceDatabase(admin, mark, role);
  });

  test('that was rolled back takes no more from work that was left running', async () => {
    let straggler: Promise<unknown> = Promise.resolve();
    const failing = inTransaction(database, (transaction) => {
      straggler = sleep(100).then(() => transaction.query(`insert into written values ('after the end')`));
      straggler.catch(() => undefined);
      return Promise.reject(new Error('no'));
    });
    await expect(failing).rejects.toThrow('no');
    await expect(straggler).rejects.toThrow('has ended');
    expect((await owner.query('select * from written')).rows).toEqual([]);
  });

  test('whose connection is cut fails alone: the process lives and the pool gives good connections', async () => {
    const cut = async (transaction: Transaction): Promise<void> => {
      const [row] = await transaction.query<{ pid: number }>('select pg_backend_pid() as pid');
      await superuser.query('select pg_terminate_backend($1)', [row?.pid]);
      await sleep(100);
      await transaction.query('select 1');
    };
    for (let round = 0; round < 3; round += 1) await expect(inTransaction(database, cut)).rejects.toThrow();
    await expect(inTransaction(database, (transaction) => transaction.query('select 1 as one'))).resolves.toEqual([
      { one: 1 },
    ]);
  });
});
