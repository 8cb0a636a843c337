import { isIP } from 'node:net';
import { DomainError } from '@okienko/contracts/domain-error';
import { isPublicAddress } from './public-address';

export class SinkRefused extends DomainError {
  readonly kind = 'rule-broken';
  readonly code = 'sink-refused';
}

/** All addresses of a host. */
export type Resolve = (host: string) => Promise<readonly string[]>;

/** `host:port` pairs on the centre's own network that its operator has allowed. */
export const allowedSinks = (list: string): ReadonlySet<string> =>
  new Set(
    list
      .split(',')
      .map((entry) => entry.trim().toLowerCase())
      .filter((entry) => entry !== ''),
  );

const ports: Readonly<Record<string, string>> = { 'http:': '80', 'https:': '443' };
export const placeOf = (sink: URL): string => `${sink.hostname}:${sink.port || (ports[sink.protocol] ?? '')}`;
export const hostOf = (sink: URL): string => sink.hostname.replace(/^\[(.*)\]$/, '$1');

/**
 * Where webhooks may go: https on the public internet, or what the operator has allowed by name. The URL parser has already
 * turned decimal, octal and hexadecimal hosts into plain addresses. What a name resolves to is asked here so that a mistake is
 * told at once; since it may change, it is asked again at every connection.
 */
export async function assertSink(
  text: string,
  allowed: ReadonlySet<string>,
  resolve: Resolve,
  what = 'sink',
): Promise<void> {
  const sink = URL.canParse(text) ? new URL(text) : undefined;
  if (!sink || !(sink.protocol in ports)) throw new SinkRefused(`A ${what} is an https URL.`);
  if (sink.username || sink.password)
    throw new SinkRefused(`A ${what} holds no user name and no password: it would end in logs.`);
  if (sink.hash) throw new SinkRefused(`A ${what} has no fragment.`);
  if (allowed.has(placeOf(sink))) return;
  if (sink.protocol !== 'https:') throw new SinkRefused(`A ${what} is an https URL.`);
  const host = hostOf(sink);
  const addresses = isIP(host) ? [host] : await resolve(host).catch(() => []);
  if (addresses.length === 0) throw new SinkRefused(`The host of the ${what} cannot be found. Check its name.`);
  if (!addresses.every(isPublicAddress))
    throw new SinkRefused(`The host of the ${what} is not on the public internet.`);
}

/** Of a subscription that is read over the feed or NATS alone. */
export class NoSink extends DomainError {
  readonly kind = 'conflict';
  readonly code = 'no-sink';
  constructor() {
    super('The subscription has no sink, so nothing is posted. Read its events with GET …/events or over NATS.');
  }
}
