import { lookup, type LookupAddress, type LookupOptions } from 'node:dns';
import { isIP } from 'node:net';
import { Agent, request } from 'undici';
import { isPublicAddress } from '../subscriptions/public-address';
import { hostOf, placeOf } from '../subscriptions/sink';
import { type Answer, attemptTimeout } from './dispatch';

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

const mostBytes = 64 * 1024;
/** No limit to connections here: lanes are one, and a silent subscription must not take them from another of the same host. */
const settings = { pipelining: 1, headersTimeout: attemptTimeout, bodyTimeout: attemptTimeout };

/** Posts to sinks: no redirects, one time limit over everything, an answer read up to a limit and dropped. */
export class SinkClient {
  private readonly guarded = new Agent({ ...settings, connect: { timeout: attemptTimeout, lookup: publicLookup } });
  private readonly trusted = new Agent({ ...settings, connect: { timeout: attemptTimeout } });

  constructor(private readonly allowed: ReadonlySet<string>) {}

  async post(sink: string, headers: Readonly<Record<string, string>>, body: string): Promise<Answer> {
    const url = new URL(sink);
    const isAllowed = this.allowed.has(placeOf(url));
    try {
      // A literal address is never looked up, so it is checked here; an exemption that was withdrawn ends here too.
      if (!isAllowed && (url.protocol !== 'https:' || (isIP(hostOf(url)) && !isPublicAddress(hostOf(url)))))
        throw new NotPublic();
      const response = await request(url, {
        method: 'POST',
        headers,
        body,
        dispatcher: isAllowed ? this.trusted : this.guarded,
        signal: AbortSignal.timeout(attemptTimeout),
      });
      await response.body.dump({ limit: mostBytes }).catch(() => undefined);
      const retryAfter = response.headers['retry-after'];
      return { status: response.statusCode, ...(typeof retryAfter === 'string' && { retryAfter }) };
    } catch (error) {
      return { errorCode: codeOf(error) };
    }
  }

  async close(): Promise<void> {
    await Promise.all([this.guarded.close(), this.trusted.close()]);
  }
}

function codeOf(error: unknown): string {
  const { code, name } = error as { code?: unknown; name?: unknown };
  return typeof code === 'string' ? code : String(name ?? 'UNKNOWN');
}
