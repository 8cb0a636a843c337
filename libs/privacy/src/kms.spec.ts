import { randomBytes } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { KeyRing } from './key-ring';
import { openKeys, TransitKms } from './kms';

/** Answers as OpenBao's Transit does, over real HTTP. */
const kept = new Map([
  ['vault:v1:old', randomBytes(32)],
  ['vault:v2:new', randomBytes(32)],
]);
let server: Server;
let url: string;
beforeAll(async () => {
  server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString()));
    request.on('end', () => {
      const { ciphertext } = JSON.parse(body) as { ciphertext: string };
      const plain = request.headers['x-vault-token'] === 'right' && kept.get(ciphertext);
      response.statusCode = plain ? 200 : 403;
      response.end(JSON.stringify(plain ? { data: { plaintext: plain.toString('base64') } } : { errors: ['denied'] }));
    });
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1/transit/decrypt/okienko`;
});
afterAll(() => server.close());

it('keys wrapped by a KMS are opened once, versions and all', async () => {
  const opened = await openKeys('1:vault:v1:old, 2:vault:v2:new', new TransitKms(url, 'right'));
  const ring = KeyRing.fromEnvironmentValues(opened);
  const plain = KeyRing.fromEnvironmentValues(`2:${kept.get('vault:v2:new')?.toString('hex')}`);
  expect(ring.current).toBe(2);
  const { wrapped, key } = ring.newPersonKey();
  expect(plain.unwrap(wrapped, 2)).toEqual(key);
});

it('a key that stands there itself needs no KMS', async () => {
  const key = randomBytes(32).toString('base64');
  await expect(openKeys(key, undefined)).resolves.toBe(key);
});

it.each([
  ['vault:v1:old', 'wrong', 'the KMS did not unwrap a key: it answered 403'],
  ['vault:v1:unknown', 'right', 'the KMS did not unwrap a key: it answered 403'],
])('what the KMS refuses fails, and shows no key: %s with a %s token', (key, token, reason) =>
  expect(openKeys(key, new TransitKms(url, token))).rejects.toThrow(reason),
);

it('a wrapped key without a KMS fails', () =>
  expect(openKeys('vault:v1:old', undefined)).rejects.toThrow('KMS_URL and KMS_TOKEN do not say which'));
