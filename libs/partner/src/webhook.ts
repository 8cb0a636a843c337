import type { CloudEvent, DataOf, EventContract } from '@okienko/contracts/event';
import { Webhook, WebhookVerificationError } from 'standardwebhooks';

/** One event as it came, with its number in the subscription: 1, 2, 3 … */
export interface Arrived {
  readonly sequence: number;
  readonly event: CloudEvent;
}

/** The signature is missing, old or wrong. Answer 401 and believe nothing of it. */
export class NotFromTheCentre extends Error {}

/** Headers as Node, Express or fetch give them. */
type Given = Headers | Readonly<Record<string, string | readonly string[] | undefined>>;

/**
 * Checks what was posted (Standard Webhooks) and reads the CloudEvent in it. `body` are the exact bytes that came: parsed and written again,
 * they are others. During a rotation give both secrets.
 */
export function openWebhook(secrets: string | readonly string[], headers: Given, body: string | Buffer): Arrived {
  const signed = Object.fromEntries(
    ['webhook-id', 'webhook-timestamp', 'webhook-signature'].map((name) => [name, headerOf(headers, name)]),
  );
  for (const secret of [secrets].flat()) {
    try {
      const event = new Webhook(secret).verify(body, signed) as CloudEvent;
      return { sequence: Number(headerOf(headers, 'okienko-sequence')), event };
    } catch (error) {
      if (!(error instanceof WebhookVerificationError)) throw error;
    }
  }
  throw new NotFromTheCentre('No signature of this request fits a secret of the subscription.');
}

/** Whether the event is of this kind and version; its data then have their type. */
export const isEvent = <C extends EventContract>(
  contract: C,
  event: CloudEvent | null,
): event is CloudEvent<DataOf<C>> => event?.type === `pl.okienko.${contract.$id}`;

const headerOf = (headers: Given, name: string): string =>
  headers instanceof Headers ? (headers.get(name) ?? '') : String(headers[name] ?? '');
