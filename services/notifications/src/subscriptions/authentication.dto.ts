import { MayBeAbsent } from '@okienko/chassis/validation';
import { IsIn, IsString, Matches, MaxLength, ValidateIf } from 'class-validator';
import type { Authentication } from './authentication';

const visible = /^[\x20-\x7e]{1,1000}$/;
const scopes = /^[\x21\x23-\x5b\x5d-\x7e]+( [\x21\x23-\x5b\x5d-\x7e]+)*$/;
const pem = /^-----BEGIN [A-Z0-9 ]+-----\r?\n[A-Za-z0-9+/=\s:,.-]+-----END [A-Z0-9 ]+-----\s*$/;

/** Needed with that kind; of another it may be left out, and is looked at all the same. */
const With =
  (kind: Authentication['kind']): PropertyDecorator =>
  (target, name) =>
    ValidateIf(
      (given: AuthenticationBody) => given.kind === kind || (given[name as keyof AuthenticationBody] ?? null) !== null,
    )(target, name);

/** How the centre shows your sink who it is, beside the signature. What opens something is shown to nobody again. */
export class AuthenticationBody {
  /** OAUTH2: a token of your authorisation server (client credentials). MUTUAL_TLS: a certificate. NONE: the signature alone. */
  @IsIn(['OAUTH2', 'MUTUAL_TLS', 'NONE'])
  kind!: Authentication['kind'] | 'NONE';

  /**
   * With OAUTH2: where tokens are given, an https URL on the public internet.
   * @example "https://login.powiat.example/oauth2/token"
   */
  @With('OAUTH2')
  @IsString()
  @MaxLength(2000)
  tokenUrl?: string;

  /** @example "okienko-elblag" */
  @With('OAUTH2')
  @Matches(visible)
  clientId?: string;

  /** @example "6iXkJ0kq2mM4" */
  @With('OAUTH2')
  @Matches(visible)
  clientSecret?: string;

  /**
   * With OAUTH2, where your server wants it.
   * @example "events.write"
   */
  @MayBeAbsent()
  @MaxLength(1000)
  @Matches(scopes)
  scope?: string;

  /**
   * With MUTUAL_TLS, as PEM: the certificate of the centre, with those that lead up to the authority, if any.
   * @example "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n"
   */
  @With('MUTUAL_TLS')
  @MaxLength(50_000)
  @Matches(pem)
  certificate?: string;

  /**
   * With MUTUAL_TLS: its key, as PEM without a password.
   * @example "-----BEGIN PRIVATE KEY-----\nMIIB\n-----END PRIVATE KEY-----\n"
   */
  @With('MUTUAL_TLS')
  @MaxLength(20_000)
  @Matches(pem)
  privateKey?: string;

  /**
   * With MUTUAL_TLS, as PEM: who has signed the certificate of your sink, where that is no public authority.
   * @example "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n"
   */
  @MayBeAbsent()
  @MaxLength(100_000)
  @Matches(pem)
  certificateAuthority?: string;
}

/** What may be shown of it: nothing that opens anything. */
export class AuthenticationView {
  kind!: Authentication['kind'];
  /** With OAUTH2. */
  tokenUrl?: string;
  clientId?: string;
  scope?: string;
  /** With MUTUAL_TLS: whom the certificate names, its SHA-256, and when it expires; send another before that. */
  subject?: string;
  fingerprint?: string;
  expiresAt?: string;
}

/** What was validated, as what it is; undefined: the signature alone. */
export function authenticationOf(body: AuthenticationBody): Authentication | undefined {
  if (body.kind === 'NONE') return undefined;
  const { kind, tokenUrl = '', clientId = '', clientSecret = '', scope } = body;
  if (kind === 'OAUTH2') return { kind, tokenUrl, clientId, clientSecret, scope };
  const { certificate = '', privateKey = '', certificateAuthority } = body;
  return { kind, certificate, privateKey, certificateAuthority };
}
