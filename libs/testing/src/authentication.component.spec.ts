import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Authentication } from '@okienko/chassis/authentication';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import { eventually } from './eventually';

const minutes = 60_000;

describe('tokens while their issuer is in trouble', () => {
  let server: Server;
  let issuer: string;
  let status: number;
  let asked: number;
  let token: (sub: string) => Promise<string>;

  beforeEach(async () => {
    status = 200;
    asked = 0;
    const { privateKey, publicKey } = await generateKeyPair('ES256', { extractable: true });
    const keys = { keys: [{ ...(await exportJWK(publicKey)), kid: 'k', alg: 'ES256' }] };
    server = createServer((request, response) => {
      if (request.url === '/jwks') asked += 1;
      const body = request.url === '/jwks' ? keys : { issuer, jwks_uri: `${issuer}/jwks` };
      response.writeHead(request.url === '/jwks' ? status : 200).end(JSON.stringify(body));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    token = async (sub) => {
      const signed = new SignJWT({ roles: ['desk'], client_id: sub, jti: sub })
        .setProtectedHeader({ alg: 'ES256', typ: 'at+jwt', kid: 'k' })
        .setIssuer(issuer)
        .setAudience('okienko')
        .setSubject(sub)
        .setIssuedAt()
        .setExpirationTime('2h');
      return `Bearer ${await signed.sign(privateKey)}`;
    };
  });
  afterEach(async () => {
    jest.restoreAllMocks();
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });

  test('are not called bad when the issuer does not give its keys', async () => {
    status = 502;
    const authentication = new Authentication({ issuer, audience: 'okienko' });
    await expect(authentication.check(await token('a'))).rejects.toMatchObject({ code: 'issuer-unavailable' });
    status = 200;
    await expect(authentication.check(await token('a'))).resolves.toMatchObject({ sub: 'a' });
  });

  test('are checked with the last good keys for a day, and the issuer is asked again meanwhile', async () => {
    const authentication = new Authentication({ issuer, audience: 'okienko' });
    await authentication.check(await token('a'));
    status = 502;
    const later = Date.now() + 11 * minutes;
    jest.spyOn(Date, 'now').mockImplementation(() => later);
    const account = await authentication.check(await token('b'));
    expect(account.sub).toBe('b');
    jest.restoreAllMocks();
    await eventually(() => expect(asked).toBe(2));
  });
});
