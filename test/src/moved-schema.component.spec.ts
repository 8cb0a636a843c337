import { spawnSync } from 'node:child_process';
import { randomBytes, randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { casesService } from '@okienko/cases/service';
import { loadConfig } from '@okienko/chassis/config';
import { createService } from '@okienko/chassis/create-service';
import { examine } from '@okienko/chassis/doctor-service';
import { createServiceDatabase } from '@okienko/local/databases';
import { checkout } from '@okienko/local/paths';
import { generateSealingKeyPair } from '@okienko/privacy/sealed-payload';
import { eventually } from '@okienko/testing/eventually';
import { placeForTest, type ServicePlace } from '@okienko/testing/service-place';
import { dropped } from './canary/backups';

const page = readFileSync(join(checkout, 'docs', 'operations', 'separate-databases.md'), 'utf8');
const commands = /```sh\n(.*?)```/s.exec(page)?.[1] ?? '';
const adminUrl = process.env['TEST_DATABASE_URL'] ?? '';
const at = (database: string): string => Object.assign(new URL(adminUrl), { pathname: `/${database}` }).href;
const passwordIn = (url: string): string => decodeURIComponent(new URL(url).password);

/** The tools have to understand the server: `pg_dump` refuses one that is newer than itself. */
const canDump = spawnSync('pg_dump', ['--schema-only', adminUrl]).status === 0;
if (!canDump) console.info('There is no pg_dump of the server’s version, so moving a schema is not tried.');

(canDump ? describe : describe.skip)('a schema that moves to a database of its own', () => {
  let place: ServicePlace;
  let elsewhere: string;
  let environment: Record<string, string>;
  beforeAll(async () => {
    place = await placeForTest(casesService);
    elsewhere = `${place.mark}_moved`;
    environment = {
      ...place.environment,
      BLIND_INDEX_KEY: randomBytes(32).toString('base64'),
      SEALING_PUBLIC_KEY: JSON.stringify((await generateSealingKeyPair()).publicJwk),
      PORT: '0',
    };
  }, 60_000);
  afterAll(async () => {
    await dropped(adminUrl, elsewhere);
    await place.remove();
  });

  /** The service as it stands there, for as long as `act` takes. */
  async function running(
    databaseUrl: string,
    act: (call: (method: string, path: string, body?: object) => Promise<Response>) => Promise<void>,
  ): Promise<void> {
    const config = loadConfig(casesService.config, { ...environment, DATABASE_URL: databaseUrl });
    const service = await createService(casesService, config);
    try {
      await service.app.listen(0, '127.0.0.1');
      const [url, token] = [
        await service.app.getUrl(),
        await place.issuer.token({ sub: 'desk-anna', roles: ['desk'] }),
      ];
      await act((method, path, body) =>
        fetch(`${url}${path}`, {
          method,
          headers: {
            Authorization: `Bearer ${token}`,
            'Okienko-Purpose': 'CASEWORK',
            ...(body && { 'Content-Type': 'application/json', 'Idempotency-Key': randomUUID() }),
          },
          ...(body && { body: JSON.stringify(body) }),
        }),
      );
    } finally {
      await service.stop();
    }
  }

  const body = { givenName: 'Żaneta', familyName: 'Łoś', terc: '2861011' };
  const unsafe = async (databaseUrl: string): Promise<string[]> =>
    (await examine(casesService, { ...environment, DATABASE_URL: databaseUrl }))
      .filter(({ severity }) => severity === 'UNSAFE')
      .map(({ about, says }) => `${about}: ${says}`);
  const publishedAre = async (count: number): Promise<void> => {
    const stream = await place.broker.manager.streams.find(`${place.mark}.cases.person.registered.v1`);
    await eventually(async () => expect((await place.broker.manager.streams.info(stream)).state.messages).toBe(count));
  };

  it('goes on where it was, with the rights that it had, by the commands of the page', async () => {
    let id = '';
    await running(place.database.app, async (call) => {
      const made = await call('POST', '/persons', body);
      expect(made.status).toBe(201);
      ({ id } = (await made.json()) as { id: string });
      await publishedAre(1);
    });
    const passwords = new Map(
      [place.database.app, place.database.migrate].map((url) => [new URL(url).username, passwordIn(url)]),
    );
    const { cases } = await createServiceDatabase(adminUrl, elsewhere, {
      suffix: `_${place.mark}`,
      passwordOf: (role) => passwords.get(role) ?? randomBytes(16).toString('hex'),
    });
    expect(await unsafe(cases.app)).toContainEqual(expect.stringMatching(/^database: It cannot be asked/));
    const { status, stdout, stderr } = spawnSync('bash', ['--norc', '-euo', 'pipefail', '-c', commands], {
      env: { PATH: process.env['PATH'], SERVICE: 'cases', FROM: at(place.mark), TO: at(elsewhere) },
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(stdout).toMatch(/^ *2 [1-9]/);
    expect(await unsafe(cases.app)).toEqual(await unsafe(place.database.app));
    await running(cases.app, async (call) => {
      expect((await call('GET', `/persons/${id}`)).status).toBe(200);
      expect((await call('POST', '/persons', { ...body, familyName: 'Nowa' })).status).toBe(201);
      await publishedAre(2);
    });
    // What was published from the old place is not published again.
    await publishedAre(2);
  }, 60_000);
});
