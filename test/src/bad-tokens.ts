import { createPublicKey, generateKeyPairSync, type JsonWebKey, sign } from 'node:crypto';
import type { Principal } from '@okienko/chassis/access';
import { TestIssuer } from '@okienko/testing/test-issuer';
import { SignJWT } from 'jose';

const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');

/** A key that whoever sends the token has made, and says in its header that it is the one to check with. */
function forged(claims: object, header: (jwk: JsonWebKey) => object): string {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const head = { alg: 'ES256', typ: 'at+jwt', kid: 'test', ...header(publicKey.export({ format: 'jwk' })) };
  const said = `${part(head)}.${part(claims)}`;
  const signature = sign('sha256', Buffer.from(said), { key: privateKey, dsaEncoding: 'ieee-p1363' });
  return `Bearer ${said}.${signature.toString('base64url')}`;
}

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
    const [head = ''] = good.split('.');
    const token = async (claims: Record<string, unknown>, header = {}): Promise<string> =>
      `Bearer ${await issuer.token(principal, claims, header)}`;
    const claimed = (header: object): string =>
      `Bearer ${part({ alg: 'RS256', typ: 'at+jwt', kid: 'test', ...header })}.${payload}.${signature}`;
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
      ['an id token', `Bearer ${await issuer.token(principal, {}, { typ: 'JWT' })}`],
      ['algorithm none', `Bearer ${part({ alg: 'none', typ: 'at+jwt' })}.${payload}.${signature}`],
      [
        'the public key as a secret',
        `Bearer ${await new SignJWT(claims).setProtectedHeader({ alg: 'HS256', typ: 'at+jwt', kid: 'test' }).sign(Buffer.from(publicKey))}`,
      ],
      [
        'other claims under the signature',
        `Bearer ${good.split('.')[0]}.${part({ ...claims, roles: ['director', 'operator'] })}.${signature}`,
      ],
      ['nobody', await token({ sub: undefined })],
      ['an account that is an e-mail address', await token({ sub: 'ewa@cus.example.pl' })],
      ['an account of 65 letters', await token({ sub: 'x'.repeat(65) })],
      ['no beginning', await token({ iat: undefined })],
      ['a beginning to come', await token({ iat: now + 3600, exp: now + 7200 })],
      ['a beginning two hours ago, though its end is to come', await token({ iat: now - 7200 })],
      ['an end in words', await token({ exp: 'never' })],
      ['no id of its own', await token({ jti: undefined })],
      ['no client', await token({ client_id: undefined })],
      ['no audience', await token({ aud: undefined })],
      ['audiences without this one', await token({ aud: ['a', 'b'] })],
      ['no issuer', await token({ iss: undefined })],
      ['the issuer with a slash', await token({ iss: `${issuer.url}/` })],
      ['no kind', await token({}, { typ: undefined })],
      ['a logout token', await token({}, { typ: 'logout+jwt' })],
      ['a key nobody knows', await token({}, { kid: 'other' })],
      ['a key outside its folder', await token({}, { kid: '../../../../dev/null' })],
      ['something critical that nobody knows', claimed({ crit: ['exp'] })],
      ['an algorithm that is not ours', claimed({ alg: 'RS384' })],
      [
        'an elliptic signature of noughts',
        `Bearer ${part({ alg: 'ES256', typ: 'at+jwt', kid: 'test' })}.${payload}.${Buffer.alloc(64).toString('base64url')}`,
      ],
      ['no signature', `Bearer ${head}.${payload}.`],
      ['half a signature', `Bearer ${head}.${payload}.${signature.slice(0, 100)}`],
      ['a key of its own', forged(claims, (jwk) => ({ jwk }))],
      [
        'an address of its own for the keys',
        forged(claims, () => ({ jku: `${other.url}/jwks`, x5u: `${other.url}/jwks` })),
      ],
      ['five parts, encrypted', `Bearer ${part({ alg: 'dir', enc: 'A256GCM' })}..${payload}.${payload}.${signature}`],
      ['claims that are a list', `Bearer ${head}.${Buffer.from('[]').toString('base64url')}.${signature}`],
      ['claims that are no JSON', `Bearer ${head}.${Buffer.from('{').toString('base64url')}.${signature}`],
      ['two tokens', `Bearer ${good} Bearer ${good}`],
      ['a token of 20 KB', `Bearer ${await issuer.token({ ...principal, unit: 'x'.repeat(10_000) })}`],
    ];
  } finally {
    await other.stop();
  }
}
