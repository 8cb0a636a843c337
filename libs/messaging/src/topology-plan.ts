import {
  AckPolicy,
  type ConsumerConfig,
  DeliverPolicy,
  DiscardPolicy,
  type JetStreamManager,
  RetentionPolicy,
  StorageType,
  type StreamConfig,
} from '@nats-io/jetstream';
import { nanos } from '@nats-io/nats-core';
import type { Service } from '@okienko/contracts/event';
import { type ConsumerPlan, type PartnerPlace, type StreamPlan, topology } from '@okienko/contracts/streams';

type Wanted<T> = Partial<T>;

/** One difference between what is wanted and what the broker has. */
export interface Change {
  readonly what: string;
  readonly differences: string;
  readonly apply: () => Promise<unknown>;
}

/** Milliseconds without a sign of life after which a message is given to another replica. */
export const ackWait = 8_000;

const streamConfig = (plan: StreamPlan, replicas: number): Wanted<StreamConfig> & { name: string } => ({
  name: plan.name,
  subjects: [...plan.subjects],
  retention: plan.isQueue ? RetentionPolicy.Workqueue : RetentionPolicy.Limits,
  storage: StorageType.File,
  // A full stream refuses, and the outbox waits: nothing is dropped to make room.
  discard: DiscardPolicy.New,
  max_age: nanos(plan.maxAge * 1000),
  duplicate_window: nanos(plan.duplicateWindow * 1000),
  deny_delete: true,
  allow_direct: true,
  num_replicas: replicas,
});

const consumerConfig = (plan: ConsumerPlan): Wanted<ConsumerConfig> & { durable_name: string } => ({
  durable_name: plan.durable,
  ack_policy: AckPolicy.Explicit,
  deliver_policy: DeliverPolicy.All,
  // How long the messages of a killed replica wait for another; one that lives says so in time (`working`).
  ack_wait: nanos(ackWait),
  // Our own count of failures decides; the broker must not give up before.
  max_deliver: -1,
  max_ack_pending: 1000,
});

/** A partner's client may take its time with a batch, and may leave it half done; what it has not acknowledged comes again. */
export const partnerConsumer = ({ durable, subjects }: PartnerPlace): Partial<ConsumerConfig> => ({
  durable_name: durable,
  filter_subject: subjects,
  ack_policy: AckPolicy.Explicit,
  deliver_policy: DeliverPolicy.All,
  ack_wait: nanos(30_000),
  max_deliver: -1,
  max_ack_pending: 256,
  max_waiting: 8,
});

const absent = <T>(error: unknown): T | undefined => {
  if (/not found/i.test((error as Error).message)) return undefined;
  throw error;
};

function differences(wanted: object, found: object): string {
  return Object.entries(wanted)
    .filter(([key, value]) => JSON.stringify(value) !== JSON.stringify((found as Record<string, unknown>)[key]))
    .map(
      ([key, value]) => `${key}: ${JSON.stringify((found as Record<string, unknown>)[key])} → ${JSON.stringify(value)}`,
    )
    .join(', ');
}

/** What must be done so that the broker has the streams and consumers of the deployment. Nothing is done here. */
export async function planChanges(manager: JetStreamManager, namespace: string, replicas = 1): Promise<Change[]> {
  const changes: Change[] = [];
  const { streams, consumers, replay, partners } = topology(namespace);
  for (const plan of [...streams, replay, partners]) {
    const wanted = streamConfig(plan, replicas);
    const found = await manager.streams.info(plan.name).catch(absent<{ config: StreamConfig }>);
    const differs = found ? differences(wanted, found.config) : 'new';
    if (!found)
      changes.push({ what: `stream ${plan.name}`, differences: differs, apply: () => manager.streams.add(wanted) });
    else if (differs)
      changes.push({
        what: `stream ${plan.name}`,
        differences: differs,
        apply: () => manager.streams.update(plan.name, wanted),
      });
  }
  for (const plan of consumers) {
    const wanted = consumerConfig(plan);
    const found = await manager.consumers.info(plan.stream, plan.durable).catch(absent<{ config: ConsumerConfig }>);
    const differs = found ? differences(wanted, found.config) : 'new';
    if (!found)
      changes.push({
        what: `consumer ${plan.durable}`,
        differences: differs,
        apply: () => manager.consumers.add(plan.stream, wanted),
      });
    else if (differs)
      changes.push({
        what: `consumer ${plan.durable}`,
        differences: differs,
        apply: () => manager.consumers.update(plan.stream, plan.durable, wanted),
      });
  }
  return changes;
}

/** Names of what the service needs and the broker does not have. */
export async function missingFrom(manager: JetStreamManager, namespace: string, service: Service): Promise<string[]> {
  const { streams, consumers } = topology(namespace);
  const missing: string[] = [];
  for (const { name } of streams) if (!(await manager.streams.info(name).catch(absent))) missing.push(`stream ${name}`);
  for (const { stream, durable } of consumers.filter((plan) => plan.service === service)) {
    if (!(await manager.consumers.info(stream, durable).catch(absent))) missing.push(`consumer ${durable}`);
  }
  return missing;
}
