import { randomUUID } from 'node:crypto';
import { headers, type NatsConnection } from '@nats-io/transport-node';
import { planRedraftedV1 } from '@okienko/contracts/cases/plan-redrafted.v1';
import { deliveryAcceptedV1 } from '@okienko/contracts/providers/delivery-accepted.v1';
import { type EventContract, envelope, event, subjectOf } from '@okienko/contracts/event';
import { freshContext } from '@okienko/messaging/context';
import { v7 as uuidv7 } from 'uuid';
import type { Chance } from '../../chance';

export interface Poisoned {
  readonly shape: string;
  readonly subject: string;
  /** Where it has one that can be read. */
  readonly eventId?: string;
}

interface Shape {
  readonly shape: string;
  readonly body: (contract: EventContract) => { readonly body: string; readonly eventId?: string };
}

const enveloped = (contract: EventContract, change: object): { body: string; eventId: string } => {
  const fact = event(contract, randomUUID(), contract.examples[0] as never);
  const made = { ...envelope(fact, 1, new Date(), freshContext()), ...change };
  return { body: JSON.stringify(made), eventId: made.id };
};

const shapes: readonly Shape[] = [
  { shape: 'no JSON', body: () => ({ body: '{"specversion":"1.0",' }) },
  { shape: 'bytes', body: () => ({ body: '\u0000\u0001\ufffd' }) },
  { shape: 'no envelope', body: () => ({ body: JSON.stringify({ hello: 'world' }) }) },
  { shape: 'no id', body: (contract) => ({ body: enveloped(contract, { id: 'none' }).body }) },
  { shape: 'no sequence', body: (contract) => ({ body: enveloped(contract, { sequence: 'first' }).body }) },
  {
    shape: 'unknown type',
    body: (contract) => enveloped(contract, { type: `pl.okienko.${contract.$id.replace(/v1$/, 'v99')}` }),
  },
  { shape: 'breaks its contract', body: (contract) => enveloped(contract, { data: { nothing: true } }) },
  { shape: 'for ever too early', body: (contract) => enveloped(contract, { id: uuidv7(), data: {} }) },
];

/** Puts messages that nobody should have sent on the real subjects. Aggregates of their own, so that nobody else stands behind them. */
export async function poison(connection: NatsConnection, chance: Chance, namespace: string): Promise<Poisoned[]> {
  const done: Poisoned[] = [];
  for (let count = 0; count < 3; count += 1) {
    const contract = chance.pick([planRedraftedV1, deliveryAcceptedV1]);
    const { shape, body } = chance.pick(shapes);
    const subject = subjectOf(contract);
    const made = body(contract);
    const head = headers();
    head.set('Okienko-Poison', shape);
    try {
      await connection.request(`${namespace}.${subject}`, made.body, { headers: head, timeout: 3000 });
    } catch {
      // Whether it was stored is not known; the checker reads the streams.
    }
    done.push({ shape, subject, ...(made.eventId && { eventId: made.eventId }) });
  }
  return done;
}
