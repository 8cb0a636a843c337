import { Injectable } from '@nestjs/common';
import { NotFound } from '@okienko/contracts/domain-error';
import { Clock } from '@okienko/messaging/clock';
import type { Work } from '@okienko/messaging/unit-of-work';
import { NoPersonKey, PersonKeys } from '@okienko/privacy/person-keys';
import { decryptField, encryptField } from '@okienko/privacy/sealed-column';
import { DataSource } from 'typeorm';
import { NotificationsConfig } from '../config';
import { type Credential, SinkClient } from '../dispatches/sink-client';
import { AccessToken, NoToken } from './access-token';
import { addressesOf } from './addresses';
import { type Authentication, AuthenticationRefused, type ClientSecret, shownOf } from './authentication';
import { allowedSinks, assertSink } from './sink';
import type { Credentials } from './subscription';

/** Of what is posted: whose it is, and how often its authentication was changed; 0 where there is none. */
export interface Shown {
  readonly subscriptionId: string;
  readonly credentialVersion: number;
}

interface Known {
  readonly version: number;
  readonly credential: Promise<Credential>;
}

/** Beyond them the ones opened first are opened anew when they are next needed. */
const mostKnown = 1000;

const placeOf = (subscriptionId: string) => ({
  table: 'subscription',
  column: 'sealed_credential',
  rowId: subscriptionId,
});

/**
 * How the centre shows sinks who it is. What opens something is sealed under a key of the subscription, which lies among those of
 * persons: a new MASTER_KEY wraps it anew like theirs, and at the end of the subscription it is destroyed.
 */
@Injectable()
export class CredentialKeeper {
  private readonly known = new Map<string, Known>();
  private readonly allowed: ReadonlySet<string>;

  constructor(
    private readonly dataSource: DataSource,
    private readonly keys: PersonKeys,
    private readonly clock: Clock,
    private readonly client: SinkClient,
    config: NotificationsConfig,
  ) {
    this.allowed = allowedSinks(config.ALLOWED_PRIVATE_SINKS);
  }

  /** What to post with; a token that it holds is good for all posts of this replica. */
  of({ subscriptionId, credentialVersion }: Shown): Promise<Credential> | undefined {
    if (credentialVersion === 0) return undefined;
    const known = this.known.get(subscriptionId);
    if (known && known.version >= credentialVersion) return known.credential;
    const credential = this.open(subscriptionId);
    this.known.set(subscriptionId, { version: credentialVersion, credential });
    for (const [oldest] of this.known) if (this.known.size > mostKnown) this.known.delete(oldest);
    credential.catch(() => this.known.delete(subscriptionId));
    return credential;
  }

  /** As it will be, before it is kept: to ask the sink with. Refuses what cannot work. */
  async check(authentication: Authentication): Promise<Credential> {
    shownOf(authentication, this.clock.now());
    if (authentication.kind === 'OAUTH2')
      await assertSink(authentication.tokenUrl, this.allowed, addressesOf, 'token endpoint');
    const credential = this.credentialOf(authentication);
    await credential.token?.get().catch((error: unknown) => {
      if (!(error instanceof NoToken)) throw error;
      throw new AuthenticationRefused(
        `The token endpoint gave no token (${error.code}). Check its URL, the client's id and secret, and the scope.`,
      );
    });
    return credential;
  }

  async seal(work: Work, subscriptionId: string, authentication: Authentication): Promise<Credentials> {
    const key = await this.keys.keyOf(work, subscriptionId).catch((error: unknown) => {
      if (error instanceof NoPersonKey) return this.keys.create(work, subscriptionId);
      throw error;
    });
    return {
      shown: shownOf(authentication, this.clock.now()),
      sealed: encryptField(key, JSON.stringify(authentication), placeOf(subscriptionId)),
    };
  }

  /** With it, what older copies of the database hold of the subscription can be read by nobody. */
  async destroy(work: Work, subscriptionId: string): Promise<void> {
    await this.keys.destroy(work, subscriptionId).catch((error: unknown) => {
      if (!(error instanceof NoPersonKey)) throw error;
    });
  }

  private async open(subscriptionId: string): Promise<Credential> {
    const [row] = await this.dataSource.query<{ sealed: Buffer | null }[]>(
      'select sealed_credential as sealed from subscription where id = $1',
      [subscriptionId],
    );
    if (!row?.sealed) throw new NotFound('authentication');
    const key = await this.keys.keyOf(this.dataSource, subscriptionId);
    return this.credentialOf(JSON.parse(decryptField(key, row.sealed, placeOf(subscriptionId))) as Authentication);
  }

  private credentialOf(authentication: Authentication): Credential {
    if (authentication.kind === 'OAUTH2') return { token: new AccessToken(() => this.askForToken(authentication)) };
    const { certificate, privateKey, certificateAuthority } = authentication;
    return {
      tls: {
        cert: certificate,
        key: privateKey,
        ...(certificateAuthority !== undefined && { ca: certificateAuthority }),
      },
    };
  }

  /** Client credentials (RFC 6749, 4.4.2), the client known by HTTP Basic (2.3.1). */
  private askForToken({ tokenUrl, clientId, clientSecret, scope }: ClientSecret) {
    const client = `${formed(clientId)}:${formed(clientSecret)}`;
    const form = new URLSearchParams({ grant_type: 'client_credentials', ...(scope !== undefined && { scope }) });
    return this.client.askForToken(
      tokenUrl,
      {
        authorization: `Basic ${Buffer.from(client).toString('base64')}`,
        'content-type': 'application/x-www-form-urlencoded',
        accept: 'application/json',
      },
      form.toString(),
    );
  }
}

const formed = (text: string): string => new URLSearchParams({ '': text }).toString().slice(1);
