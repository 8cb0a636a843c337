import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chmodSync, chownSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { get } from 'node:https';
import { join } from 'node:path';
import { casesService } from '@okienko/cases/service';
import { migrateDatabase } from '@okienko/chassis/migrate-service';
import { quartersOf } from '@okienko/local/account';
import { createServiceDatabase, type ServiceAccess } from '@okienko/local/databases';
import type { Engine } from '@okienko/local/engine';
import { natsServer } from '@okienko/local/nats-binaries';
import { checkout, temporaryHome } from '@okienko/local/paths';
import { freePort } from '@okienko/local/ports';
import { startPostgres } from '@okienko/local/postgres';
import { Supervisor } from '@okienko/local/supervise';
import { openBroker } from '@okienko/messaging/jetstream';
import { generateSealingKeyPair } from '@okienko/privacy/sealed-payload';
import { eventually } from '@okienko/testing/eventually';
import { TestIssuer } from '@okienko/testing/test-issuer';
import { Client } from 'pg';

jest.setTimeout(60_000);

const hasOpenssl = (() => {
  try {
    return execFileSync('openssl', ['version'], { stdio: 'pipe' }).length > 0;
  } catch {
    return false;
  }
})();

/** An authority of the test's own, and a certificate for `localhost` and nothing else. */
function certificates(folder: string): { ca: string; cert: string; key: string } {
  const openssl = (...args: string[]): void => void execFileSync('openssl', args, { cwd: folder, stdio: 'pipe' });
  const ec = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2'];
  openssl('req', '-x509', ...ec, '-keyout', 'ca.key', '-out', 'ca.pem', '-subj', '/CN=Test authority');
  openssl('req', ...ec.slice(0, -2), '-keyout', 'server.key', '-out', 'server.csr', '-subj', '/CN=localhost');
  writeFileSync(join(folder, 'names'), 'subjectAltName=DNS:localhost');
  const signing = ['-CA', 'ca.pem', '-CAkey', 'ca.key', '-CAcreateserial', '-extfile', 'names', '-days', '2'];
  openssl('x509', '-req', '-in', 'server.csr', ...signing, '-out', 'server.pem');
  return { ca: join(folder, 'ca.pem'), cert: join(folder, 'server.pem'), key: join(folder, 'server.key') };
}

(hasOpenssl ? describe : describe.skip)('a service with TLS on every way (skipped without openssl)', () => {
  const home = temporaryHome();
  const started: ChildProcess[] = [];
  let issuer: TestIssuer;
  let postgres: Engine;
  let brokerPort: number;
  let access: ServiceAccess;
  let files: ReturnType<typeof certificates>;
  const given = process.env['DATABASE_URL'];

  const secretFile = (name: string, content: string): string => {
    const path = join(home, name);
    writeFileSync(path, content, { mode: 0o440 });
    return path;
  };
  const run = (program: string, args: readonly string[], env: NodeJS.ProcessEnv): ChildProcess => {
    const child = spawn(program, args, {
      env: { PATH: process.env['PATH'], ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    started.push(child);
    return child;
  };
  const databaseUrl = (host: string): string => {
    const url = new URL(access.app);
    url.hostname = host;
    url.search = new URLSearchParams({ sslmode: 'verify-full', sslrootcert: files.ca }).toString();
    return url.href;
  };

  interface Started {
    readonly child: ChildProcess;
    readonly port: number;
    readonly said: () => string;
  }
  /** The process of `cases`; every secret comes from a file. */
  async function startCases(host: string, trust: NodeJS.ProcessEnv): Promise<Started> {
    const port = await freePort();
    const child = run(process.execPath, [join(checkout, 'services', 'cases', 'dist', 'bundle', 'main.js')], {
      PORT: String(port),
      DATABASE_URL_FILE: secretFile(`database-${port}`, `${databaseUrl(host)}\n`),
      MASTER_KEY_FILE: secretFile(`master-${port}`, randomBytes(32).toString('base64')),
      BLIND_INDEX_KEY_FILE: secretFile(`index-${port}`, randomBytes(32).toString('base64')),
      SEALING_PUBLIC_KEY: JSON.stringify((await generateSealingKeyPair()).publicJwk),
      NATS_URL: `tls://localhost:${brokerPort}`,
      OIDC_ISSUER: issuer.url,
      TLS_CERT_FILE: files.cert,
      TLS_KEY_FILE: files.key,
      ...trust,
    });
    let said = '';
    for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk: Buffer) => (said += String(chunk)));
    return { child, port, said: () => said };
  }
  const healthOf = ({ port, said }: Started): Promise<Record<string, unknown>> =>
    new Promise((resolve, reject) => {
      get(`https://localhost:${port}/health/ready`, { ca: readFileSync(files.ca), agent: false }, (response) => {
        let body = '';
        response.on('data', (chunk: Buffer) => (body += String(chunk)));
        response.on('end', () => resolve(JSON.parse(body) as Record<string, unknown>));
      }).on('error', (error) => reject(new Error(`${error.message}; ${said()}`)));
    });

  beforeAll(async () => {
    delete process.env['DATABASE_URL'];
    const { folder, account } = quartersOf(home);
    files = certificates(folder);
    chmodSync(files.key, 0o600);
    if (account) for (const file of [files.key, files.cert]) chownSync(file, account.uid, account.gid);
    const settings = { ssl: 'on', ssl_cert_file: files.cert, ssl_key_file: files.key };
    const say = (): void => undefined;
    postgres = await startPostgres({
      home,
      port: await freePort(),
      supervisor: new Supervisor(home, say),
      say,
      settings,
    });
    access = (await createServiceDatabase(postgres.url, 'okienko')).cases;
    await migrateDatabase(casesService, access.migrate);
    const server = await natsServer(() => undefined, AbortSignal.timeout(120_000));
    if (server.kind === 'image') throw new Error('nats-server is only here as a container image.');
    brokerPort = await freePort();
    const config = join(home, 'nats.conf');
    const broker = {
      tls: { cert_file: files.cert, key_file: files.key },
      jetstream: { store_dir: join(home, 'store') },
    };
    writeFileSync(config, JSON.stringify({ listen: `127.0.0.1:${brokerPort}`, ...broker }));
    run(server.path, ['--config', config], {});
    await eventually(() => {
      execFileSync(process.execPath, [join(checkout, 'deploy', 'local', 'dist', 'okienko.js'), 'streams', 'apply'], {
        stdio: 'pipe',
        env: { ...process.env, NATS_URL: `tls://localhost:${brokerPort}`, NODE_EXTRA_CA_CERTS: files.ca },
      });
    }, 20_000);
    issuer = await TestIssuer.start();
  });
  afterAll(async () => {
    for (const child of started) child.kill('SIGKILL');
    await issuer?.stop();
    await postgres?.stop();
    rmSync(home, { recursive: true, force: true });
    if (given !== undefined) process.env['DATABASE_URL'] = given;
  });

  test('is ready, with events flowing, and nothing of it goes in plain or stands in its environment', async () => {
    const cases = await startCases('localhost', { NODE_EXTRA_CA_CERTS: files.ca });
    await eventually(
      async () => expect(await healthOf(cases)).toMatchObject({ status: 'ready', events: 'flowing' }),
      30_000,
    );
    const client = new Client({ connectionString: postgres.url });
    await client.connect();
    const { rows } = await client.query<{ ssl: boolean }>(
      `select s.ssl from pg_stat_ssl s join pg_stat_activity a using (pid) where a.usename = 'cases_app'`,
    );
    await client.end();
    expect(rows.length).toBeGreaterThan(1);
    expect(rows.every(({ ssl }) => ssl)).toBe(true);
    await expect(fetch(`http://localhost:${cases.port}/health/live`)).rejects.toThrow();
    if (process.platform === 'linux')
      expect(readFileSync(`/proc/${cases.child.pid}/environ`, 'utf8')).not.toContain(new URL(access.app).password);
    cases.child.kill('SIGTERM');
  });

  test('does not start with a database that has another name, and does not say its password', async () => {
    const { child, said } = await startCases('127.0.0.1', { NODE_EXTRA_CA_CERTS: files.ca });
    expect(await new Promise((resolve) => child.once('exit', resolve))).toBe(1);
    expect(said()).toMatch(/cases did not start: .*(altnames|certificate)/i);
    expect(said()).not.toContain(new URL(access.app).password);
  });

  test('says nothing to a broker whose certificate nobody vouches for, and works on', async () => {
    const cases = await startCases('localhost', {});
    await eventually(
      async () => expect(await healthOf(cases)).toMatchObject({ events: 'waiting for the broker' }),
      30_000,
    );
    await eventually(() => expect(cases.said()).toMatch(/messaging\.waits/), 10_000);
    cases.child.kill('SIGTERM');
  });

  test('says nothing to a broker without TLS', async () => {
    const plain = new URL(process.env['TEST_NATS_URL'] ?? '');
    await expect(openBroker(`tls://${plain.host}`, 'careful')).rejects.toThrow(/does not support 'tls'/);
  });
});
