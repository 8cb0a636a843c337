import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { casesService } from '@okienko/cases/service';
import { catalogueService } from '@okienko/catalogue/service';
import { loadConfig, type ServiceConfig } from '@okienko/chassis/config';
import { type Service, services } from '@okienko/contracts/event';
import { debianProgram } from '@okienko/local/debian-programs';
import { checkout } from '@okienko/local/paths';
import { notificationsService } from '@okienko/notifications/service';
import { providersService } from '@okienko/providers/service';
import { calculateJwkThumbprint, type JWK } from 'jose';
import { type Composition, type Container, policyFaults } from './compose-policies';

const file = join(checkout, 'deploy', 'compose.yaml');
const definitions: Record<Service, { readonly config: new () => ServiceConfig }> = {
  catalogue: catalogueService,
  cases: casesService,
  providers: providersService,
  notifications: notificationsService,
};
const program = debianProgram('docker-compose');
if (!program) console.warn('compose.yaml is not read without docker-compose, and its tests are skipped.');

(program ? describe : describe.skip)('compose.yaml', () => {
  const secrets = mkdtempSync(join(tmpdir(), 'okienko-secrets-'));
  const make = (): string =>
    execFileSync(process.execPath, [join(checkout, 'deploy', 'compose', 'secrets.mjs'), secrets], {
      encoding: 'utf8',
      env: { SMTP_URL: 'smtp://mail.example.pl' },
    });
  const env = {
    PATH: process.env['PATH'],
    SECRETS: secrets,
    OIDC_ISSUER: 'https://id.example.pl',
    MAIL_FROM: 'CUS <cus@example.pl>',
  };
  const config = (path: string, options: { input?: string } = {}, profiles = ['--profile', 'trial']): Composition =>
    JSON.parse(
      execFileSync(
        program ?? '',
        [...profiles, '--project-directory', join(checkout, 'deploy'), '--file', path, 'config', '--format', 'json'],
        { ...options, encoding: 'utf8', env, stdio: 'pipe' },
      ),
    ) as Composition;
  let whole: Composition;
  beforeAll(() => {
    make();
    whole = config(file);
  });
  afterAll(() => rmSync(secrets, { recursive: true, force: true }));

  const told = (name: Service): Record<string, string> =>
    Object.fromEntries(
      Object.entries(whole.services[name]?.environment ?? {}).map(([key, value]) => {
        const { source } =
          whole.services[name]?.secrets?.find(({ target }) => value === `/run/secrets/${target}`) ?? {};
        return [key, source ? (whole.secrets[source]?.file ?? '') : (value ?? '')];
      }),
    );

  test('keeps our policies', () => expect(policyFaults(whole)).toEqual([]));

  test('the issuer for whoever asks is there for a trial alone', () => {
    expect(Object.keys(whole.services)).toContain('trial');
    expect(Object.keys(config(file, {}, []).services)).not.toContain('trial');
    expect(Object.entries(whole.services).filter(([, { depends_on = {} }]) => 'trial' in depends_on)).toEqual([]);
  });

  test('an unknown key is refused', () => {
    const misspelt = readFileSync(file, 'utf8').replace('read_only: true', 'readonly: true');
    expect(() => config('-', { input: misspelt })).toThrow(/readonly/);
  });

  test.each(services)('%s is told all that it has to know, and nothing that it does not', (name) => {
    const environment = told(name);
    expect(() => loadConfig(definitions[name].config, environment)).not.toThrow();
    const known = ['libs/chassis', `services/${name}`]
      .map((folder) => readFileSync(join(checkout, folder, 'src', 'config.ts'), 'utf8'))
      .join();
    const names = Object.keys(environment).map((key) => key.replace(/_FILE$/, ''));
    expect(names.filter((key) => !new RegExp(`\\b${key}\\b`).test(known))).toEqual([]);
    const { MASTER_KEY_FILE: _, ...less } = environment;
    expect(() => loadConfig(definitions[name].config, less)).toThrow(/MASTER_KEY/);
  });

  test('every secret is made, each is used, and making them again changes none', () => {
    const named = Object.values(whole.secrets).map(({ file: path = '' }) => basename(path));
    expect(readdirSync(secrets).sort()).toEqual(named.sort());
    const used = Object.values(whole.services).flatMap(({ secrets: of = [] }) => of.map(({ source }) => source));
    expect(Object.keys(whole.secrets).filter((name) => !used.includes(name))).toEqual([]);
    const before = named.map((name) => readFileSync(join(secrets, name), 'utf8'));
    expect(make()).toMatch(/^All secrets are there/);
    expect(named.map((name) => readFileSync(join(secrets, name), 'utf8'))).toEqual(before);
  });

  test('what cases seals, notifications opens: the same key pair, named by its thumbprint', async () => {
    const read = (name: string) => JSON.parse(readFileSync(join(secrets, name), 'utf8')) as JWK;
    const { d, ...open } = read('notifications_sealing_private_key');
    expect(d).toHaveLength(43);
    expect(read('cases_sealing_public_key')).toEqual(open);
    expect(open.kid).toBe(await calculateJwkThumbprint(open));
  });

  test('images are of this version, and every file that is mounted is there', () => {
    const { version } = JSON.parse(readFileSync(join(checkout, 'package.json'), 'utf8')) as { version: string };
    for (const name of services) expect(whole.services[name]?.image).toBe(`okienko-${name}:${version}`);
    const mounted = Object.values(whole.services).flatMap(({ volumes = [] }) =>
      volumes.filter(({ type }) => type === 'bind'),
    );
    expect(mounted.map(({ source }) => source).filter((source) => !existsSync(source))).toEqual([]);
  });

  test.each<[string, string, (container: Container, whole: Composition) => void]>([
    ['root', 'cases', (one) => (one.user = '0:0')],
    ['no account', 'postgres', (one) => delete one.user],
    ['a writable image', 'nats-2', (one) => (one.read_only = false)],
    ['a capability', 'postgres', (one) => (one.cap_add = ['CHOWN'])],
    ['root with a network', 'volumes', (one) => delete one.network_mode],
    ['gaining privileges', 'backup', (one) => delete one.security_opt],
    ['no limit', 'catalogue', (one) => delete one.mem_limit],
    ['an endless log', 'providers', (one) => delete one.logging],
    ['latest', 'nats-1', (one) => (one.image = 'nats:latest')],
    ['no version', 'cases', (one) => (one.image = 'okienko-cases')],
    ['a secret in the open', 'cases', (one) => (one.environment = { MASTER_KEY: 'x' })],
    ['nobody knowing how it is', 'notifications', (one) => delete one.healthcheck],
    [
      'the engine of the machine',
      'backup',
      (one) => (one.volumes = [{ type: 'bind', source: '/var/run/docker.sock', target: '/x' }]),
    ],
    ['a port for everybody', 'cases', (one) => (one.ports = [{ host_ip: '0.0.0.0' }])],
    ['a port of the database', 'postgres', (one) => (one.ports = [{ host_ip: '127.0.0.1' }])],
    ['the database in front', 'postgres', (one) => (one.networks = { front: null, database: null })],
    ['the network of the machine', 'cases', (one) => (one.network_mode = 'host')],
    ['a network with a way out', 'postgres', (_, all) => (all.networks['database'] = {})],
    ['starting too early', 'cases', (one) => delete one.depends_on?.['cases-migration']],
    [
      'not waiting for the end',
      'cases',
      (one) => (one.depends_on = { ...one.depends_on, streams: { condition: 'service_started' } }),
    ],
    ["another's secret", 'catalogue', (one) => one.secrets?.push({ source: 'cases_master_key', target: 'X' })],
  ])('%s of %s breaks a policy', (_, name, change) => {
    const copy = structuredClone(whole);
    change(copy.services[name] as Container, copy);
    expect(policyFaults(copy)).not.toEqual([]);
  });
});
