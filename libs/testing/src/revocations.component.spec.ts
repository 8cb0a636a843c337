import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { promisify } from 'node:util';
import { Controller, Get, Header, Module, StreamableFile } from '@nestjs/common';
import { Allow } from '@okienko/chassis/access';
import { ServiceConfig } from '@okienko/chassis/config';
import { revocationTable } from '@okienko/chassis/revocations';
import { checkout } from '@okienko/local/paths';
import { messagingTables } from '@okienko/messaging/tables';
import type { MigrationInterface, QueryRunner } from 'typeorm';
import { type Answer, type ServiceUnderTest, startForTest } from './service-test';

@Controller()
@Allow('desk')
class DoorController {
  @Get('door') open(): object {
    return { open: true };
  }
  @Get('stream') @Header('Content-Type', 'text/event-stream') stream(): StreamableFile {
    const frames = new PassThrough();
    frames.write('data: 1\n\n');
    return new StreamableFile(frames);
  }
}

@Module({ controllers: [DoorController] })
class DoorModule {}

class Create1764748800000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const sql of [...messagingTables(), revocationTable()]) await runner.query(sql);
  }
  async down(): Promise<void> {}
}

const promised = 5_000;
const operator = { sub: 'op', roles: ['operator'] } as const;
const desk = (sub: string) => ({ sub, roles: ['desk'] }) as const;
const now = () => Math.floor(Date.now() / 1000);

let service: ServiceUnderTest;
let other: Awaited<ReturnType<ServiceUnderTest['replica']>>;
beforeAll(async () => {
  service = await startForTest({
    name: 'providers',
    module: DoorModule,
    config: ServiceConfig,
    mappings: [],
    migrations: [Create1764748800000],
  });
  other = await service.replica();
}, 60_000);
afterAll(async () => {
  await other.stop();
  await service.stop();
});

const knock = async (url: string, token: string, path = '/door'): Promise<Response> =>
  fetch(`${url}${path}`, { headers: { Authorization: `Bearer ${token}` } });
const statuses = (...tokens: string[]): Promise<number[]> =>
  Promise.all([service.url, other.url].flatMap((url) => tokens.map(async (token) => (await knock(url, token)).status)));
const revoke = (account: string, key?: string): Promise<Answer> =>
  service.http('POST', '/revocations', { as: operator, body: { account, reason: 'LEFT' }, ...(key && { key }) });
const logOut = (token: string, url = service.url): Promise<Response> =>
  fetch(`${url}/backchannel-logout`, { method: 'POST', body: new URLSearchParams({ logout_token: token }) });
const logoutToken = (claims: object, typ = 'logout+jwt'): Promise<string> =>
  service.issuer.token(
    {},
    { events: { 'http://schemas.openid.net/event/backchannel-logout': {} }, sub: undefined, ...claims },
    { typ },
  );

describe('a revoked token', () => {
  it('opens no door of any replica within five seconds, and no other account feels it', async () => {
    const [ann, bob] = [await service.issuer.token(desk('ann')), await service.issuer.token(desk('bob'))];
    expect(await statuses(ann, bob)).toEqual([200, 200, 200, 200]);
    const answer = await revoke('ann', 'once');
    expect(answer).toMatchObject({ status: 201 });
    expect((await knock(service.url, ann)).status).toBe(401);
    await service.eventually(async () => expect(await statuses(ann, bob)).toEqual([401, 200, 401, 200]), promised);
    expect(await knock(other.url, ann).then((response) => response.json())).toMatchObject({
      title: 'Not authenticated',
      detail: expect.stringContaining('revoked') as string,
    });
    expect(await revoke('ann', 'once')).toMatchObject({ status: 201, body: answer.body });
    const { body } = await service.http('GET', '/revocations?account=ann', { as: operator });
    expect(body).toMatchObject({
      items: [
        { kind: 'ACCOUNT', subject: 'ann', reason: 'LEFT', revokedBy: 'op', notBefore: answer.body['notBefore'] },
      ],
    });
  });

  it('is every one that was issued before, on a replica that starts later too; one issued later is good', async () => {
    const old = await service.issuer.token(desk('cyd'), { iat: now() - 60 });
    await revoke('cyd');
    const late = await service.replica();
    expect((await knock(late.url, old)).status).toBe(401);
    await new Promise((resolve) => setTimeout(resolve, 1_100));
    expect((await knock(late.url, await service.issuer.token(desk('cyd')))).status).toBe(200);
    await late.stop();
  });

  it('ends what still goes on under it', async () => {
    const token = await service.issuer.token(desk('dan'));
    const reader = (await knock(other.url, token, '/stream')).body?.getReader();
    expect(Buffer.from((await reader?.read())?.value ?? []).toString()).toContain('data: 1');
    await revoke('dan');
    const began = Date.now();
    await expect(reader?.read()).rejects.toThrow();
    expect(Date.now() - began).toBeLessThan(promised);
  });

  it('is revoked by one command at every service, which says whom it could not tell', async () => {
    const token = await service.issuer.token(desk('ivo'));
    const script = join(checkout, 'deploy', 'local', 'dist', 'okienko.js');
    const env = { ...process.env, OKIENKO_TOKEN: await service.issuer.token(operator) };
    const command = (...urls: string[]) =>
      promisify(execFile)(
        process.execPath,
        [script, 'revoke', 'ivo', '--reason', 'LEFT', ...urls.flatMap((url) => ['--url', `providers=${url}`])],
        { env },
      );
    await expect(command(service.url, 'http://127.0.0.1:9')).rejects.toMatchObject({
      code: 1,
      stdout: expect.stringContaining(service.url) as string,
      stderr: expect.stringContaining('1 of 2 were not told') as string,
    });
    expect((await knock(service.url, token)).status).toBe(401);
    expect((await command(service.url, other.url)).stdout).toContain(other.url);
  });

  it('is withdrawn by the operator alone, and by an account that can be one', async () => {
    const body = { account: 'eve', reason: 'OTHER' };
    expect((await service.http('POST', '/revocations', { as: desk('x'), body })).status).toBe(403);
    for (const wrong of [
      { account: 'Ewa Kos', reason: 'LEFT' },
      { account: 'eve', reason: 'BORED' },
      { reason: 'LEFT' },
    ])
      expect((await service.http('POST', '/revocations', { as: operator, body: wrong })).status).toBe(400);
    expect(await service.sql(`select 1 from revocation where subject in ('eve', 'Ewa Kos')`)).toEqual([]);
  });
});

describe('a log-out at the issuer', () => {
  it('ends the tokens of its session, and only those', async () => {
    const here = await service.issuer.token(desk('fay'), { sid: 's-1' });
    const elsewhere = await service.issuer.token(desk('fay'), { sid: 's-2' });
    const token = await logoutToken({ sub: 'fay', sid: 's-1' });
    expect((await logOut(token)).status).toBe(200);
    expect((await logOut(token)).status).toBe(200);
    await service.eventually(
      async () => expect(await statuses(here, elsewhere)).toEqual([401, 200, 401, 200]),
      promised,
    );
    expect(await service.sql(`select kind, reason, revoked_by from revocation where subject = 's-1'`)).toEqual([
      { kind: 'SESSION', reason: 'LOGOUT', revoked_by: 'issuer' },
    ]);
  });

  it('without a session ends all of the account', async () => {
    const token = await service.issuer.token(desk('gil'), { sid: 's-3' });
    expect((await logOut(await logoutToken({ sub: 'gil' }), other.url)).status).toBe(200);
    await service.eventually(async () => expect(await statuses(token)).toEqual([401, 401]), promised);
  });

  it.each<[string, () => Promise<string>]>([
    ['an access token', () => service.issuer.token(desk('hal'))],
    ['an id token', () => logoutToken({ sub: 'hal', nonce: 'n' })],
    ['nobody named', () => logoutToken({})],
    ['a name for an account', () => logoutToken({ sub: 'Hal Nowak' })],
    ['another audience', () => logoutToken({ sub: 'hal', aud: 'elsewhere' })],
    ['another issuer', () => logoutToken({ sub: 'hal', iss: 'https://elsewhere.example' })],
    ['a token of yesterday', () => logoutToken({ sub: 'hal', iat: now() - 86_400, exp: now() + 60 })],
    ['no JWT', () => Promise.resolve('a.b.c')],
  ])('is not told by %s', async (_, token) => {
    const response = await logOut(await token());
    expect([response.status, ((await response.json()) as { title: string }).title]).toEqual([
      400,
      'Logout token invalid',
    ]);
    expect(await service.sql(`select 1 from revocation where subject ilike 'hal%'`)).toEqual([]);
  });
});
