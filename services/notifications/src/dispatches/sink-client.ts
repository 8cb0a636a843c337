import { lookup, type LookupAddress, type LookupOptions } from 'node:dns';
import { isIP } from 'node:net';
import { Agent } from 'undici';
import { type AccessToken, NoToken, type TokenAnswer } from '../subscriptions/access-token';
import type { Consent } from '../subscriptions/handshake';
import { isPublicAddress } from '../subscriptions/public-address';
import { hostOf, placeOf } from '../subscriptions/sink';
import { type Answer, attemptTimeout } from './dispatch';
import { type Back, exchange, mostBytes, type Target } from './exchange';

type Sent = Readonly<Record<string, string>>;

/** How the centre shows a sink who it is: by a token in each request, or by a certificate when it connects. */
export interface Credential {
  readonly token?: AccessToken;
  readonly tls?: { readonly cert: string; readonly key: string; readonly ca?: string };
}

const notPublic = 'SINK_NOT_PUBLIC';

class NotPublic extends Error {
  readonly code = notPublic;
}

type Found = (error: Error | null, address: string | LookupAddress[], family?: number) => void;

/**
 * Name resolution for the moment of connecting. Unless every answer is public there is no connection, and the socket gets the
 * very addresses that were checked: a name that changes between check and use changes nothing.
 */
export function publicLookup(host: string, options: LookupOptions, found: Found): void {
  lookup(host, { ...options, all: true }, (error, addresses) => {
    if (error) return found(error, []);
    const [first] = addresses;
    if (!first || !addresses.every(({ address }) => isPublicAddress(address))) return found(new NotPublic(), []);
    if (options.all) found(null, addresses);
    else found(null, first.address, first.family);
  });
}

type Method = 'POST' | 'OPTIONS';

interface More {
  readonly body?: string | Buffer;
  readonly credential?: Credential | undefined;
  /** Bytes of the answer's body that are of interest, where it is more than for the log. */
  readonly keep?: number;
}

/** Where a sink is, and whether anything may go there. */
interface Place extends Target {
  readonly isAllowed: boolean;
  readonly mayBe: boolean;
}
const mostPlaces = 1000;

/** No limit to connections here: lanes are one, and a silent subscription must not take them from another of the same host. */
/** The one time limit is `exchange`'s: timers of undici's own would cost each post two more. */
const settings = { pipelining: 1, headersTimeout: 0, bodyTimeout: 0 };

/** Posts to sinks, and asks them beforehand: no redirects, one time limit over everything, an answer read up to a limit and dropped. */
export class SinkClient {
  private readonly guarded = new Agent({ ...settings, connect: { timeout: attemptTimeout, lookup: publicLookup } });
  private readonly trusted = new Agent({ ...settings, connect: { timeout: attemptTimeout } });

  /** Connections that show a certificate are nobody else's; they go with it. */
  private readonly certified = { guarded: new WeakMap<Credential, Agent>(), trusted: new WeakMap<Credential, Agent>() };

  private readonly places = new Map<string, Place>();

  constructor(private readonly allowed: ReadonlySet<string>) {}

  post(sink: string, headers: Sent, body: string | Buffer, credential?: Credential): Promise<Answer> {
    return this.exchangeAs('POST', sink, headers, { body, credential }).then(answerOf);
  }

  /** Whether the sink wants to be posted to (CloudEvents webhooks, 4). */
  async ask(sink: string, headers: Sent, credential?: Credential): Promise<Consent> {
    const { status, errorCode, headers: back } = await this.exchangeAs('OPTIONS', sink, headers, { credential });
    return {
      ...(status !== undefined && { status }),
      ...(errorCode !== undefined && { errorCode }),
      allowedOrigin: textOf(back['webhook-allowed-origin']),
      allowedRate: textOf(back['webhook-allowed-rate']),
    };
  }

  /** Under the same guard as a sink; of the answer everything up to the limit is read. */
  async askForToken(tokenUrl: string, headers: Sent, form: string): Promise<TokenAnswer> {
    const more = { body: form, keep: mostBytes };
    const { status, errorCode, begins: body } = await this.exchange('POST', tokenUrl, headers, more);
    return { status, errorCode, body };
  }

  /** With a token if there is one: one that the sink does not take is replaced once. */
  private exchangeAs(method: Method, sink: string, headers: Sent, more: More): Promise<Back> {
    const token = more.credential?.token;
    return token ? this.exchangeWith(token, method, sink, headers, more) : this.exchange(method, sink, headers, more);
  }

  private async exchangeWith(
    token: AccessToken,
    method: Method,
    sink: string,
    headers: Sent,
    more: More,
  ): Promise<Back> {
    try {
      const text = await token.get();
      const answer = await this.exchange(method, sink, { ...headers, authorization: `Bearer ${text}` }, more);
      if (answer.status !== 401) return answer;
      token.forget(text);
      return await this.exchange(method, sink, { ...headers, authorization: `Bearer ${await token.get()}` }, more);
    } catch (error) {
      if (error instanceof NoToken) return { errorCode: error.code, headers: {}, begins: '' };
      throw error;
    }
  }

  private exchange(method: Method, sink: string, headers: Sent, { credential, ...more }: More): Promise<Back> {
    const place = this.placeAt(sink);
    if (!place.mayBe) return Promise.resolve({ errorCode: notPublic, headers: {}, begins: '' });
    return exchange(this.agentFor(place.isAllowed, credential), place, { method, headers, ...more });
  }

  private placeAt(sink: string): Place {
    const known = this.places.get(sink);
    if (known) return known;
    const url = new URL(sink);
    const { origin, pathname, search } = url;
    const isAllowed = this.allowed.has(placeOf(url));
    // A literal address is never looked up, so it is checked here; an exemption that was withdrawn ends here too.
    const mayBe = isAllowed || (url.protocol === 'https:' && (!isIP(hostOf(url)) || isPublicAddress(hostOf(url))));
    const place = { origin, path: `${pathname}${search}`, isAllowed, mayBe };
    if (this.places.size >= mostPlaces) this.places.clear();
    this.places.set(sink, place);
    return place;
  }

  private agentFor(isAllowed: boolean, credential?: Credential): Agent {
    if (!credential?.tls) return isAllowed ? this.trusted : this.guarded;
    const agents = isAllowed ? this.certified.trusted : this.certified.guarded;
    const lookup = isAllowed ? {} : { lookup: publicLookup };
    const connect = { timeout: attemptTimeout, ...lookup, ...credential.tls };
    const agent = agents.get(credential) ?? new Agent({ ...settings, connect });
    agents.set(credential, agent);
    return agent;
  }

  async close(): Promise<void> {
    await Promise.all([this.guarded.close(), this.trusted.close()]);
  }
}

function answerOf({ status, errorCode, headers, begins }: Back): Answer {
  if (status === undefined) return { errorCode: errorCode ?? 'UNKNOWN' };
  const retryAfter = headers['retry-after'];
  return { status, ...(typeof retryAfter === 'string' && { retryAfter }), said: { headers, begins } };
}

const textOf = (header: string | string[] | undefined): string | undefined => header?.toString();
