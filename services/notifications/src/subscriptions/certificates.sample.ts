import { generateKeyPairSync, randomBytes, sign } from 'node:crypto';

export interface Certified {
  readonly certificate: string;
  readonly privateKey: string;
}

const made = new Map<string, Certified>();

/** A certificate that has signed itself, for tests: good for 127.0.0.1, by default from yesterday for a year, and the same for the same name. */
export function certified(name: string, from = daysFromNow(-1), to = daysFromNow(365)): Certified {
  const found = made.get(name) ?? make(name, from, to);
  made.set(name, found);
  return found;
}

const daysFromNow = (days: number): Date => new Date(Date.now() + days * 24 * 60 * 60 * 1000);

/** X.509 (RFC 5280), as far as one needs it to be let in. */
function make(name: string, from: Date, to: Date): Certified {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const algorithm = der(0x30, oid('2a8648ce3d040302'));
  const names = der(0x30, der(0x31, der(0x30, oid('550403'), der(0x0c, Buffer.from(name)))));
  const authority = der(0x30, oid('551d13'), der(0x04, der(0x30, der(0x01, Buffer.of(0xff)))));
  const address = der(0x30, oid('551d11'), der(0x04, der(0x30, der(0x87, Buffer.of(127, 0, 0, 1)))));
  const certificate = der(
    0x30,
    der(0xa0, der(0x02, Buffer.of(2))),
    der(0x02, Buffer.concat([Buffer.of(1), randomBytes(8)])),
    algorithm,
    names,
    der(0x30, time(from), time(to)),
    names,
    publicKey.export({ format: 'der', type: 'spki' }),
    der(0xa3, der(0x30, authority, address)),
  );
  const signature = sign('sha256', certificate, privateKey);
  const signed = der(0x30, certificate, algorithm, der(0x03, Buffer.of(0), signature));
  const text = (signed.toString('base64').match(/.{1,64}/g) ?? []).join('\n');
  return {
    certificate: `-----BEGIN CERTIFICATE-----\n${text}\n-----END CERTIFICATE-----\n`,
    privateKey: privateKey.export({ format: 'pem', type: 'pkcs8' }).toString(),
  };
}

function der(tag: number, ...parts: readonly Buffer[]): Buffer {
  const content = Buffer.concat(parts);
  const { length } = content;
  const size = length < 0x80 ? [length] : length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
  return Buffer.concat([Buffer.of(tag, ...size), content]);
}

const oid = (hex: string): Buffer => der(0x06, Buffer.from(hex, 'hex'));
/** `YYMMDDhhmmssZ`. */
const time = (at: Date): Buffer => der(0x17, Buffer.from(`${at.toISOString().slice(2, 19).replaceAll(/\D/g, '')}Z`));
