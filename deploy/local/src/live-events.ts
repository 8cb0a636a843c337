import { DeliverPolicy, type JsMsg, jetstream, jetstreamManager } from '@nats-io/jetstream';
import { connect } from '@nats-io/transport-node';
import { loginOf } from '@okienko/messaging/jetstream';
import { type CloudEvent, serviceOf } from '@okienko/contracts/event';
import { events } from '@okienko/contracts/events';
import { topology } from '@okienko/contracts/streams';

/** One event as it lies on its stream. Of a sealed one only what its subject says is shown. */
export interface LiveEvent {
  /** Stream and position: the event's place on the broker. */
  readonly place: string;
  /** When the broker stored it, to the nanosecond: text order is time order. */
  readonly storedAt: string;
  readonly service: string;
  readonly type: string;
  readonly title: string;
  readonly sealed: boolean;
  readonly id?: string;
  readonly subject?: string;
  readonly sequence?: number;
  readonly time?: string;
  readonly data?: unknown;
}

export interface LiveEvents {
  /** The last 500 in the order in which the broker stored them. */
  events(): readonly LiveEvent[];
  /** Calls back for every new event, until the function returned is called. */
  onEvent(callback: (event: LiveEvent) => void): () => void;
  stop(): Promise<void>;
}

const capacity = 500;
const titles = new Map<string, string>(events.map(({ $id, title }) => [$id, title]));

/** Follows every stream of the deployment from its last 500 events on. The streams must be there. */
export async function followEvents({
  url,
  namespace = 'okienko',
}: {
  url: string;
  namespace?: string;
}): Promise<LiveEvents> {
  const connection = await connect({ ...loginOf(url), name: 'page', maxReconnectAttempts: -1 });
  const kept: LiveEvent[] = [];
  const listeners = new Set<(event: LiveEvent) => void>();

  function keep(event: LiveEvent): void {
    // The streams are read side by side: the broker's own time puts them into one order.
    const later = kept.findLastIndex(({ storedAt }) => storedAt <= event.storedAt) + 1;
    kept.splice(later, 0, event);
    kept.splice(0, kept.length - capacity);
    for (const listener of listeners) listener(event);
  }

  const manager = await jetstreamManager(connection);
  const followed = topology(namespace).streams.map(async ({ name }) => {
    const { state } = await manager.streams.info(name);
    const consumer = await jetstream(connection).consumers.get(name, {
      deliver_policy: DeliverPolicy.StartSequence,
      opt_start_seq: Math.max(1, state.last_seq - capacity + 1),
    });
    // A short heartbeat, so that a broker that was restarted is noticed soon: its ordered consumers are gone with it.
    return consumer.consume({ idle_heartbeat: 1_000, callback: (message) => keep(read(message, namespace)) });
  });
  try {
    await Promise.all(followed);
  } catch (error) {
    await connection.close();
    throw error;
  }

  return {
    events: () => kept,
    onEvent(callback) {
      listeners.add(callback);
      return () => listeners.delete(callback);
    },
    stop: () => connection.close(),
  };
}

function read(message: JsMsg, namespace: string): LiveEvent {
  const path = message.subject.slice(namespace.length + 1);
  const sealed = path.startsWith('sealed.');
  const type = sealed ? path.slice('sealed.'.length) : path;
  const known = {
    place: `${message.info.stream}/${message.seq}`,
    storedAt: instantOf(message.timestampNanos),
    service: serviceOf(type),
    type,
    title: titles.get(type) ?? '',
    sealed,
  };
  if (sealed) return known;
  try {
    const { id, subject, sequence, time, data } = message.json<CloudEvent>();
    return { ...known, id, subject, sequence: Number(sequence), time, data };
  } catch {
    return known; // no event of ours; the services put it among their dead letters
  }
}

function instantOf(nanos: bigint): string {
  const milliseconds = new Date(Number(nanos / 1_000_000n)).toISOString().slice(0, -1);
  return `${milliseconds}${String(nanos % 1_000_000n).padStart(6, '0')}Z`;
}
