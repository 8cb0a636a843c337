import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { samplesOf } from '@okienko/local/exposition';
import { checkout, temporaryHome } from '@okienko/local/paths';
import { eventually } from '@okienko/testing/eventually';
import { Client } from 'pg';
import { postgresTools } from './postgres-tools';

jest.setTimeout(240_000);

/** What deploy/backup/run.sh tells of itself, beside a server that has nothing to do. */
describe('the age of the backup', () => {
  const home = temporaryHome();
  const folder = join(home, 'backup');
  const name = `age_${process.pid}`;
  const url = process.env['TEST_DATABASE_URL'] ?? '';
  let backup: ChildProcess;
  let database: Client;

  const told = (metric: string): number =>
    samplesOf(readFileSync(join(folder, 'okienko_backup.prom'), 'utf8')).find((one) => one.name === metric)?.value ??
    NaN;
  const base = (): number => told('okienko_backup_base_timestamp_seconds');
  const wal = (): number => told('okienko_backup_wal_timestamp_seconds');
  const now = (): number => Date.now() / 1000;
  /** The process that takes in what the server writes. */
  const receiver = (): number =>
    Number(execFileSync('pgrep', ['-f', `pg_receivewal --directory ${folder}`], { encoding: 'utf8' }).split('\n')[0]);

  beforeAll(async () => {
    mkdirSync(folder);
    database = new Client({ connectionString: url });
    await database.connect();
    backup = spawn('sh', [join(checkout, 'deploy', 'backup', 'run.sh')], {
      env: { ...postgresTools(url, home), BACKUP_FOLDER: folder, BACKUP_NAME: name },
      stdio: 'ignore',
      detached: true,
    });
    await eventually(
      () => Promise.resolve(expect([base(), wal()]).toEqual([expect.any(Number), expect.any(Number)])),
      60_000,
    );
  });
  afterAll(async () => {
    if (backup.pid) process.kill(-backup.pid, 'SIGKILL');
    await eventually(async () => void (await database.query('select pg_drop_replication_slot($1)', [name])), 20_000);
    await database.end();
    rmSync(home, { recursive: true, force: true });
  });

  test('is that of the newest verified base backup, and of the last moment at which the archive had everything', async () => {
    await eventually(() => {
      expect(now() - base()).toBeLessThan(60);
      expect(now() - wal()).toBeLessThan(60);
      return Promise.resolve();
    }, 90_000);
  });

  /** Until it has been told anew so many times. */
  const turns = async (count: number): Promise<void> => {
    const at = (): number => statSync(join(folder, 'okienko_backup.prom')).mtimeMs;
    for (let turn = 0, before = at(); turn < count; turn += 1, before = at())
      await eventually(() => Promise.resolve(expect(at()).not.toBe(before)), 60_000);
  };

  test('does not grow while what is written comes, be it nothing', async () => {
    const before = wal();
    await turns(2);
    expect(wal()).toBeGreaterThan(before);
  });

  test('grows while what is written does not come, and is young again when it has come', async () => {
    const stopped = receiver();
    process.kill(stopped, 'SIGSTOP');
    try {
      await database.query('create table if not exists backup_age (at timestamptz)');
      await database.query('insert into backup_age values (now())');
      // The place that the server has now is asked in the turn after this one, and missed in the next.
      await turns(3);
      const before = wal();
      await turns(2);
      expect(wal()).toBe(before);
    } finally {
      process.kill(stopped, 'SIGCONT');
      await database.query('drop table if exists backup_age');
    }
    const since = Math.floor(now());
    await eventually(() => Promise.resolve(expect(wal()).toBeGreaterThan(since)), 60_000);
  });
});
