import { randomBytes } from 'node:crypto';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { casesService } from '@okienko/cases/service';
import { hasKnownHoles } from '@okienko/chassis/doctor/broker';
import type { Finding } from '@okienko/chassis/doctor/finding';
import { examine } from '@okienko/chassis/doctor-service';
import { placeForTest, type ServicePlace } from '@okienko/testing/service-place';

const secret = (): string => randomBytes(32).toString('base64');

describe('the doctor', () => {
  const folder = mkdtempSync(join(tmpdir(), 'okienko-doctor-'));
  let place: ServicePlace;
  let environment: Record<string, string>;
  beforeAll(async () => {
    place = await placeForTest(casesService);
    const keys = { BLIND_INDEX_KEY: secret(), SEALING_PUBLIC_KEY: '{}' };
    environment = { ...place.environment, ...keys, PORT: '0' };
  }, 60_000);
  afterAll(async () => {
    await place.remove();
    rmSync(folder, { recursive: true, force: true });
  });

  const unsafeOf = (findings: readonly Finding[]): string[] =>
    findings.filter(({ severity }) => severity === 'UNSAFE').map(({ about, says }) => `${about}: ${says}`);
  /** What is unsafe with this and was not without. */
  async function worse(more: Record<string, string | undefined>): Promise<string[]> {
    const usual = unsafeOf(await examine(casesService, environment));
    return unsafeOf(await examine(casesService, { ...environment, ...more })).filter((one) => !usual.includes(one));
  }

  test('finds nothing in the database, the issuer and the settings of a good one, and a broker without users', async () => {
    const findings = await examine(casesService, environment);
    expect(unsafeOf(findings).filter((one) => !/^broker (user|rights|version)/.test(one))).toEqual([]);
    expect(unsafeOf(findings)).toContain('broker user: The broker lets the service in without a name.');
    expect(findings.every(({ severity, remedy }) => severity === 'OK' || remedy !== undefined)).toBe(true);
    for (const about of ['migrations', 'database role', 'database clock', 'broker clock', 'broker streams', 'issuer'])
      expect([about, findings.find((one) => one.about === about)?.severity]).toEqual([about, 'OK']);
  });

  test.each<[string, Record<string, string>, RegExp]>([
    ['a secret that is none', { MASTER_KEY: '0'.repeat(64) }, /^MASTER_KEY: It is no random secret/],
    ['certificates that nobody checks', { NODE_TLS_REJECT_UNAUTHORIZED: '0' }, /No certificate is checked/],
    ['an issuer without TLS', { OIDC_ISSUER: 'http://id.example.test' }, /^OIDC_ISSUER: It may be overheard/],
    [
      'a broker without TLS',
      { NATS_URL: 'nats://cases:long-enough-and-more@n1.invalid:4222' },
      /^NATS_URL: It may be overheard/,
    ],
    [
      'a database whose name nobody checks',
      { DATABASE_URL: 'postgres://cases_app:long-enough-and-more@db.invalid/okienko?sslmode=require' },
      /^DATABASE_URL: The database may be anybody/,
    ],
    [
      'a usual password',
      { DATABASE_URL: 'postgres://cases_app:changeme@db.invalid/okienko?sslmode=verify-full' },
      /^DATABASE_URL: Its password/,
    ],
    ['an incomplete configuration', { RATE_LIMIT: '0' }, /^configuration: .*RATE_LIMIT/s],
  ])('finds %s', async (_, more, fault) => {
    const found = await worse(more);
    expect(found).toContainEqual(expect.stringMatching(fault));
    expect(found.join(' ')).not.toContain('long-enough-and-more');
  });

  test('finds one secret used twice', async () => {
    expect(await worse({ BLIND_INDEX_KEY: environment['MASTER_KEY'] })).toEqual([
      'MASTER_KEY: Another secret is the same.',
    ]);
  });

  test('finds a secret’s file that everybody may read', async () => {
    const file = join(folder, 'master');
    writeFileSync(file, secret());
    chmodSync(file, 0o644);
    const from = { MASTER_KEY: undefined, MASTER_KEY_FILE: file };
    expect(await worse(from)).toEqual(['MASTER_KEY_FILE: Everybody on this machine may read or write the file.']);
    chmodSync(file, 0o440);
    expect(await worse(from)).toEqual([]);
  });

  test('finds a service that comes in as the owner of its schema', async () => {
    const found = (await worse({ DATABASE_URL: place.database.migrate })).join('\n');
    expect(found).toMatch(/owns \d+ tables/);
    expect(found).toMatch(/may create tables/);
    expect(found).toMatch(/may change the access log \(access_log DELETE\)/);
  });

  test('finds an issuer that is another, or nobody', async () => {
    expect(await worse({ OIDC_ISSUER: `${place.issuer.url}/` })).toEqual(['issuer: It calls itself otherwise.']);
    expect((await worse({ OIDC_ISSUER: 'http://127.0.0.1:9' })).join()).toMatch(/^issuer: It cannot be asked/);
  });

  test('finds migrations that have not been run, and streams that are not there', async () => {
    await place.pool.query(`delete from migration where name = 'AccessLogKeeping1796000140000'`);
    expect(await worse({})).toEqual([]);
    expect(unsafeOf(await examine(casesService, environment))).toContain('migrations: Some have not been run.');
    expect(await worse({ EVENT_NAMESPACE: 'elsewhere' })).toContainEqual(expect.stringMatching(/^broker/));
  });
});

test.each([
  ['2.9.25', true],
  ['2.10.29', true],
  ['2.11.14', true],
  ['2.11.15', false],
  ['2.12.5', true],
  ['2.12.6', false],
  ['2.15.1', false],
  ['3.0.0', false],
])('nats-server %s has known holes: %s', (version, holes) => expect(hasKnownHoles(version)).toBe(holes));
