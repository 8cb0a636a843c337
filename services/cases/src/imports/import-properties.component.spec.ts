import { randomBytes } from 'node:crypto';
import { loadConfig } from '@okienko/chassis/config';
import { createService, type RunningService } from '@okienko/chassis/create-service';
import fc from 'fast-check';
import { DataSource } from 'typeorm';
import { CasesConfig } from '../config';
import { director, gmina, idOf, type Json, Scenario } from '../scenario';
import { casesService } from '../service';
import { ImportRows } from './import-rows.commands';
import { done, imported, nameOf, type Report, send } from './import-scenario';

jest.setTimeout(180_000);
const keys = {
  MASTER_KEY: randomBytes(32).toString('base64'),
  BLIND_INDEX_KEY: randomBytes(32).toString('base64'),
};
let scenario: Scenario;
beforeAll(async () => (scenario = await Scenario.start(undefined, keys)), 60_000);
afterAll(() => scenario.stop());

/** One more process of the service, on the same database. */
function replica(): Promise<RunningService> {
  const { database, namespace, issuer } = scenario.service;
  const config = loadConfig(CasesConfig, {
    DATABASE_URL: database.app,
    NATS_URL: process.env['TEST_NATS_URL'] ?? '',
    EVENT_NAMESPACE: namespace,
    OIDC_ISSUER: issuer.url,
    LOG_LEVEL: 'silent',
    SEALING_PUBLIC_KEY: JSON.stringify(scenario.notificationsKey.publicJwk),
    ...keys,
  });
  return createService(casesService, config);
}

/** A row of a file, before it is about anybody. */
interface Drawn {
  readonly id: number;
  readonly who: number;
  readonly named: number;
  readonly fault: 'terc' | 'pesel' | 'phone' | null;
}
const drawn: fc.Arbitrary<Drawn> = fc.record({
  id: fc.nat(11),
  who: fc.nat(3),
  named: fc.nat(3),
  fault: fc.oneof(
    { weight: 4, arbitrary: fc.constant(null) },
    { weight: 1, arbitrary: fc.constantFrom('terc' as const, 'pesel' as const, 'phone' as const) },
  ),
});

let cast = 0;
/** The same file about other people each time, who have the same in common. */
function castFor(): (row: Drawn) => Json {
  const salt = (cast += 1);
  const pesels = Array.from({ length: 4 }, () => scenario.pesel());
  return ({ id, who, named, fault }) => ({
    externalId: `${salt}/${id}`,
    ...(who === 0 ? { birthDate: '1950-05-14' } : { pesel: fault === 'pesel' ? '11111111111' : pesels[who] }),
    givenName: 'Ewa',
    familyName: nameOf(salt * 10 + named),
    terc: fault === 'terc' ? '0' : gmina,
    ...(fault === 'phone' ? { phone: '0' } : {}),
  });
}
const told = (reports: readonly Report[]): string[] =>
  reports
    .map(({ externalId, outcome, code, field }) => [externalId?.split('/')[1], outcome, code, field].join(' '))
    .sort();

describe('an import', () => {
  it('tells when it is tried what it will do, whatever the rows and their order; and again it does nothing', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(drawn, { minLength: 1, maxLength: 12 }),
        fc.infiniteStream(fc.nat()),
        async (rows, order) => {
          const [one, other] = [castFor(), castFor()];
          const tried = told(await imported(scenario, 'PERSONS', rows.map(one), { dryRun: true }));
          const real = told(await imported(scenario, 'PERSONS', rows.map(one)));
          expect(real).toEqual(tried);
          const shuffled = rows
            .map((row) => ({ row, key: order.next().value as number }))
            .sort((a, b) => a.key - b.key);
          expect(
            told(
              await imported(
                scenario,
                'PERSONS',
                shuffled.map(({ row }) => other(row)),
              ),
            ),
          ).toEqual(tried);
          const again = told(await imported(scenario, 'PERSONS', rows.map(one)));
          expect(again).toEqual(
            real.map((line) => (line.includes('REFUSED') ? line : `${line.split(' ')[0]} UNCHANGED  `)),
          );
        },
      ),
      { numRuns: 8 },
    );
  });

  it('is changed by a fault in that row alone', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.uniqueArray(drawn, { minLength: 1, maxLength: 12, selector: ({ id }) => id }),
        async (rows) => {
          const [one, other] = [castFor(), castFor()];
          const all = told(await imported(scenario, 'PERSONS', rows.map(one)));
          const sound = rows.filter(({ fault, who }) => fault === null || (fault === 'pesel' && who === 0));
          if (sound.length === 0) return expect(all.every((line) => line.includes('REFUSED'))).toBe(true);
          const without = told(await imported(scenario, 'PERSONS', sound.map(other)));
          expect(all.filter((line) => !line.includes('REFUSED'))).toEqual(without);
        },
      ),
      { numRuns: 8 },
    );
  });

  it('goes on with another replica wherever one is killed, and brings each row in once', async () => {
    const rows = people('kill', 400);
    const others = [await replica(), await replica()];
    const id = idOf(await send(scenario, 'PERSONS', rows));
    const left = async (): Promise<number> => (await scenario.get(`/imports/${id}`, director)).body['left'] as number;
    let killed = 0;
    for (const at of [350, 250, 150, 50]) {
      await scenario.service.eventually(async () => expect(await left()).toBeLessThan(at), 60_000);
      // What a killed process leaves is a connection that ends in the middle of its transaction.
      const [ended] = (await others[1]?.app.get(DataSource).query(kill)) as { count: number }[];
      killed += ended?.count ?? 0;
      if (at === 250) await others[0]?.stop();
    }
    expect(await done(scenario, id, 60_000)).toMatchObject({ counts: { CREATED: 400, REFUSED: 0 } });
    expect(killed).toBeGreaterThan(0);
    const [found] = await scenario.service.sql(
      `select count(*)::int as brought, count(distinct i.subject_id)::int as persons,
              (select count(*)::int from person p where not exists (select from imported i where i.subject_id = p.id)) as loose,
              (select count(*)::int from outbox o where o.aggregate_id in (select subject_id from imported where external_id like 'kill-%')) as events
       from imported i where external_id like 'kill-%'`,
    );
    expect(found).toEqual({ brought: 400, persons: 400, loose: 0, events: 400 });
    await others[1]?.stop();
  });

  it('is taken from a replica that stands still', async () => {
    const still = await replica();
    let goOn = (): void => undefined;
    const standing = jest
      .spyOn(still.app.get(ImportRows), 'bring')
      .mockImplementation(() => new Promise((_, reject) => (goOn = () => reject(new Error('late')))));
    for (let file = 1; standing.mock.calls.length === 0; file += 1) {
      const id = idOf(await send(scenario, 'PERSONS', people(`still-${file}`, 200)));
      expect(await done(scenario, id, 30_000)).toMatchObject({ counts: { CREATED: 200 } });
    }
    goOn();
    await still.stop();
  });
});

function people(prefix: string, count: number): Json[] {
  const salt = (cast += 1);
  return Array.from({ length: count }, (_, index) => ({
    externalId: `${prefix}-${index}`,
    givenName: 'Ola',
    familyName: nameOf(salt * 1000 + index),
    birthDate: '1960-01-01',
    terc: gmina,
  }));
}

const kill = `
  with killed as (
    select pg_terminate_backend(pid) as ended from pg_stat_activity
    where datname = current_database() and usename = current_user and pid <> pg_backend_pid() and xact_start is not null
      and pid in (select l.pid from pg_locks l join pg_class c on c.oid = l.relation where c.relname = 'import_row')
  ) select count(*)::int as count from killed where ended`;
