import { randomBytes } from 'node:crypto';
import { createServer, type Server as HttpServer } from 'node:http';
import { createServer as createTlsServer, type Server as HttpsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import type { TLSSocket } from 'node:tls';
import { dataSource } from '@okienko/messaging/data-source';
import { KeyRing } from '@okienko/privacy/key-ring';
import { PersonKeys } from '@okienko/privacy/person-keys';
import { NotificationsConfig } from '../config';
import { SinkClient } from '../dispatches/sink-client';
import { partner, type Subscribed, WebhookScenario } from '../heartbeats/scenario';
import { problemOf } from '../scenario';
import { certified } from './certificates.sample';
import { CredentialKeeper } from './credentials.keeper';

jest.setTimeout(60_000);

/** Gives tokens t1, t2, …, while it is there. */
class TokenEndpoint {
  readonly asked: { readonly authorization: string | undefined; readonly form: string }[] = [];
  isDown = false;
  private readonly server: HttpServer = createServer((request, response) => {
    void text(request).then((form) => {
      if (this.isDown) return response.writeHead(503).end();
      this.asked.push({ authorization: request.headers.authorization, form });
      const token = { access_token: `t${this.asked.length}`, token_type: 'Bearer', expires_in: 300 };
      return response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(token));
    });
  });
  start = (): Promise<string> => listening(this.server);
  stop = (): void => stopped(this.server);
}

/** Talks only to who shows the certificate it knows. */
class StrictSink {
  readonly hits: { readonly method: string; readonly from: string; readonly id: string | undefined }[] = [];
  private readonly server: HttpsServer = createTlsServer(
    {
      cert: certified('sink').certificate,
      key: certified('sink').privateKey,
      ca: certified('okienko').certificate,
      requestCert: true,
      rejectUnauthorized: true,
    },
    (request, response) => {
      const from = String((request.socket as TLSSocket).getPeerCertificate().subject.CN);
      const id = request.headers['webhook-id']?.toString();
      this.hits.push({ method: request.method ?? '', from, id });
      request.resume();
      response.writeHead(request.method === 'OPTIONS' ? 200 : 204, { 'WebHook-Allowed-Origin': '*' }).end();
    },
  );
  start = (): Promise<string> => listening(this.server);
  stop = (): void => stopped(this.server);
}

async function listening(server: HttpServer | HttpsServer): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `127.0.0.1:${(server.address() as AddressInfo).port}`;
}
function stopped(server: HttpServer | HttpsServer): void {
  server.closeAllConnections();
  server.close();
}

describe('a sink that wants to know who posts', () => {
  const masterKey = randomBytes(32).toString('base64');
  const [tokens, strict] = [new TokenEndpoint(), new StrictSink()];
  let webhooks: WebhookScenario;
  let tokenUrl: string;
  let sink: string;
  beforeAll(async () => {
    const [tokenPlace, sinkPlace] = [await tokens.start(), await strict.start()];
    tokenUrl = `http://${tokenPlace}/token`;
    sink = `https://${sinkPlace}/in`;
    webhooks = await WebhookScenario.start([tokenPlace, sinkPlace, '127.0.0.1:9'], { MASTER_KEY: masterKey });
  }, 60_000);
  afterAll(async () => {
    tokens.stop();
    strict.stop();
    await webhooks?.stop();
  });
  afterEach(async () => {
    await webhooks.service.sql('update subscription set ended_at = now() where ended_at is null');
    tokens.asked.length = 0;
    strict.hits.length = 0;
  });

  const clientSecret = 'not/for:everybody';
  const oauth = () => ({ kind: 'OAUTH2', tokenUrl, clientId: 'okienko', clientSecret, scope: 'events' });
  const mutual = () => ({
    kind: 'MUTUAL_TLS',
    ...certified('okienko'),
    certificateAuthority: certified('sink').certificate,
  });
  const test = async ({ id, partnerId }: Subscribed) =>
    (await webhooks.service.http('POST', `/subscriptions/${id}/test-event`, { as: partner(partnerId) })).body;
  const view = async ({ id, partnerId }: Subscribed) =>
    (await webhooks.service.http('GET', `/subscriptions/${id}`, { as: partner(partnerId) })).body;
  const authenticate = ({ id, partnerId }: Subscribed, authentication: object, ifMatch = 1) =>
    webhooks.service.http('POST', `/subscriptions/${id}/authentication`, {
      as: partner(partnerId),
      body: authentication,
      ifMatch,
    });
  const bearersAt = (path: string) => webhooks.sinks.at(path).map(({ headers }) => headers.authorization);

  it('gets a token with each post, fetched once for all after a first to try', async () => {
    const mine = await webhooks.subscribed({ authentication: oauth() });
    await Promise.all(Array.from({ length: 5 }, () => webhooks.withdraw()));
    await webhooks.posted(mine.path, 5);
    expect(bearersAt(mine.path)).toEqual(Array(5).fill('Bearer t2'));
    const basic = Buffer.from('okienko:not%2Ffor%3Aeverybody').toString('base64');
    const asked = { authorization: `Basic ${basic}`, form: 'grant_type=client_credentials&scope=events' };
    expect(tokens.asked).toEqual([asked, asked]);
  });

  it('gets another token, once, when it does not take the first', async () => {
    const mine = await webhooks.subscribed({ authentication: oauth() });
    webhooks.sinks.answers.set(mine.path, 401);
    expect(await test(mine)).toMatchObject({ status: 401 });
    webhooks.sinks.answers.delete(mine.path);
    expect(await test(mine)).toMatchObject({ status: 204 });
    expect(bearersAt(mine.path)).toEqual(['Bearer t2', 'Bearer t3', 'Bearer t3']);
  });

  it('counts as down while nobody gives a token', async () => {
    const mine = await webhooks.subscribed({ authentication: oauth() });
    tokens.isDown = true;
    expect(await test(mine)).toMatchObject({ status: null, errorCode: 'TOKEN_STATUS_503' });
    await webhooks.withdraw();
    await webhooks.service.eventually(async () => {
      const [row] = await webhooks.service.sql('select failures from subscription where id = $1', [mine.id]);
      expect(row).toEqual({ failures: 1 });
    });
    expect(webhooks.sinks.at(mine.path)).toEqual([]);
    expect(problemOf(await authenticate(mine, oauth()))).toBe('422 authentication-refused');
    tokens.isDown = false;
    expect((await authenticate(mine, oauth())).status).toBe(200);
    await webhooks.posted(mine.path, 1);
  });

  it('may ask for a certificate, at the handshake already, and sees that of the centre', async () => {
    const mine = await webhooks.subscribed({ sink, handshake: 'OPTIONS', authentication: mutual() });
    expect(strict.hits).toEqual([{ method: 'OPTIONS', from: 'okienko', id: undefined }]);
    const id = await webhooks.withdraw();
    await webhooks.service.eventually(() =>
      expect(strict.hits.slice(1)).toEqual([{ method: 'POST', from: 'okienko', id }]),
    );
    expect((await view(mine))['authentication']).toEqual({
      kind: 'MUTUAL_TLS',
      subject: 'CN=okienko',
      fingerprint: expect.any(String),
      expiresAt: expect.any(String),
    });
    expect((await authenticate(mine, { kind: 'NONE' })).status).toBe(200);
    expect(await test(mine)).toMatchObject({ status: null, errorCode: expect.any(String) });
    expect((await view(mine))['authentication']).toBeNull();
    expect((await authenticate(mine, { ...mutual(), ...certified('stranger') }, 2)).status).toBe(200);
    expect(await test(mine)).toMatchObject({ status: null, errorCode: expect.any(String) });
    expect((await authenticate(mine, mutual(), 3)).status).toBe(200);
    expect(await test(mine)).toMatchObject({ status: 204 });
  });

  it('makes no subscription with a certificate or a token endpoint that cannot work', async () => {
    const told = async (more: object) => problemOf((await webhooks.ask(more)).answer);
    const refused = '422 authentication-refused';
    const { privateKey } = certified('stranger');
    expect(await told({ authentication: { ...mutual(), privateKey } })).toBe(refused);
    const old = certified('old', new Date('2020-01-01'), new Date('2021-01-01'));
    expect(await told({ authentication: { ...mutual(), ...old } })).toBe(refused);
    expect(await told({ authentication: { ...oauth(), tokenUrl: 'http://127.0.0.1:9/token' } })).toBe(refused);
    const hidden = { ...oauth(), tokenUrl: 'https://169.254.169.254/token' };
    expect(await told({ authentication: hidden })).toBe('422 sink-refused');
    expect(await told({ authentication: { kind: 'OAUTH2', tokenUrl } })).toBe('400 invalid-request');
    expect(await told({ authentication: { kind: 'MUTUAL_TLS', certificate: 'x', privateKey } })).toBe(
      '400 invalid-request',
    );
    expect(await told({ authentication: null })).toBe('400 invalid-request');
    const { certificateAuthority: _, ...untrusted } = mutual();
    expect(await told({ sink, handshake: 'OPTIONS', authentication: untrusted })).toBe('422 sink-does-not-agree');
    expect(
      await webhooks.service.sql('select from subscription where authentication is not null and ended_at is null'),
    ).toEqual([]);
  });

  it('what opens something is stored sealed, told to nobody, and gone with the subscription', async () => {
    const mine = await webhooks.subscribed({ authentication: oauth() });
    expect((await view(mine))['authentication']).toEqual({
      kind: 'OAUTH2',
      tokenUrl,
      clientId: 'okienko',
      scope: 'events',
    });
    const stored = await webhooks.service.sql(
      `select k::text from idempotency_key k union all select s::text from subscription s union all select event::text from outbox`,
    );
    const all = JSON.stringify(stored);
    expect(all).toContain(mine.id);
    expect(all).not.toContain(clientSecret);
    expect(all).not.toContain(Buffer.from(clientSecret).toString('hex'));
    const replica = await webhooks.service.replica();
    await webhooks.withdraw();
    await webhooks.posted(mine.path, 1);
    await replica.stop();
    await webhooks.service.http('DELETE', `/subscriptions/${mine.id}`, { as: partner(mine.partnerId) });
    expect(
      await webhooks.service.sql(
        'select s.sealed_credential, k.wrapped from subscription s join person_key k on k.person_id = s.id where s.id = $1',
        [mine.id],
      ),
    ).toEqual([{ sealed_credential: null, wrapped: null }]);
  });

  it('can still be opened after a rotation of the master key, and by the old one no more', async () => {
    const mine = await webhooks.subscribed({ authentication: oauth() });
    const source = await dataSource({
      url: webhooks.service.database.app,
      mappings: [],
      migrations: [],
      name: 'rotation',
    }).initialize();
    const keysUnder = (masterKey: string) => new PersonKeys(KeyRing.fromEnvironmentValues(masterKey));
    const next = randomBytes(32).toString('base64');
    const during = keysUnder(`1:${masterKey},2:${next}`);
    while ((await during.rewrap(source)) > 0);
    const client = new SinkClient(new Set([new URL(tokenUrl).host]));
    const openedBy = (key: string) =>
      new CredentialKeeper(source, keysUnder(key), webhooks.clock, client, new NotificationsConfig()).of({
        subscriptionId: mine.id,
        credentialVersion: 1,
      });
    const credential = await openedBy(`2:${next}`);
    expect(await credential?.token?.get()).toMatch(/^t\d$/);
    await expect(openedBy(masterKey)).rejects.toThrow('version 2');
    await client.close();
    await source.destroy();
  });
});
