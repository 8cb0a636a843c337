import { createPublicKey, type JsonWebKey } from 'node:crypto';
import type { Principal } from '@okienko/chassis/access';
import { TestIssuer } from '@okienko/testing/test-issuer';
import { SignJWT } from 'jose';

const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');

/** What somebody may send who is not let in: every one names the roles that the route wants. */
export async function badTokens(
  issuer: TestIssuer,
  principal: Partial<Principal>,
): Promise<[string, string | undefined][]> {
  const good = await issuer.token(principal);
  const [, payload = '', signature = ''] = good.split('.');
  const claims = JSON.parse(Buffer.from(payload, 'base64url').toString()) as Record<string, unknown>;
  const other = await TestIssuer.start();
  const now = Math.floor(Date.now() / 1000);
  const { keys } = (await (await fetch(`${issuer.url}/jwks`)).json()) as { keys: JsonWebKey[] };
  const publicKey = createPublicKey({ key: keys[0] as JsonWebKey, format: 'jwk' }).export({
    type: 'spki',
    format: 'pem',
  });
  try {
    return [
      ['no token', undefined],
      ['an empty token', 'Bearer '],
      ['another scheme', `Basic ${Buffer.from('a:b').toString('base64')}`],
      ['no JWT', 'Bearer opaque'],
      ['three parts of nothing', 'Bearer a.b.c'],
      ['a key of somebody else', `Bearer ${await other.token(principal, { iss: issuer.url })}`],
      ['another issuer', `Bearer ${await issuer.token(principal, { iss: other.url })}`],
      ['another issuer and its key', `Bearer ${await other.token(principal)}`],
      ['another audience', `Bearer ${await issuer.token(principal, { aud: 'somebody-else' })}`],
      ['an expired token', `Bearer ${await issuer.token(principal, { iat: now - 7200, exp: now - 3600 })}`],
      ['a token from the future', `Bearer ${await issuer.token(principal, { nbf: now + 3600 })}`],
      ['no end', `Bearer ${await issuer.token(principal, { exp: undefined })}`],
      ['an id token', `Bearer ${await issuer.token(principal, {}, 'JWT')}`],
      ['algorithm none', `Bearer ${part({ alg: 'none', typ: 'at+jwt' })}.${payload}.${signature}`],
      [
        'the public key as a secret',
        `Bearer ${await new SignJWT(claims).setProtectedHeader({ alg: 'HS256', typ: 'at+jwt', kid: 'test' }).sign(Buffer.from(publicKey))}`,
      ],
      [
        'other claims under the signature',
        `Bearer ${good.split('.')[0]}.${part({ ...claims, roles: ['director', 'operator'] })}.${signature}`,
      ],
      ['a token of 20 KB', `Bearer ${await issuer.token({ ...principal, unit: 'x'.repeat(10_000) })}`],
    ];
  } finally {
    await other.stop();
  }
}
