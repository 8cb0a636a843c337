import { randomUUID } from 'node:crypto';
import type { EntityManager } from 'typeorm';
import { accessLogTables, recordAccess, recordAccesses, type AccessEntry } from './access-log';
import { accessHash, chainOf } from './access-log-chain';
import { accessLogKeeping, endsOfChains, shortenAccessLog } from './access-log-keeping';
import { type ToldChain, verifyAccessLog } from './access-log-verification';
import { scratchSchema, testDatabase, type ScratchSchema } from './scratch-schema';

const entryFor = (personId: string): AccessEntry => ({
  at: new Date('2026-03-29T01:59:59.999Z'),
  actor: 'coordinator-7',
  role: 'coordinator',
  act: 'READ',
  personId,
  fieldGroups: ['identity', 'needs, "family"'],
  purpose: 'rozpoznanie potrzeb',
  caseRef: 'CUS/2026/17',
});
const person = randomUUID();
const chain = chainOf(person);

(testDatabase ? describe : describe.skip)(
  'the access log (skipped unless TEST_DATABASE_URL names a PostgreSQL)',
  () => {
    let schema: ScratchSchema;
    // An administrator can switch a trigger off.
    const unguarded = 'alter table access_log disable trigger access_log_append_only';
    beforeAll(
      async () =>
        (schema = await scratchSchema((name) => [accessLogTables(name), ...accessLogKeeping(), unguarded].join(';\n'))),
    );
    afterAll(() => schema.drop());
    beforeEach(() =>
      schema.database.query(
        `truncate access_log, access_log_start; update access_log_head set position = 0, previous_hash = '', hash = ''`,
      ),
    );

    it('keeps every chain whole while twenty transactions append at once and a verifier reads', async () => {
      const { database } = schema;
      const people = Array.from({ length: 40 }, () => randomUUID());
      // Ten of forty people each, from a different starting point and in either direction: unsorted, these would deadlock.
      const visits = Array.from({ length: 20 }, (_, start) => {
        const visited = Array.from({ length: 10 }, (__, step) =>
          entryFor(people[(start * 7 + step) % people.length] ?? person),
        );
        return start % 2 ? visited : visited.reverse();
      });
      const appending = visits.map((entries) => database.transaction((sql) => recordAccesses(sql, entries)));
      const { faults } = await verifyAccessLog(database, 3);
      await Promise.all(appending);

      expect(faults).toEqual([]);
      await expect(verifyAccessLog(database, 7)).resolves.toEqual({ rows: 200, faults: [] });
      const [used] = await database.query('select count(distinct chain)::int as chains from access_log');
      expect(used.chains).toBe(new Set(visits.flat().map((entry) => chainOf(entry.personId))).size);
    });

    it('loses no place in one contended chain', async () => {
      const { database } = schema;
      await Promise.all(
        Array.from({ length: 20 }, () =>
          database.transaction(async (sql) => {
            for (let row = 0; row < 10; row += 1) await recordAccess(sql, entryFor(person));
          }),
        ),
      );
      await expect(verifyAccessLog(database, 50)).resolves.toEqual({ rows: 200, faults: [] });
    });

    it('keeps what it was told, and leaves no trace and no gap of a transaction that rolled back', async () => {
      const { database } = schema;
      const failing = database.transaction(async (sql) => {
        await recordAccess(sql, entryFor(person));
        throw new Error('the command failed');
      });
      await expect(failing).rejects.toThrow('the command failed');
      await recordAccess(database, { ...entryFor(person), act: 'SEARCH', traceId: 'abc' });

      await expect(database.query('select * from access_log')).resolves.toEqual([
        {
          chain,
          position: '1',
          at: new Date('2026-03-29T01:59:59.999Z'),
          actor: 'coordinator-7',
          role: 'coordinator',
          act: 'SEARCH',
          person_id: person,
          field_groups: ['identity', 'needs, "family"'],
          purpose: 'rozpoznanie potrzeb',
          case_ref: 'CUS/2026/17',
          trace_id: 'abc',
          previous_hash: Buffer.alloc(0),
          hash: expect.any(Buffer),
        },
      ]);
    });

    it('fails rather than let access pass unlogged when a head is gone', async () => {
      const { database } = schema;
      const orphaned = database.transaction(async (sql) => {
        await sql.query('delete from access_log_head');
        await recordAccess(sql, entryFor(person));
      });
      await expect(orphaned).rejects.toThrow('null value in column "position"');
    });

    it('needs no more rights than the migration is told to grant, and none to rewrite', async () => {
      const { database, name } = schema;
      const as = (task: (sql: EntityManager) => Promise<unknown>) =>
        database.transaction(async (sql) => {
          await sql.query(`create role ${name}_app nologin;
          grant usage on schema ${name} to ${name}_app;
          grant select, insert on access_log to ${name}_app;
          grant select, update on access_log_head to ${name}_app;
          grant select on access_log_start to ${name}_app;
          set local role ${name}_app`);
          await recordAccess(sql, entryFor(person));
          await expect(verifyAccessLog(sql)).resolves.toEqual({ rows: 1, faults: [] });
          await task(sql);
          throw new Error('it was allowed');
        });
      await expect(as((sql) => sql.query(`update access_log set actor = 'x'`))).rejects.toThrow('permission denied');
      await expect(as((sql) => sql.query('delete from access_log'))).rejects.toThrow('permission denied');
      await expect(as((sql) => sql.query('delete from access_log_head'))).rejects.toThrow('permission denied');
    });

    describe('of ten rows, with an administrator at work', () => {
      beforeEach(async () => {
        for (let row = 0; row < 10; row += 1) await recordAccess(schema.database, entryFor(person));
      });

      /** Tampers, verifies and takes the tampering back. */
      async function faultsAfter(...statements: string[]): Promise<unknown> {
        const runner = schema.database.createQueryRunner();
        await runner.startTransaction();
        try {
          for (const statement of statements) await runner.query(statement);
          return (await verifyAccessLog(runner.manager, 4)).faults;
        } finally {
          await runner.rollbackTransaction();
          await runner.release();
        }
      }

      it('is whole in any time zone and date style', () =>
        expect(
          faultsAfter(`set local timezone = 'Europe/Warsaw'`, `set local datestyle = 'SQL, DMY'`),
        ).resolves.toEqual([]));

      it.each([
        `actor = 'someone-else'`,
        `at = at + interval '1 microsecond'`,
        `role = 'director'`,
        `act = 'WRITE'`,
        `person_id = '0198f0c2-0000-7000-8000-000000000001'`,
        `field_groups = array['identity']`,
        `purpose = purpose || ' '`,
        `case_ref = null`,
        `trace_id = ''`,
        `previous_hash = sha256('')`,
      ])('finds the row where %s was set', (edit) =>
        expect(faultsAfter(`update access_log set ${edit} where position = 5`)).resolves.toEqual([
          { chain, position: 5, kind: 'EDITED' },
        ]),
      );

      it.each([1, 4, 5, 10])('finds that row %d was deleted', (position) =>
        expect(faultsAfter(`delete from access_log where position = ${position}`)).resolves.toEqual([
          { chain, position, kind: 'REMOVED' },
        ]),
      );

      it('finds that the end was cut off, or everything was deleted', async () => {
        await expect(faultsAfter('delete from access_log where position > 7')).resolves.toEqual([
          { chain, position: 8, kind: 'REMOVED' },
        ]);
        await expect(faultsAfter('delete from access_log')).resolves.toEqual([{ chain, position: 1, kind: 'REMOVED' }]);
      });

      it('finds two rows that changed places', () =>
        expect(
          faultsAfter(
            'update access_log set position = 99 where position = 3',
            'update access_log set position = 3 where position = 7',
            'update access_log set position = 7 where position = 99',
          ),
        ).resolves.toEqual([3, 4, 7, 8].map((position) => ({ chain, position, kind: 'REORDERED' }))));

      it('finds a deletion that was closed up by renumbering', () =>
        expect(
          faultsAfter(
            'delete from access_log where position = 5',
            'update access_log set position = position + 100 where position > 5',
            'update access_log set position = position - 101 where position > 100',
          ),
        ).resolves.toEqual([
          { chain, position: 5, kind: 'REORDERED' },
          { chain, position: 10, kind: 'REMOVED' },
        ]));

      it.each([
        [
          'a head that was turned back',
          'update access_log_head set position = 9, hash = previous_hash where position = 10',
        ],
        ['a head that is gone', 'delete from access_log_head where position = 10'],
        ['a head that was made up', `update access_log_head set hash = sha256('') where position = 10`],
      ])('finds %s', (_, statement) =>
        expect(faultsAfter(statement)).resolves.toEqual([{ chain, position: 10, kind: 'EDITED' }]),
      );

      it.each([
        [5, { chain, position: 6, kind: 'REORDERED' }],
        [10, { chain, position: 10, kind: 'EDITED' }],
      ])('finds that row %d was rewritten with a hash to match', (position, fault) =>
        expect(
          faultsAfter(
            `update access_log set actor = 'someone-else' where position = ${position}`,
            `update access_log set hash = ${accessHash('previous_hash', 'access_log')} where position = ${position}`,
          ),
        ).resolves.toEqual([fault]),
      );
    });

    describe('with anchors of ten rows kept elsewhere', () => {
      const told = async (): Promise<ToldChain[]> =>
        (await endsOfChains(schema.database)).map((one) => ({ ...one, anchoredAt: '2026-03-29T02:00:00.000Z' }));
      const verified = async (anchors: readonly ToldChain[]): Promise<unknown> =>
        (await verifyAccessLog(schema.database, 4, anchors)).faults;
      const append = async (rows: number): Promise<void> => {
        for (let row = 0; row < rows; row += 1) await recordAccess(schema.database, entryFor(person));
      };
      /** Writes the chain anew from a position on, head included, as nobody but the owner of everything can. */
      async function rewriteFrom(position: number, end: number): Promise<void> {
        const { database } = schema;
        await database.query(`update access_log set actor = 'someone-else' where position = $1`, [position]);
        for (let at = position; at <= end; at += 1)
          await database.query(
            `update access_log set previous_hash = coalesce((select hash from access_log where position = ${at - 1}), '') where position = ${at};
             update access_log set hash = ${accessHash('previous_hash', 'access_log')} where position = ${at}`,
          );
        await database.query(
          `update access_log_head head set hash = log.hash, previous_hash = log.previous_hash, position = log.position
           from access_log log where log.chain = head.chain and log.position = ${end}`,
        );
      }
      beforeEach(() => append(10));

      it('finds nothing where nothing was done, also after more was written', async () => {
        const anchors = await told();
        await append(3);
        await expect(verified([...anchors, ...(await told())])).resolves.toEqual([]);
      });

      it('finds a chain written anew with its head, which the chain alone cannot show', async () => {
        const anchors = await told();
        await rewriteFrom(5, 10);
        await expect(verified([])).resolves.toEqual([]);
        await expect(verified(anchors)).resolves.toEqual([{ chain, position: 10, kind: 'REWRITTEN' }]);
      });

      it('finds an end that was cut off with its head', async () => {
        const anchors = await told();
        await schema.database.query('delete from access_log where position > 7');
        await rewriteFrom(7, 7);
        await expect(verified(anchors)).resolves.toEqual([{ chain, position: 8, kind: 'REMOVED' }]);
      });

      it('finds a beginning that was removed and declared to be over', async () => {
        const anchors = await told();
        await schema.database.query(
          `insert into access_log_start (chain, position, hash) select chain, position, hash from access_log where position = 6;
           delete from access_log where position <= 6`,
        );
        const missing = [{ chain, position: 1, kind: 'REMOVED' }];
        await expect(verified(anchors)).resolves.toEqual(missing);
        // Even when the declaration was published: an anchor of the same year says that fewer rows were there.
        const younger = anchors.map((anchor) => ({ ...anchor, position: 3, hash: '' }));
        await expect(verified([...younger, ...(await told())])).resolves.toEqual(missing);
      });
    });

    describe('of which a part is older than it must be kept', () => {
      const at = (date: string): Promise<void> =>
        recordAccess(schema.database, { ...entryFor(person), at: new Date(date) });
      const positions = async (): Promise<number[]> =>
        (await schema.database.query('select position::int as position from access_log order by 1')).map(
          (row: { position: number }) => row.position,
        );
      const lastYear = new Date(Date.now() - 365 * 86_400_000).toISOString();
      async function olderAndYounger(): Promise<void> {
        for (const date of ['2021-01-01', '2021-01-02', '2021-01-03', lastYear, '2021-01-04', lastYear]) await at(date);
      }
      afterEach(() => schema.database.query(unguarded));

      it('gets shorter from its beginning up to the first row that stays, and is whole', async () => {
        await olderAndYounger();
        await schema.database.query('alter table access_log enable trigger access_log_append_only');
        await expect(shortenAccessLog(schema.database)).resolves.toBe(true);
        await expect(positions()).resolves.toEqual([4, 5, 6]);
        await expect(shortenAccessLog(schema.database)).resolves.toBe(false);
        const anchors = (await endsOfChains(schema.database)).map((one) => ({ ...one, anchoredAt: lastYear }));
        await expect(verifyAccessLog(schema.database, 2, anchors)).resolves.toEqual({ rows: 3, faults: [] });
        await expect(schema.database.query('delete from access_log where position = 4')).rejects.toThrow('append-only');
      });

      it('keeps the last row, so that the chain goes on', async () => {
        await at('2021-01-01');
        await at('2021-01-02');
        await shortenAccessLog(schema.database);
        await expect(positions()).resolves.toEqual([2]);
        await at('2021-01-03');
        await expect(verifyAccessLog(schema.database)).resolves.toEqual({ rows: 2, faults: [] });
      });

      it('is shortened by the role of the service by the terms alone', async () => {
        const { database, name } = schema;
        await olderAndYounger();
        const runner = database.createQueryRunner();
        await runner.startTransaction();
        try {
          await runner.query(`create role ${name}_service nologin; grant usage on schema ${name} to ${name}_service;
            grant select, insert, update, delete on all tables in schema ${name} to ${name}_service;
            alter table access_log enable trigger access_log_append_only; set local role ${name}_service; savepoint s`);
          await runner.query(`set local okienko.shortening = 'on'`);
          await expect(runner.query('delete from access_log')).rejects.toThrow('append-only');
          await runner.query(`rollback to s`);
          await expect(shortenAccessLog(runner.manager)).resolves.toBe(true);
        } finally {
          await runner.rollbackTransaction();
          await runner.release();
        }
      });

      it('refuses terms below two years', () =>
        expect(
          schema.database.query(`insert into access_log_term values ('2026-01-01', 23, 60, 'none')`),
        ).rejects.toThrow('access_log_term_kept_months_check'));
    });
  },
);
