import { rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { type JSONWebKeySet, createLocalJWKSet, decodeProtectedHeader, jwtVerify } from 'jose';
import { roles } from '@okienko/chassis/access';
import { type Issuer, startIssuer } from './issuer';
import { temporaryHome } from './paths';
import { freePort } from './ports';

describe('the development issuer', () => {
  const home = temporaryHome();
  let issuer: Issuer;

  const start = async () => {
    issuer = await startIssuer({ home, port: await freePort() });
  };
  const verified = async (token: string) => {
    const keys = createLocalJWKSet((await (await fetch(issuer.jwksUri)).json()) as JSONWebKeySet);
    const { payload } = await jwtVerify(token, keys, {
      issuer: issuer.url,
      audience: 'okienko',
      algorithms: ['RS256'],
      typ: 'at+jwt',
    });
    return payload;
  };

  beforeEach(start);
  afterEach(() => issuer.stop());
  afterAll(() => rmSync(home, { recursive: true }));

  it('publishes what a service needs to check its tokens', async () => {
    const response = await fetch(`${issuer.url}/.well-known/openid-configuration`);
    expect(await response.json()).toMatchObject({
      issuer: issuer.url,
      jwks_uri: issuer.jwksUri,
      token_endpoint: issuer.tokenEndpoint,
    });
    const { keys } = (await (await fetch(issuer.jwksUri)).json()) as { keys: object[] };
    expect(keys).toHaveLength(1);
    expect(keys[0]).not.toHaveProperty('d');
  });

  it('signs who the caller is', async () => {
    const payload = await verified(await issuer.token('coordinator-ewa'));
    expect(payload).toMatchObject({
      sub: 'coordinator-ewa',
      roles: ['coordinator'],
      unit: 'cus-polnoc',
      name: 'Ewa Sroka',
      client_id: 'coordinator-ewa',
      jti: expect.any(String) as string,
    });
    expect((payload.exp ?? 0) - (payload.iat ?? 0)).toBe(3600);
  });

  it('has an account for every role', async () => {
    const held = await Promise.all(
      issuer.clients().map(async ({ id }) => (await verified(await issuer.token(id)))['roles']),
    );
    expect(new Set(held.flat())).toEqual(new Set(roles));
  });

  it('takes new accounts while it runs, and keeps them, their secrets and its key over a restart', async () => {
    const account = { id: 'provider-nowy', name: 'Nowy', roles: ['provider'], providerId: 'p-1' } as const;
    const { secret } = issuer.addClient(account);
    const before = await issuer.token('provider-nowy');
    expect(await verified(before)).toMatchObject({ sub: 'provider-nowy', provider_id: 'p-1' });

    await issuer.stop();
    await start();
    expect(issuer.clients()).toContainEqual({ ...account, secret });
    const after = await issuer.token('provider-nowy');
    expect(decodeProtectedHeader(after).kid).toBe(decodeProtectedHeader(before).kid);
  });

  it('gives nothing for a wrong secret or an unknown client', async () => {
    for (const credentials of ['desk-anna:wrong', 'nobody:wrong']) {
      const authorization = `Basic ${Buffer.from(credentials).toString('base64')}`;
      const body = new URLSearchParams({ grant_type: 'client_credentials' });
      const response = await fetch(issuer.tokenEndpoint, { method: 'POST', headers: { authorization }, body });
      expect(response.status).toBe(401);
    }
  });

  it('keeps its secrets from other users', () => {
    for (const name of ['issuer-key', 'client-secrets']) {
      expect(statSync(join(home, 'secrets', `${name}.json`)).mode & 0o077).toBe(0);
    }
  });
});
