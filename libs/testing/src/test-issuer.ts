import { randomUUID } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Principal } from '@okienko/chassis/access';
import { exportJWK, generateKeyPair, type JWTHeaderParameters, SignJWT } from 'jose';

/** A real OIDC issuer as far as a service can tell: it describes itself, publishes keys and signs access tokens (RFC 9068). */
export class TestIssuer {
  private constructor(
    readonly url: string,
    private readonly server: Server,
    private readonly key: Awaited<ReturnType<typeof generateKeyPair>>['privateKey'],
    private readonly audience: string,
  ) {}

  static async start(audience = 'okienko'): Promise<TestIssuer> {
    const { privateKey, publicKey } = await generateKeyPair('RS256', { extractable: true });
    const keys = { keys: [{ ...(await exportJWK(publicKey)), kid: 'test', alg: 'RS256', use: 'sig' }] };
    const server = createServer((request, response) => {
      const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
      const body = request.url === '/jwks' ? keys : { issuer: url, jwks_uri: `${url}/jwks` };
      response.setHeader('Content-Type', 'application/json').end(JSON.stringify(body));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return new TestIssuer(`http://127.0.0.1:${(server.address() as AddressInfo).port}`, server, privateKey, audience);
  }

  /** A token as the issuer gives it; `claims` and `header` make one that it gives to others, for something else, or gave long ago. */
  token(
    principal: Partial<Principal>,
    claims: Record<string, unknown> = {},
    header: Partial<JWTHeaderParameters> = {},
  ): Promise<string> {
    const { sub = 'somebody', roles = [], unit, providerId, partnerId } = principal;
    const now = Math.floor(Date.now() / 1000);
    const own = {
      iss: this.url,
      aud: this.audience,
      sub,
      client_id: sub,
      jti: randomUUID(),
      iat: now,
      exp: now + 3600,
    };
    return new SignJWT({ roles, unit, provider_id: providerId, partner_id: partnerId, ...own, ...claims })
      .setProtectedHeader({ alg: 'RS256', typ: 'at+jwt', kid: 'test', ...header })
      .sign(this.key);
  }

  stop(): Promise<void> {
    this.server.closeAllConnections();
    return new Promise((resolve) => this.server.close(() => resolve()));
  }
}
