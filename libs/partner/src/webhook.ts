import type { CloudEvent, DataOf, EventContract } from '@okienko/contracts/event';
import { Webhook, WebhookVerificationError } from 'standardwebhooks';
import { isPublicKey, isSignedBy } from './public-key';

/** One event as it came. */
export interface Arrived {
  /** Its number in the subscription: 1, 2, 3 … 0 is none: a test, or a digest, which is about the subscription itself. */
  readonly sequence: number;
  readonly event: CloudEvent;
}

/** The signature is missing, old or wrong. Answer 401 and believe nothing of it. */
export class NotFromTheCentre extends Error {}

/** Headers as Node, Express or fetch give them. */
type Given = Headers | Readonly<Record<string, string | readonly string[] | undefined>>;

/**
 * Checks what was posted (Standard Webhooks) and reads the CloudEvent in it. `body` are the exact bytes that came: parsed and written again,
 * they are others. `keys` is the secret of the subscription (`whsec_…`) or its public key (`whpk_…`); during a rotation give both.
 */
export function openWebhook(keys: string | readonly string[], headers: Given, body: string | Buffer): Arrived {
  const event = checked(keys, headers, body) as CloudEvent;
  return { sequence: Number(headerOf(headers, 'okienko-sequence')), event };
}

/** The same for a subscription with `batch`: all events of the post in their order. A test or a digest comes alone there as well. */
export function openBatch(keys: string | readonly string[], headers: Given, body: string | Buffer): Arrived[] {
  const content = checked(keys, headers, body) as CloudEvent | readonly CloudEvent[];
  const [first = 0] = headerOf(headers, 'okienko-sequence').split('-').map(Number);
  return [content].flat().map((event, index) => ({ sequence: first + index, event }));
}

function checked(keys: string | readonly string[], headers: Given, body: string | Buffer): unknown {
  const signed = Object.fromEntries(
    ['webhook-id', 'webhook-timestamp', 'webhook-signature'].map((name) => [name, headerOf(headers, name)]),
  );
  for (const key of [keys].flat()) {
    if (isPublicKey(key)) {
      if (isSignedBy(key, signed, body)) return JSON.parse(String(body));
      continue;
    }
    try {
      return new Webhook(key).verify(body, signed);
    } catch (error) {
      if (!(error instanceof WebhookVerificationError)) throw error;
    }
  }
  throw new NotFromTheCentre('No signature of this request fits a key of the subscription.');
}

/** Whether the event is of this kind and version; its data then have their type. */
export const isEvent = <C extends EventContract>(
  contract: C,
  event: CloudEvent | null,
): event is CloudEvent<DataOf<C>> => event?.type === `pl.okienko.${contract.$id}`;

const headerOf = (headers: Given, name: string): string =>
  headers instanceof Headers ? (headers.get(name) ?? '') : String(headers[name] ?? '');
