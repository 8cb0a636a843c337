import { randomBytes, randomUUID } from 'node:crypto';
import type { Role } from '@okienko/chassis/access';
import { personContactChangedV1 } from '@okienko/contracts/cases/person-contact-changed.v1';
import { personMergedV1 } from '@okienko/contracts/cases/person-merged.v1';
import { personRestrictedV1 } from '@okienko/contracts/cases/person-restricted.v1';
import { personRestrictionLiftedV1 } from '@okienko/contracts/cases/person-restriction-lifted.v1';
import { event } from '@okienko/contracts/event';
import { generateSealingKeyPair, seal, type SealingKeyPair } from '@okienko/privacy/sealed-payload';
import { type Answer, type ServiceUnderTest, startForTest } from '@okienko/testing/service-test';
import { DataSource } from 'typeorm';
import { NotificationsConfig } from '../config';
import type { Language } from '../recipients/recipient';
import { notificationsService } from '../service';
import { ConsentQueries } from './consents.queries';
import { UnsubscribeLinks } from './unsubscribe-link.issuer';

jest.setTimeout(30_000);

const staff = { sub: 'desk-anna', roles: ['desk'] } as const;
const topic = 'satisfaction-survey';
const key = randomBytes(32).toString('base64');
const links = new UnsubscribeLinks(
  Object.assign(new NotificationsConfig(), { UNSUBSCRIBE_KEY: key, PUBLIC_URL: 'https://cus.example' }),
);

describe('consents to extra messages', () => {
  let service: ServiceUnderTest;
  let sealing: SealingKeyPair;
  let database: DataSource;

  beforeAll(async () => {
    sealing = await generateSealingKeyPair();
    service = await startForTest(notificationsService, {
      WEBHOOK_KEY: randomBytes(32).toString('base64'),
      SEALING_PRIVATE_KEY: JSON.stringify(sealing.privateJwk),
      SMTP_URL: 'smtp://127.0.0.1:9',
      MAIL_FROM: 'wiadomosci@cus.example.pl',
      UNSUBSCRIBE_KEY: key,
    });
    database = await new DataSource({ type: 'postgres', url: service.database.app }).initialize();
  }, 60_000);
  afterAll(async () => {
    await database?.destroy();
    await service?.stop();
  });

  const knownPerson = async (): Promise<string> => {
    const personId = randomUUID();
    const inside = { personId, name: 'Anna Zielińska', email: 'anna@example.pl', language: 'pl', form: 'STANDARD' };
    const recipient = await seal(sealing.publicJwk, inside);
    await service.publish(event(personContactChangedV1, personId, { recipient }), { sequence: 1 });
    await service.eventually(async () =>
      expect(await service.sql('select 1 from recipient where person_id = $1', [personId])).toHaveLength(1),
    );
    return personId;
  };
  const give = (personId: string, more: object = {}): Promise<Answer> =>
    service.http('POST', `/persons/${personId}/consents`, { as: staff, body: { topic, channel: 'BY_PHONE' }, ...more });
  const list = async (personId: string): Promise<Record<string, unknown>[]> =>
    (await service.http('GET', `/persons/${personId}/consents`, { as: staff })).body['items'] as Record<
      string,
      unknown
    >[];
  const end = (id: unknown, ifMatch: number, more: object = {}): Promise<Answer> =>
    service.http('POST', `/consents/${String(id)}/end`, { as: staff, ifMatch, ...more });
  const mayReceive = (personId: string, rule = topic): Promise<boolean> =>
    new ConsentQueries(database, { now: () => new Date() }).mayReceiveExtras(database, personId, rule);
  const messageTo = async (personId: string, standing = 'EXTRA', state = 'QUEUED'): Promise<string> => {
    const id = randomUUID();
    await service.sql(
      `insert into message (id, version, cause_id, person_id, rule, standing, template, facts, state, queued_at, next_attempt_at, settled_at, content)
       values ($1, 1, $2, $3, $4, $5, $4, '{}', $6, now(), now() + interval '1 day', case when $6 = 'SENT' then now() end, 'x')`,
      [id, randomUUID(), personId, topic, standing, state],
    );
    return id;
  };
  const tokenOf = async (messageId: string, language: Language = 'pl'): Promise<string> =>
    (await links.of(messageId, language))?.line.split('token=')[1] ?? '';
  const open = async (
    token: string,
    init: { method?: string; headers?: Record<string, string>; body?: string | FormData } = {},
  ): Promise<{ status: number; page: string; headers: Headers }> => {
    const response = await fetch(`${service.url}/unsubscribe?token=${token}`, init);
    return { status: response.status, page: await response.text(), headers: response.headers };
  };
  const accesses = (personId: string): Promise<{ actor: string; act: string; role: string }[]> =>
    service.sql(
      `select actor, act, role from access_log where person_id = $1 and field_groups = '{consents}' order by at, position`,
      [personId],
    );

  it('are recorded and ended by staff, with every look and act in the access log', async () => {
    const personId = await knownPerson();
    expect(await mayReceive(personId)).toBe(false);
    const idempotent = randomUUID();
    const given = await give(personId, { key: idempotent });
    expect([given.status, given.body['version']]).toEqual([201, 1]);
    expect((await give(personId, { key: idempotent })).body).toEqual(given.body);
    expect([await mayReceive(personId), await mayReceive(personId, 'other-rule')]).toEqual([true, false]);
    expect((await give(personId)).status).toBe(409);

    const ending = randomUUID();
    expect((await end(given.body['id'], 2)).status).toBe(412);
    const ended = await end(given.body['id'], 1, { key: ending });
    expect([ended.status, ended.body['version']]).toEqual([200, 2]);
    expect((await end(given.body['id'], 1, { key: ending })).body).toEqual(ended.body);
    expect((await end(given.body['id'], 2)).status).toBe(409);
    expect(await mayReceive(personId)).toBe(false);
    expect((await give(personId)).status).toBe(201);
    expect(await mayReceive(personId)).toBe(true);

    expect(await list(personId)).toMatchObject([
      { topic, channel: 'BY_PHONE', givenBy: 'desk-anna', endedBy: 'desk-anna' },
      { topic, endedAt: null, endedBy: null },
    ]);
    expect((await accesses(personId)).map(({ act }) => act)).toEqual(['WRITE', 'WRITE', 'WRITE', 'READ']);
    expect(
      service.events('notifications.consent.given.v1').filter(({ subject }) => subject === given.body['id']),
    ).toHaveLength(1);
    expect((await service.published('notifications.consent.ended.v1', String(given.body['id']))).data).toEqual({
      personId,
      topic,
      by: 'desk-anna',
    });
  });

  it('are given once, however many record them at a time', async () => {
    const personId = await knownPerson();
    const statuses = (await Promise.all(Array.from({ length: 6 }, () => give(personId)))).map(({ status }) => status);
    expect(statuses.sort()).toEqual([201, 409, 409, 409, 409, 409]);
  });

  it('are of people whom the centre knows', async () => {
    const stranger = randomUUID();
    expect((await give(stranger)).status).toBe(404);
    expect(await service.sql('select 1 from person_key where person_id = $1', [stranger])).toHaveLength(0);
    expect((await service.http('GET', `/persons/${stranger}/consents`, { as: staff })).status).toBe(404);
    expect(await accesses(stranger)).toEqual([]);
    expect((await end(randomUUID(), 1)).status).toBe(404);
    expect((await give(await knownPerson(), { body: { topic: 'Nie', channel: 'SMOKE' } })).status).toBe(400);
  });

  it('count for all records of one person', async () => {
    const [survivorId, duplicateId] = [await knownPerson(), await knownPerson()];
    await give(duplicateId);
    const facts = { survivorId, duplicateId, evidence: 'IDENTITY_DOCUMENT' as const };
    await service.publish(event(personMergedV1, duplicateId, facts), { sequence: 1 });
    await service.eventually(async () => expect(await mayReceive(survivorId)).toBe(true));
    const [consent] = await list(survivorId);
    expect((await end(consent?.['id'], 1)).status).toBe(200);
    expect([await mayReceive(survivorId), await mayReceive(duplicateId)]).toEqual([false, false]);
  });

  it('count for nothing while the processing of the data is restricted', async () => {
    const personId = await knownPerson();
    expect((await give(personId)).status).toBe(201);
    await service.publish(event(personRestrictedV1, personId, { ground: 'OBJECTION' }), { sequence: 1 });
    await service.eventually(async () => expect(await mayReceive(personId)).toBe(false));
    const { status, body } = await service.http('GET', `/persons/${personId}/copy`, { as: staff });
    const held = body['held'] as { table: string; rows: object[] }[];
    expect([status, held.find(({ table }) => table === 'restricted_person')?.rows]).toEqual([
      200,
      [{ person_id: personId }],
    ]);
    expect(held.find(({ table }) => table === 'recipient')?.rows).toMatchObject([{ email: 'anna@example.pl' }]);
    const accesses = await service.sql('select act, purpose from access_log where person_id = $1', [personId]);
    expect(accesses).toContainEqual({ act: 'EXPORT', purpose: 'DATA_SUBJECT_REQUEST' });
    await service.publish(event(personRestrictionLiftedV1, personId, { reasonCode: 'CORRECTED' }), { sequence: 2 });
    await service.eventually(async () => expect(await mayReceive(personId)).toBe(true));
    expect((await service.http('GET', `/persons/${randomUUID()}/copy`, { as: staff })).status).toBe(404);
  });

  it('end with the link of a message: looking changes nothing, one click does, once', async () => {
    const personId = await knownPerson();
    await give(personId);
    const sent = await messageTo(personId, 'EXTRA', 'SENT');
    const waiting = await messageTo(personId);
    const owed = await messageTo(personId, 'LEGAL');
    const token = await tokenOf(sent, 'uk');

    const asked = await open(token);
    expect([asked.status, asked.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8']);
    expect(asked.headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(asked.headers.get('cache-control')).toBe('private, no-store');
    expect(asked.page).toContain('<html lang="uk">');
    expect(await mayReceive(personId)).toBe(true);

    const form = new FormData();
    form.set('List-Unsubscribe', 'One-Click');
    const done = await open(token, { method: 'POST', body: form });
    expect([done.status, done.page]).toEqual([200, expect.stringContaining('Готово')]);
    expect(await mayReceive(personId)).toBe(false);
    const urlencoded = { 'content-type': 'application/x-www-form-urlencoded' };
    const again = await open(token, { method: 'POST', headers: urlencoded, body: 'List-Unsubscribe=One-Click' });
    expect([again.status, again.page]).toEqual([200, done.page]);
    expect((await open(token, { method: 'POST' })).status).toBe(200);

    const [consent] = await list(personId);
    expect(consent).toMatchObject({ endedBy: null, version: 2 });
    expect(await service.sql('select state, reason_code from message where id = $1', [waiting])).toEqual([
      { state: 'FAILED', reason_code: 'CONSENT_ENDED' },
    ]);
    expect(await service.sql('select state from message where id = $1', [owed])).toEqual([{ state: 'QUEUED' }]);
    expect(await service.sql('select 1 from task where person_id = $1', [personId])).toHaveLength(0);
    expect((await service.published('notifications.message.failed.v2', waiting)).data).toMatchObject({
      reasonCode: 'CONSENT_ENDED',
    });
    const ends = service.events('notifications.consent.ended.v1').filter(({ subject }) => subject === consent?.['id']);
    expect(ends.map(({ data }) => data)).toEqual([{ personId, topic }]);
    expect((await accesses(personId)).filter(({ actor }) => actor === 'unsubscribe-link')).toEqual([
      { actor: 'unsubscribe-link', act: 'WRITE', role: 'person' },
    ]);
  });

  it('are not ended by links that nobody signed, or of messages that are owed; and nothing tells which it was', async () => {
    const personId = await knownPerson();
    await give(personId);
    const owed = await tokenOf(await messageTo(personId, 'INFORMATIVE'));
    const tokens = ['', 'nonsense', owed, await tokenOf(randomUUID())];
    const byPrograms = await Promise.all(tokens.map((token) => open(token, { method: 'POST' })));
    expect(byPrograms.map(({ status }) => status)).toEqual([404, 404, 404, 404]);
    expect(byPrograms[0]?.headers.get('content-type')).toContain('application/problem+json');
    const browser = { method: 'POST', headers: { accept: 'text/html,*/*', 'accept-language': 'en-GB,en;q=0.9' } };
    const byPeople = await Promise.all(tokens.map((token) => open(token, browser)));
    expect(new Set(byPeople.map(({ status, page }) => `${status} ${page}`)).size).toBe(1);
    expect(byPeople[0]?.page).toContain('<h1>This link no longer works</h1>');
    expect((await open('nonsense')).page).toContain('<h1>Ten link już nie działa</h1>');
    expect(await mayReceive(personId)).toBe(true);
  });

  it('take a form at no other address', async () => {
    const form = new FormData();
    form.set('topic', topic);
    const token = await service.issuer.token(staff);
    const response = await fetch(`${service.url}/persons/${randomUUID()}/consents`, {
      method: 'POST',
      headers: { Authorization: `Bearer ${token}`, 'Idempotency-Key': randomUUID() },
      body: form,
    });
    expect(response.status).toBe(415);
  });

  it.each([
    ['desk', [200, 201, 200]],
    ['coordinator', [200, 201, 200]],
    ['services-organiser', [200, 201, 200]],
    ['director', [200, 403, 403]],
    ['auditor', [200, 403, 403]],
    ['community-organiser', [403, 403, 403]],
    ['finance', [403, 403, 403]],
    ['provider', [403, 403, 403]],
    ['partner', [403, 403, 403]],
    ['operator', [403, 403, 403]],
  ] as const)('are for %s to read, record, end: %j', async (role: Role, expected) => {
    const as = { sub: 'somebody', roles: [role] };
    const personId = await knownPerson();
    const own = await give(personId, { as });
    const { body } = own.status === 201 ? own : await give(personId);
    const read = await service.http('GET', `/persons/${personId}/consents`, { as });
    expect([read.status, own.status, (await end(body['id'], 1, { as })).status]).toEqual(expected);
  });
});
