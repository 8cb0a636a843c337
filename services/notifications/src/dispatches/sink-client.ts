import { lookup, type LookupAddress, type LookupOptions } from 'node:dns';
import { isIP } from 'node:net';
import { Agent } from 'undici';
import type { Consent } from '../subscriptions/handshake';
import { isPublicAddress } from '../subscriptions/public-address';
import { hostOf, placeOf } from '../subscriptions/sink';
import { type Answer, attemptTimeout } from './dispatch';
import { type Back, codeOf, exchange } from './exchange';

type Sent = Readonly<Record<string, string>>;

class NotPublic extends Error {
  readonly code = 'SINK_NOT_PUBLIC';
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

/** No limit to connections here: lanes are one, and a silent subscription must not take them from another of the same host. */
const settings = { pipelining: 1, headersTimeout: attemptTimeout, bodyTimeout: attemptTimeout };

/** Posts to sinks, and asks them beforehand: no redirects, one time limit over everything, an answer read up to a limit and dropped. */
export class SinkClient {
  private readonly guarded = new Agent({ ...settings, connect: { timeout: attemptTimeout, lookup: publicLookup } });
  private readonly trusted = new Agent({ ...settings, connect: { timeout: attemptTimeout } });

  constructor(private readonly allowed: ReadonlySet<string>) {}

  async post(sink: string, headers: Sent, body: string): Promise<Answer> {
    const { status, errorCode, headers: back, begins } = await this.exchange('POST', sink, headers, body);
    if (status === undefined) return { errorCode: errorCode ?? 'UNKNOWN' };
    const retryAfter = back['retry-after'];
    return { status, ...(typeof retryAfter === 'string' && { retryAfter }), said: { headers: back, begins } };
  }

  /** Whether the sink wants to be posted to (CloudEvents webhooks, 4). */
  async ask(sink: string, headers: Sent): Promise<Consent> {
    const { headers: back, status, errorCode } = await this.exchange('OPTIONS', sink, headers);
    return {
      ...(status !== undefined && { status }),
      ...(errorCode !== undefined && { errorCode }),
      allowedOrigin: textOf(back['webhook-allowed-origin']),
      allowedRate: textOf(back['webhook-allowed-rate']),
    };
  }

  private async exchange(method: 'POST' | 'OPTIONS', sink: string, headers: Sent, body?: string): Promise<Back> {
    const url = new URL(sink);
    const isAllowed = this.allowed.has(placeOf(url));
    try {
      // A literal address is never looked up, so it is checked here; an exemption that was withdrawn ends here too.
      if (!isAllowed && (url.protocol !== 'https:' || (isIP(hostOf(url)) && !isPublicAddress(hostOf(url)))))
        throw new NotPublic();
      return await exchange(isAllowed ? this.trusted : this.guarded, url, { method, headers, body });
    } catch (error) {
      return { errorCode: codeOf(error), headers: {}, begins: '' };
    }
  }

  async close(): Promise<void> {
    await Promise.all([this.guarded.close(), this.trusted.close()]);
  }
}

const textOf = (header: string | string[] | undefined): string | undefined => header?.toString();
