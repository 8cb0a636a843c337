import {
  createRemoteJWKSet,
  errors,
  type JWTPayload,
  jwtVerify,
  type JWTVerifyGetKey,
  type JWTVerifyOptions,
} from 'jose';
import { type Principal, type Role, roles } from './access';
import { RequestProblem } from './problem';
import type { IssuedToken, Revocations } from './revocations';

export interface AuthenticationSettings {
  readonly issuer: string;
  readonly audience: string;
  /** Whom the issuer addresses its logout tokens to: ids of clients with a session of their own. */
  readonly logoutAudience?: string[];
}

// Asymmetric only: with a symmetric one among them the public key would do as a secret.
export const algorithms = ['RS256', 'PS256', 'ES256', 'EdDSA'];
const mostBytes = 8192;
const mostRemembered = 5000;
// How long the check of a token is good for. Whether it has been revoked is asked each time.
const rememberFor = 60_000;
const opaque = /^[A-Za-z0-9._:|-]{1,64}$/;
const logoutEvent = 'http://schemas.openid.net/event/backchannel-logout';

// No keys for a token that may be good: they came late, not at all (the generic code), or unreadable.
const issuerFaults = new Set(['ERR_JWKS_TIMEOUT', 'ERR_JOSE_GENERIC', 'ERR_JWKS_INVALID']);
const refreshAfter = 10 * 60_000;
const lastGoodFor = 24 * 60 * 60_000;

/** The claims of an access token that say who calls, beside `sub`. */
export const claimOf = { roles: 'roles', unit: 'unit', providerId: 'provider_id', partnerId: 'partner_id' } as const;

export interface CheckedToken extends IssuedToken {
  readonly principal: Principal;
}

declare module 'fastify' {
  interface FastifyRequest {
    /** What it was sent with, checked. */
    token?: CheckedToken;
  }
}

class NotAuthenticated extends RequestProblem {
  constructor(detail: string) {
    super(401, 'not-authenticated', detail);
  }
}

/** Checks access tokens of one OIDC issuer (RFC 9068, design: reliability 2.3) and remembers those that it has checked. */
export class Authentication {
  private keys: Promise<JWTVerifyGetKey> | undefined;
  /** By the whole header, so that what is known need not be taken apart. */
  private readonly remembered = new Map<string, CheckedToken & { readonly until: number }>();

  constructor(
    private readonly settings: AuthenticationSettings,
    private readonly revocations?: Pick<Revocations, 'denies'>,
  ) {}

  /** The account of a token that has been checked lately; asks nobody. */
  knownAccount(authorization: string | undefined): string | undefined {
    return this.rememberedOf(authorization ?? '')?.principal.sub;
  }

  async check(authorization: string): Promise<CheckedToken> {
    const checked = this.rememberedOf(authorization) ?? (await this.read(authorization));
    if (this.revocations?.denies(checked))
      throw new NotAuthenticated('The access token has been revoked. Log in again, if you still may.');
    return checked;
  }

  private rememberedOf(authorization: string): CheckedToken | undefined {
    const known = this.remembered.get(authorization);
    return known && known.until > Date.now() ? known : undefined;
  }

  /** Who the issuer says has logged out (OpenID Connect Back-Channel Logout 1.0): a session, or all of an account. */
  async logoutOf(token: string): Promise<{ sub: string; sid: string | undefined; at: Date }> {
    const refuse = (): never => {
      throw new RequestProblem(400, 'logout-token-invalid', 'This is no logout token of the issuer for this centre.');
    };
    const claims = await this.verified(token, {
      audience: this.settings.logoutAudience ?? this.settings.audience,
      requiredClaims: ['iat', 'jti', 'events'],
      maxTokenAge: '10m',
    }).catch((error: unknown) => (error instanceof NotAuthenticated ? refuse() : Promise.reject(error as Error)));
    const sid = text(claims['sid']);
    const events = claims['events'] as Record<string, unknown> | null;
    const isLogout = typeof events === 'object' && typeof events?.[logoutEvent] === 'object';
    const isNamed = claims.sub === undefined ? sid !== undefined : opaque.test(claims.sub);
    // An id token has a nonce, and so cannot be passed off for one of these.
    if (!isLogout || !isNamed || claims['nonce'] !== undefined || (sid?.length ?? 0) > 255) return refuse();
    return { sub: claims.sub ?? '', sid, at: new Date((claims.iat ?? 0) * 1000) };
  }

  private async read(authorization: string): Promise<CheckedToken> {
    const token = tokenIn(authorization);
    if (!token || token.length > mostBytes) throw new NotAuthenticated('Send "Authorization: Bearer <access token>".');
    const claims = await this.verified(token, {
      audience: this.settings.audience,
      typ: 'at+jwt',
      requiredClaims: ['sub', 'exp', 'iat', 'jti', 'client_id'],
      maxTokenAge: '1h',
    });
    // The account id goes into events and logs, so it must be an opaque one: an e-mail address would be somebody's name.
    if (!opaque.test(claims.sub ?? ''))
      throw new NotAuthenticated(
        'The token names its account (`sub`) by something else than an opaque id of up to 64 characters.',
      );
    const principal = principalFrom(claims);
    const checked = { principal, sub: principal.sub, sid: text(claims['sid']), issuedAt: (claims.iat ?? 0) * 1000 };
    if (this.remembered.size >= mostRemembered) this.remembered.clear();
    this.remembered.set(authorization, {
      ...checked,
      until: Math.min(Date.now() + rememberFor, (claims.exp ?? 0) * 1000),
    });
    return checked;
  }

  private async verified(token: string, asked: JWTVerifyOptions): Promise<JWTPayload> {
    try {
      const { issuer } = this.settings;
      const options = { issuer, algorithms, clockTolerance: 30, ...asked };
      return (await jwtVerify(token, await this.issuerKeys(), options)).payload;
    } catch (error) {
      if (error instanceof errors.JWTExpired)
        throw new NotAuthenticated('The access token has expired. Fetch a new one.');
      if (error instanceof errors.JOSEError && !issuerFaults.has(error.code))
        throw new NotAuthenticated('The access token is not one of this service.');
      throw new RequestProblem(
        503,
        'issuer-unavailable',
        'The issuer of access tokens cannot be reached. Repeat the request in a moment.',
      );
    }
  }

  private issuerKeys(): Promise<JWTVerifyGetKey> {
    this.keys ??= this.discover().catch((error: unknown) => {
      this.keys = undefined;
      throw error;
    });
    return this.keys;
  }

  private async discover(): Promise<JWTVerifyGetKey> {
    const response = await fetch(`${this.settings.issuer.replace(/\/$/, '')}/.well-known/openid-configuration`, {
      signal: AbortSignal.timeout(5000),
    });
    const { issuer, jwks_uri: keys } = (await response.json()) as { issuer?: string; jwks_uri?: string };
    if (issuer !== this.settings.issuer || !keys) throw new Error('The issuer does not describe itself as configured.');
    // An unknown key id asks the issuer again, at most every 30 s. The last good keys serve on while it cannot be reached.
    const keySet = createRemoteJWKSet(new URL(keys), {
      cooldownDuration: 30_000,
      cacheMaxAge: lastGoodFor,
      timeoutDuration: 5000,
    });
    let askedAt = Date.now();
    return (header, token) => {
      if (Date.now() - askedAt > refreshAfter) {
        askedAt = Date.now();
        keySet.reload().catch(() => undefined);
      }
      return keySet(header, token);
    };
  }
}

const tokenIn = (authorization: string): string | undefined =>
  /^Bearer ([A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+)$/i.exec(authorization)?.[1];

const text = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined);

function principalFrom(claims: JWTPayload): Principal {
  const { [claimOf.roles]: given } = claims;
  const granted: unknown[] = Array.isArray(given) ? given : [];
  const unit = text(claims[claimOf.unit]);
  const providerId = text(claims[claimOf.providerId]);
  const partnerId = text(claims[claimOf.partnerId]);
  return {
    sub: claims.sub ?? '',
    roles: roles.filter((role: Role) => granted.includes(role)),
    ...(unit === undefined ? {} : { unit }),
    ...(providerId === undefined ? {} : { providerId }),
    ...(partnerId === undefined ? {} : { partnerId }),
  };
}
