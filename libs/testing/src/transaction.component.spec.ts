import { randomBytes } from 'node:crypto';
import { createServiceDatabase, dropServiceDatabase } from '@okienko/local/databases';
import { dataSource } from '@okienko/messaging/data-source';
import { namedPg } from '@okienko/messaging/named-pg';
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
  let url: string;
  const superuser = new Client({ connectionString: admin });

  beforeAll(async () => {
    const { app, migrate } = (await createServiceDatabase(admin, mark, role)).cases;
    url = app;
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

  test('is not needed for a single statement, which answers as TypeORM says and gives its connection back', async () => {
    await owner.query('delete from written');
    const ask = (text: string, what: string): Promise<unknown> => database.query(text, [what]);
    expect(await ask('insert into written values ($1) returning what', 'single')).toEqual([{ what: 'single' }]);
    expect(await ask('select what from written where what = $1', 'single')).toEqual([{ what: 'single' }]);
    expect(await ask(`update written set what = 'other' where what = $1`, 'single')).toEqual([[], 1]);
    expect(await ask('delete from written where what = $1 returning what', 'other')).toEqual([[{ what: 'other' }], 1]);
    // Of two connections, so that one not given back would be missed.
    for (let n = 0; n < 5; n += 1)
      await expect(ask('select 1 / $1::int', '0')).rejects.toMatchObject({ code: '22012' });
    expect(await ask('select $1 as what', 'after')).toEqual([{ what: 'after' }]);
  });

  test('keeps what was done before and after an attempt that failed, whatever way it failed, and nothing of the attempt', async () => {
    const write = (what: string): [string, string[]] => ['insert into written values ($1)', [what]];
    const errors: unknown[] = [];
    await inTransaction(database, async (transaction) => {
      const attempt = (act: () => Promise<unknown>): Promise<void> =>
        transaction.attempt(act).catch((error: unknown) => void errors.push((error as Error).message));
      transaction.hold(...write('before'));
      await attempt(async () => {
        await transaction.query(...write('half'));
        throw new Error('of its own');
      });
      await attempt(() => transaction.query('select 1 / 0'));
      await attempt(() => {
        transaction.send('select 1 / 0', []);
        transaction.hold(...write('held'));
        return Promise.resolve();
      });
      await attempt(() => {
        transaction.hold(...write('well'));
        return Promise.resolve();
      });
      transaction.send(...write('after'));
    });
    expect(errors).toEqual(['of its own', 'division by zero', 'division by zero']);
    expect((await owner.query('select what from written order by what')).rows).toEqual([
      { what: 'after' },
      { what: 'before' },
      { what: 'well' },
    ]);
    await owner.query('truncate written');
  });

  test('writes what was kept for its end as one, after everything else, without what an attempt that failed had kept', async () => {
    const asOne = jest.fn((transaction: Transaction, rows: readonly string[]) =>
      transaction.hold('insert into written select * from unnest($1::text[])', [rows]),
    );
    await inTransaction(database, async (transaction) => {
      transaction.keep(['one', 'two'], asOne);
      await transaction
        .attempt(() => {
          transaction.keep(['of the attempt'], asOne);
          return transaction.query('select 1 / 0');
        })
        .catch(() => undefined);
      await transaction.attempt(() => {
        transaction.keep(['three'], asOne);
        return Promise.resolve();
      });
      expect(await transaction.query('select from written')).toEqual([]);
    });
    expect(asOne.mock.calls.map(([, rows]) => rows)).toEqual([['one', 'two', 'three']]);
    expect((await owner.query('select what from written order by what')).rows).toHaveLength(3);
    await owner.query('truncate written');
    const failing = inTransaction(database, (transaction) => {
      transaction.keep(['never'], asOne);
      return Promise.reject(new Error('no'));
    });
    await expect(failing).rejects.toThrow('no');
    expect((await owner.query('select from written')).rows).toEqual([]);
  });

  test('undoes all of a trial, and tells what it found or why it failed', async () => {
    const write = (transaction: Transaction, what: string): void =>
      transaction.send('insert into written values ($1)', [what]);
    const asOne = (transaction: Transaction, rows: readonly string[]): void =>
      transaction.hold('insert into written select * from unnest($1::text[])', [rows]);
    await inTransaction(database, async (transaction) => {
      write(transaction, 'before');
      const found = await transaction.trial(async () => {
        write(transaction, 'tried');
        // An attempt that fails within it does not end it.
        await transaction.attempt(() => transaction.query('select 1 / 0')).catch(() => undefined);
        await transaction.attempt(() => Promise.resolve(write(transaction, 'attempted')));
        transaction.keep(['kept'], asOne);
        transaction.hold('insert into written values ($1)', ['held']);
        return transaction.query('select what from written order by what');
      });
      expect(found).toEqual([{ what: 'attempted' }, { what: 'before' }, { what: 'held' }, { what: 'tried' }]);
      await expect(transaction.trial(() => transaction.query('select 1 / 0'))).rejects.toMatchObject({ code: '22012' });
      const unheard = transaction.trial(() => Promise.resolve(transaction.send('select 1 / $1::int', [0])));
      await expect(unheard).rejects.toMatchObject({ code: '22012' });
      write(transaction, 'after');
    });
    expect((await owner.query('select what from written order by what')).rows).toEqual([
      { what: 'after' },
      { what: 'before' },
    ]);
    await owner.query('truncate written');
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

  test('a session that the server ends while nothing is asked on it does not end the process', async () => {
    const client = new namedPg.Client({ connectionString: url });
    await client.connect();
    const { rows } = await client.query<{ pid: number }>('select pg_backend_pid() as pid');
    await superuser.query('select pg_terminate_backend($1)', [rows[0]?.pid]);
    await sleep(100);
    await expect(client.query('select 1')).rejects.toThrow(/not queryable|terminated/);
  });

  describe('holding its last writes back', () => {
    /** What the server was really given. */
    const given = async (act: (transaction: Transaction) => Promise<void> | void): Promise<string[]> => {
      const texts: string[] = [];
      await inTransaction(database, async (transaction) => {
        const client = (transaction as unknown as { client: { query: (...args: unknown[]) => Promise<unknown> } })
          .client;
        const query = client.query.bind(client);
        Object.assign(transaction, {
          client: {
            query: (text: string, ...rest: unknown[]) => {
              texts.push(text);
              return query(text, ...rest);
            },
          },
        });
        await act(transaction);
      });
      return texts;
    };
    const rows = async (): Promise<string[]> =>
      (await owner.query<{ what: string }>('select what from written order by what')).rows.map(({ what }) => what);
    const insert = 'insert into written values ($1)';
    beforeEach(() => owner.query('truncate written'));

    test('gives them as one statement, which needs no begin and no commit when nothing else was given', async () => {
      const texts = await given((transaction) => {
        for (const what of ['a', 'b', 'c']) transaction.hold(insert, [what]);
      });
      expect(texts).toEqual([
        'with w0 as (insert into written values ($1)), w1 as (insert into written values ($2)) insert into written values ($3)',
      ]);
      expect(await rows()).toEqual(['a', 'b', 'c']);
    });

    test('gives them behind what went before, and before what comes after', async () => {
      const texts = await given(async (transaction) => {
        await transaction.query('select 1');
        transaction.hold(insert, ['a']);
        transaction.hold(insert, ['b']);
        const seen = await transaction.query('select what from written order by what');
        expect(seen).toEqual([{ what: 'a' }, { what: 'b' }]);
        transaction.hold(insert, ['c']);
      });
      expect(texts).toEqual([
        'begin',
        'select 1',
        insert,
        insert,
        'select what from written order by what',
        insert,
        'commit',
      ]);
    });

    test('stores all or nothing, and tells the reason', async () => {
      for (const first of ['select 1', undefined])
        await expect(
          given(async (transaction) => {
            if (first) await transaction.query(first);
            transaction.hold(insert, ['a']);
            transaction.hold('insert into written values ($1::int::text)', ['no number']);
          }),
        ).rejects.toThrow('invalid input syntax');
      expect(await rows()).toEqual([]);
    });

    test('gives nothing when the work fails', async () => {
      await expect(
        given((transaction) => {
          transaction.hold(insert, ['a']);
          throw new Error('no');
        }),
      ).rejects.toThrow('no');
      expect(await rows()).toEqual([]);
    });
  });
});
