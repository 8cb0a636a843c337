import fc from 'fast-check';
import { CompactEncrypt, decodeProtectedHeader, importJWK } from 'jose';
import { CannotDecrypt } from './cannot-decrypt';
import { generateSealingKeyPair, open, seal } from './sealed-payload';

const contact = { personId: '0198f0c2-0000-7000-8000-000000000001', email: 'zażółć@example.org' };

describe('a sealed payload', () => {
  it('is opened by the holder of the private key alone', async () => {
    const [ours, theirs] = await Promise.all([generateSealingKeyPair(), generateSealingKeyPair()]);
    const jwe = await seal(ours.publicJwk, contact);
    await expect(open(ours.privateJwk, jwe)).resolves.toEqual(contact);
    await expect(open(theirs.privateJwk, jwe)).rejects.toThrow(CannotDecrypt);
  });

  it('names its key and its algorithms, and shows nothing else', async () => {
    const { publicJwk } = await generateSealingKeyPair();
    const header = decodeProtectedHeader(await seal(publicJwk, contact));
    expect(header).toEqual({ alg: 'ECDH-ES+A256KW', enc: 'A256GCM', kid: publicJwk.kid, epk: expect.anything() });
    expect(publicJwk).not.toHaveProperty('d');
  });

  it('is refused once a character has changed, and so is any other text', async () => {
    const { publicJwk, privateJwk } = await generateSealingKeyPair();
    const jwe = await seal(publicJwk, contact);
    // The last character of a part may hold unused bits, so the first one of each is changed.
    for (const [part, value] of jwe.split('.').entries()) {
      const changed = jwe.split('.').with(part, (value.startsWith('A') ? 'B' : 'A') + value.slice(1));
      await expect(open(privateJwk, changed.join('.'))).rejects.toThrow(CannotDecrypt);
    }
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'binary' }), (text) =>
        expect(open(privateJwk, text)).rejects.toThrow(CannotDecrypt),
      ),
    );
  });

  it('is refused when the sender chose another algorithm', async () => {
    const { publicJwk, privateJwk } = await generateSealingKeyPair();
    const weaker = await new CompactEncrypt(Buffer.from('{}'))
      .setProtectedHeader({ alg: 'ECDH-ES', enc: 'A128CBC-HS256' })
      .encrypt(await importJWK(publicJwk, 'ECDH-ES'));
    await expect(open(privateJwk, weaker)).rejects.toThrow(CannotDecrypt);
  });
});
