import { createPrivateKey, type KeyObject, X509Certificate } from 'node:crypto';
import { createSecureContext } from 'node:tls';
import { DomainError } from '@okienko/contracts/domain-error';

/** A token that the partner's authorisation server gives (RFC 6749, 4.4). */
export interface ClientSecret {
  readonly kind: 'OAUTH2';
  readonly tokenUrl: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly scope?: string | undefined;
}

/** A certificate that the sink asks for (RFC 8446, 4.4.2); all as PEM. */
export interface ClientCertificate {
  readonly kind: 'MUTUAL_TLS';
  /** With those that lead up to the authority, where there are any between. */
  readonly certificate: string;
  readonly privateKey: string;
  /** Who has signed the sink's own certificate, where that is no public authority. */
  readonly certificateAuthority?: string | undefined;
}

export type Authentication = ClientSecret | ClientCertificate;

/** What may be told of it: nothing that opens anything. */
export type ShownAuthentication =
  | Omit<ClientSecret, 'clientSecret'>
  | {
      readonly kind: 'MUTUAL_TLS';
      readonly subject: string;
      /** SHA-256 of the certificate, in hex with colons. */
      readonly fingerprint: string;
      readonly expiresAt: string;
    };

export class AuthenticationRefused extends DomainError {
  readonly kind = 'rule-broken';
  readonly code = 'authentication-refused';
}

/** What may be told, of what can be used at this moment. */
export function shownOf(authentication: Authentication, now: Date): ShownAuthentication {
  if (authentication.kind === 'MUTUAL_TLS') return shownCertificate(authentication, now);
  const { kind, tokenUrl, clientId, scope } = authentication;
  return { kind, tokenUrl, clientId, scope };
}

function shownCertificate(given: ClientCertificate, now: Date): ShownAuthentication {
  const certificate = readCertificate(given.certificate, 'certificate');
  const [from, to] = [new Date(certificate.validFrom), new Date(certificate.validTo)];
  if (to <= now)
    throw new AuthenticationRefused(`The certificate expired at ${to.toISOString()}. Send one that is valid.`);
  if (from > now) throw new AuthenticationRefused(`The certificate is valid from ${from.toISOString()} only.`);
  if (!certificate.checkPrivateKey(readPrivateKey(given.privateKey)))
    throw new AuthenticationRefused(
      'The private key belongs to another certificate. Send the two that belong together.',
    );
  const { certificateAuthority: authority } = given;
  if (authority !== undefined) readCertificate(authority, 'certificateAuthority');
  try {
    createSecureContext({ cert: given.certificate, key: given.privateKey, ...(authority && { ca: authority }) });
  } catch (error) {
    const { code = 'UNKNOWN' } = error as { code?: string };
    throw new AuthenticationRefused(`No connection can be made with this certificate (${code}). Take a stronger key.`);
  }
  return {
    kind: 'MUTUAL_TLS',
    subject: certificate.subject.replaceAll('\n', ', '),
    fingerprint: certificate.fingerprint256,
    expiresAt: to.toISOString(),
  };
}

function readCertificate(pem: string, field: string): X509Certificate {
  try {
    return new X509Certificate(pem);
  } catch {
    throw new AuthenticationRefused(
      `"${field}" is no certificate. Send it as PEM: "-----BEGIN CERTIFICATE-----" and so on.`,
    );
  }
}

function readPrivateKey(pem: string): KeyObject {
  try {
    return createPrivateKey({ key: pem, format: 'pem' });
  } catch {
    throw new AuthenticationRefused(
      '"privateKey" cannot be read. Send it as PEM without a password: "-----BEGIN PRIVATE KEY-----" and so on.',
    );
  }
}
