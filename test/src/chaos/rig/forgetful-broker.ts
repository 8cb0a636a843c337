import type { NatsConnection, Payload, PublishOptions } from '@nats-io/transport-node';
import type { Broker } from '@okienko/messaging/jetstream';

/**
 * A broker that now and then says yes to an event that it does not keep, and says so again until the event comes under another message
 * id: `{ seq: 0, duplicate: true }`, as nats-server 2.10 was seen to do.
 */
export function forgetful(broker: Broker, stream: string, forgets: () => boolean): Broker {
  const forgotten = new Set<string>();
  const { connection } = broker;
  const publish = (subject: string, payload?: Payload, options?: PublishOptions): void => {
    const id = options?.headers?.get('Nats-Msg-Id') ?? '';
    if (id.length === 36 && (forgotten.has(id) || forgets())) {
      forgotten.add(id);
      connection.publish(options?.reply ?? '', JSON.stringify({ stream, seq: 0, duplicate: true }));
    } else connection.publish(subject, payload, options);
  };
  const wrapped = new Proxy<NatsConnection>(connection, {
    get(target, name) {
      if (name === 'publish') return publish;
      const value: unknown = Reflect.get(target, name, target);
      return typeof value === 'function' ? (value.bind(target) as unknown) : value;
    },
  });
  return { ...broker, connection: wrapped };
}
