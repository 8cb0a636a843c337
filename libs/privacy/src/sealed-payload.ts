import {
  calculateJwkThumbprint,
  CompactEncrypt,
  compactDecrypt,
  exportJWK,
  generateKeyPair,
  importJWK,
  type JWK,
} from 'jose';
import { CannotDecrypt } from './cannot-decrypt';

export interface SealingKeyPair {
  readonly publicJwk: JWK;
  readonly privateJwk: JWK;
}

const alg = 'ECDH-ES+A256KW';
const enc = 'A256GCM';

/**
 * Compact JWE (RFC 7516) that only the holder of the private key opens. It hides and does not sign: who sent it must be
 * known from the event around it.
 */
export async function seal(publicJwk: JWK, payload: object): Promise<string> {
  const { kid } = publicJwk;
  return new CompactEncrypt(Buffer.from(JSON.stringify(payload)))
    .setProtectedHeader({ alg, enc, ...(kid === undefined ? {} : { kid }) })
    .encrypt(await importJWK(publicJwk, alg));
}

/** What comes back is as the sender wrote it: validate it before use. */
export async function open(privateJwk: JWK, jwe: string): Promise<unknown> {
  const key = await importJWK(privateJwk, alg);
  try {
    // Only our own pair of algorithms: the header is the sender's, and must not choose a weaker one.
    const allowed = { keyManagementAlgorithms: [alg], contentEncryptionAlgorithms: [enc] };
    const { plaintext } = await compactDecrypt(jwe, key, allowed);
    return JSON.parse(Buffer.from(plaintext).toString('utf8'));
  } catch {
    throw new CannotDecrypt('a sealed payload');
  }
}

/** P-256, which every key store and HSM holds. The `kid` is the RFC 7638 thumbprint. */
export async function generateSealingKeyPair(): Promise<SealingKeyPair> {
  const { publicKey, privateKey } = await generateKeyPair(alg, { crv: 'P-256', extractable: true });
  const publicJwk = await exportJWK(publicKey);
  const kid = await calculateJwkThumbprint(publicJwk);
  return { publicJwk: { ...publicJwk, kid, alg }, privateJwk: { ...(await exportJWK(privateKey)), kid, alg } };
}
