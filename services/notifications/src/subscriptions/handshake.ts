import { DomainError } from '@okienko/contracts/domain-error';

/** OPTIONS: the sink is asked whether it wants to be posted to (CloudEvents webhooks, 4). NONE: it is not asked. */
export type Handshake = 'OPTIONS' | 'NONE';
export const handshakes: readonly Handshake[] = ['OPTIONS', 'NONE'];

export class SinkDoesNotAgree extends DomainError {
  readonly kind = 'rule-broken';
  readonly code = 'sink-does-not-agree';
}

/** What the sink answered to OPTIONS, or why it did not. */
export interface Consent {
  readonly status?: number | undefined;
  readonly errorCode?: string | undefined;
  readonly allowedOrigin?: string | undefined;
  readonly allowedRate?: string | undefined;
}

/** How many posts a minute the sink agrees to; undefined where it sets no limit. */
export function agreedRate(
  { status = 0, errorCode, allowedOrigin = '', allowedRate = '*' }: Consent,
  origin: string,
): number | undefined {
  const toDo = `Answer OPTIONS with 200 and "WebHook-Allowed-Origin: ${origin}"`;
  if (errorCode !== undefined)
    throw new SinkDoesNotAgree(`The sink gave no answer to OPTIONS (${errorCode}). ${toDo}.`);
  if (status < 200 || status > 299) throw new SinkDoesNotAgree(`The sink answered OPTIONS with ${status}. ${toDo}.`);
  const allowed = allowedOrigin.split(',').map((one) => one.trim().toLowerCase());
  if (!allowed.includes('*') && !allowed.includes(origin.toLowerCase()))
    throw new SinkDoesNotAgree(`The sink does not name this centre in its answer to OPTIONS. ${toDo}.`);
  if (allowedRate.trim() === '*') return undefined;
  const rate = Number(allowedRate);
  if (!Number.isInteger(rate) || rate < 1)
    throw new SinkDoesNotAgree('"WebHook-Allowed-Rate" is a whole number of posts a minute, at least 1, or "*".');
  // More than that is no limit.
  return rate > 100_000 ? undefined : rate;
}
