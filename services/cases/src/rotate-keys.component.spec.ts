import { spawn } from 'node:child_process';
import { randomBytes, randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadConfig } from '@okienko/chassis/config';
import { createService } from '@okienko/chassis/create-service';
import { rotateKeys, type Rotation } from '@okienko/chassis/rotate-keys-service';
import { CasesConfig } from './config';
import { specimens } from './files/specimens';
import { desk, director, gmina, idOf, type Json, problemOf, Scenario } from './scenario';
import { bytesBeside } from '@okienko/testing/sealed-bytes';
import { sealedPlaces } from './sealed-places';
import { casesService } from './service';

const key = (): string => randomBytes(32).toString('base64');
const [master, newMaster, index, newIndex] = [key(), key(), key(), key()];
const folder = mkdtempSync(join(tmpdir(), 'okienko-keys-'));
let scenario: Scenario;
beforeAll(async () => {
  scenario = await Scenario.start(undefined, { MASTER_KEY: master, BLIND_INDEX_KEY: index, FILES_FOLDER: folder });
}, 60_000);
afterAll(async () => {
  await scenario.stop();
  rmSync(folder, { recursive: true, force: true });
});

const environment = (more: Record<string, string>): Record<string, string> => ({
  DATABASE_URL: scenario.service.database.migrate,
  NATS_URL: process.env['TEST_NATS_URL'] ?? '',
  EVENT_NAMESPACE: scenario.service.namespace,
  OIDC_ISSUER: scenario.service.issuer.url,
  LOG_LEVEL: 'silent',
  MASTER_KEY: master,
  BLIND_INDEX_KEY: index,
  FILES_FOLDER: folder,
  SEALING_PUBLIC_KEY: JSON.stringify(scenario.notificationsKey.publicJwk),
  ...more,
});
const rotate = (what: Rotation, more: Record<string, string> = {}): Promise<object> =>
  rotateKeys(casesService, loadConfig(CasesConfig, environment(more)), {
    what: [what],
    grace: 0,
    say: () => undefined,
  });

/** The command as a deployment runs it; killed once it has said something. */
function command(killAt?: RegExp): Promise<{ code: number | null; said: string }> {
  const args = [join(__dirname, '..', 'dist', 'rotate-keys.js'), '--what', 'persons', '--grace', '1'];
  const child = spawn(process.execPath, args, { env: environment({}) });
  let said = '';
  const hear = (chunk: Buffer): void => {
    said += chunk.toString();
    if (killAt?.test(said)) child.kill('SIGKILL');
  };
  child.stdout.on('data', hear);
  child.stderr.on('data', hear);
  return new Promise((resolve) => child.on('close', (code) => resolve({ code, said })));
}

const keysOfLength = async (octets: number): Promise<number> =>
  Number((await scenario.service.sql('select 1 from person_key where octet_length(wrapped) = $1', [octets])).length);

it('the list of what is sealed names every column of bytes but digests', async () => {
  const beside = await bytesBeside((text) => scenario.service.sql(text), sealedPlaces);
  expect(beside).toEqual([
    'external_case.number_index',
    'imported.digest',
    'person.identifier_index',
    'person_match.index',
    'person_merge.moved_identifier',
  ]);
});

describe('the keys of persons', () => {
  it('are rotated under load, killed in the middle and gone on with, and nobody notices', async () => {
    const { planId, application } = await scenario.pendingPlan();
    const file = await fetch(`${scenario.service.url}/files?applicationId=${application.id}&category=EVIDENCE`, {
      method: 'POST',
      headers: {
        Authorization: `Bearer ${await scenario.service.issuer.token(desk)}`,
        'Content-Type': 'application/octet-stream',
        'Idempotency-Key': randomUUID(),
        'Okienko-File-Name': 'a.pdf',
      },
      body: new Uint8Array(specimens.pdf),
    });
    const fileId = ((await file.json()) as { id: string }).id;
    const paths = [`/plans/${planId}`, `/applications/${application.id}`, `/persons/${application.personId}`];
    const seen = (): Promise<Json[]> =>
      Promise.all(
        paths.map(
          async (path) => (await scenario.get(path, { ...director, roles: ['director', 'coordinator', 'desk'] })).body,
        ),
      );
    const before = await seen();
    const [{ texts }] = (await scenario.service.sql('select texts from individual_plan')) as [{ texts: Buffer }];

    let isOver = false;
    const statuses = new Set<number>();
    const busy = (async () => {
      while (!isOver) {
        const person = { givenName: 'Anna', familyName: 'Sowa', terc: gmina, contact: { email: 'a@b.pl' } };
        const made = await scenario.post('/persons', desk, person);
        const read = await scenario.get(`/persons/${idOf(made)}`, desk);
        const moved = await scenario.post(`/persons/${idOf(made)}/contact`, desk, { email: 'c@d.pl' }, 1);
        for (const { status } of [made, read, moved, await scenario.get(paths[0] ?? '', director)])
          statuses.add(status);
      }
    })();
    expect(await command(/have a new key/)).toMatchObject({ code: null });
    expect(await keysOfLength(72)).toBeGreaterThan(0);
    expect(await seen()).toEqual(before);
    const { code, said } = await command();
    isOver = true;
    await busy;

    expect([code, said]).toEqual([0, expect.stringMatching(/"values":[1-9]\d*,"objects":1/)]);
    expect([...statuses].sort()).toEqual([200, 201]);
    expect(await keysOfLength(72)).toBe(0);
    expect(await seen()).toEqual(before);
    const [anew] = await scenario.service.sql<{ texts: Buffer }>('select texts from individual_plan');
    expect(anew?.texts.equals(texts)).toBe(false);
    const content = await fetch(`${scenario.service.url}/files/${fileId}/content`, {
      headers: { Authorization: `Bearer ${await scenario.service.issuer.token(desk)}` },
    });
    expect(Buffer.from(await content.arrayBuffer())).toEqual(specimens.pdf);
  }, 60_000);

  it('are wrapped by the new master key, and the old one is not needed any more', async () => {
    const id = await scenario.person();
    const both = `1:${master},2:${newMaster}`;
    expect(await rotate('master', { MASTER_KEY: both })).toMatchObject({ master: { version: 2 } });
    const other = await replica({ MASTER_KEY: `2:${newMaster}` });
    expect((await other.get(`/persons/${id}`)).status).toBe(200);
    await other.stop();
    await rotateBack();
  });
});

/** Wraps with the key of the service under test again. */
const rotateBack = async (): Promise<void> => {
  await rotate('master', { MASTER_KEY: `2:${newMaster},3:${master}` });
  await scenario.service.sql('update person_key set master_version = 1');
};

async function replica(more: Record<string, string>) {
  const config = loadConfig(CasesConfig, environment({ DATABASE_URL: scenario.service.database.app, ...more }));
  const service = await createService(casesService, config);
  await service.app.listen(0, '127.0.0.1');
  const url = await service.app.getUrl();
  const call = async (method: string, path: string, body?: unknown) => {
    const answer = await fetch(`${url}${path}`, {
      method,
      headers: {
        Authorization: `Bearer ${await scenario.service.issuer.token(desk)}`,
        'Content-Type': 'application/json',
        'Idempotency-Key': randomUUID(),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    return { status: answer.status, body: (await answer.json()) as Json, headers: answer.headers };
  };
  return {
    get: (path: string) => call('GET', path),
    post: (path: string, body: unknown) => call('POST', path, body),
    stop: () => service.stop(),
  };
}

describe('the key of the index', () => {
  const registration = (pesel: string) => ({
    givenName: 'Ewa',
    familyName: 'Kruk',
    terc: gmina,
    identifier: { kind: 'PESEL', value: pesel },
  });
  const both = { BLIND_INDEX_KEY: `1:${index},2:${newIndex}` };
  const found = async (from: { post(path: string, body: unknown): Promise<{ body: Json }> }, pesel: string) =>
    (await from.post('/persons/search', { pesel })).body['items'];

  it('is rotated by replicas that know one or both: everybody is found by all, and nobody is there twice', async () => {
    const [early, late, last] = [scenario.pesel(), scenario.pesel(), scenario.pesel()];
    const old = { post: (path: string, body: unknown) => scenario.post(path, desk, body) };
    const first = idOf(await old.post('/persons', registration(early)));
    const during = await replica(both);
    const second = idOf(await during.post('/persons', registration(late)));
    for (const from of [old, during]) {
      expect(await found(from, early)).toMatchObject([{ id: first }]);
      expect(await found(from, late)).toMatchObject([{ id: second }]);
      for (const pesel of [early, late])
        expect(problemOf((await from.post('/persons', registration(pesel))) as never)).toEqual([
          409,
          'person-already-registered',
        ]);
    }
    const atOnce = await Promise.all([old, during].map((from) => from.post('/persons', registration(last))));
    expect(atOnce.map(({ status }) => status).sort()).toEqual([201, 409]);

    expect(await rotate('index', both)).toMatchObject({ index: { version: 2, removed: 0 } });
    expect(await rotate('index', both)).toMatchObject({ index: { persons: 0, removed: 0 } });
    await during.stop();
    const after = await replica({ BLIND_INDEX_KEY: `2:${newIndex}` });
    for (const from of [old, after]) expect(await found(from, early)).toMatchObject([{ id: first }]);
    expect(problemOf((await after.post('/persons', registration(late))) as never)).toEqual([
      409,
      'person-already-registered',
    ]);

    const { index: told } = (await rotate('index', { BLIND_INDEX_KEY: `2:${newIndex}` })) as { index: Json };
    expect(told['removed']).toBeGreaterThan(0);
    expect(await scenario.service.sql('select 1 from person_match where key_version = 1')).toEqual([]);
    expect(await found(after, early)).toMatchObject([{ id: first }]);
    expect(await found(old, early)).toEqual([]);
    await after.stop();
  }, 60_000);
});
