import { topology } from '@okienko/contracts/streams';
import type { DataSource } from 'typeorm';
import type { Broker } from './jetstream';
import { RawPublisher } from './raw-publisher';

export interface ReplaySettings {
  readonly namespace: string;
  /** The service that asked, and its name for this replay. */
  readonly to: string;
  readonly run: string;
  /** Types of aggregates; all unless given. */
  readonly aggregates?: readonly string[];
  /** Single aggregates; all unless given. */
  readonly ids?: readonly string[];
  readonly since?: Date;
  readonly until?: Date;
  readonly say: (progress: string) => void;
}

/** The last message of a replay. No event is like it: events are objects. */
export const replayEnd = '"end"';

/** Each replay has subjects of its own, which only the one that asked for it reads. */
export const replaySubject = (namespace: string, to: string, run: string, subject: string): string =>
  `${namespace}.replay.${to}.${run}.${subject}`;

const batch = 500;

interface Kept {
  readonly seq: string;
  readonly id: string;
  readonly aggregate: string;
  readonly subject: string;
  readonly body: string;
}

/**
 * Says again what the owner's outbox and its archive have kept: the same bytes under the same ids, in the same order, to one reader. Nobody else hears
 * of it. Only what the relay has published is repeated, so that what follows is on the stream. Sealed events are not: they are to be
 * forgotten soon.
 */
export async function replay(dataSource: DataSource, broker: Broker, settings: ReplaySettings): Promise<number> {
  const { namespace, to, run, aggregates, ids, since, until, say } = settings;
  await broker.manager.streams.info(topology(namespace).replay.name);
  const publisher = new RawPublisher(broker.connection, undefined, undefined, broker.inboxPrefix);
  const publish = async (rows: readonly Omit<Kept, 'seq'>[]): Promise<void> => {
    let messages = rows.map(({ subject, body, id, aggregate }) => ({
      subject: replaySubject(namespace, to, run, subject),
      body,
      messageId: `${run} ${id}`,
      aggregate,
    }));
    for (let failures = 0; messages.length > 0;) {
      const { stored, failure } = await publisher.publish(messages);
      messages = messages.slice(stored.length);
      failures = stored.length > 0 ? 0 : failures + 1;
      if (failure && failures >= 5) throw failure;
    }
  };
  const [row] = await dataSource.query<{ low: string }[]>('select low::text as low from outbox_relay');
  let after = '0';
  for (let events = 0; ;) {
    const rows = await dataSource.query<Kept[]>(
      `select o.seq::text as seq, o.id::text as id, o.aggregate_id::text as aggregate, o.subject, o.event as body from outbox_history o
       where o.seq > $1 and o.seq <= $2 and o.subject not like 'sealed.%' and ($3::text[] is null or o.aggregate_type = any ($3))
         and ($4::timestamptz is null or o.created_at >= $4) and ($5::timestamptz is null or o.created_at < $5)
         and ($6::uuid[] is null or o.aggregate_id = any ($6))
       order by o.seq limit ${batch}`,
      [after, row?.low ?? '0', aggregates ?? null, since ?? null, until ?? null, ids ?? null],
    );
    const last = rows.at(-1);
    if (!last) {
      await publish([{ subject: 'end', body: replayEnd, id: 'end', aggregate: 'end' }]);
      return events;
    }
    await publish(rows);
    after = last.seq;
    events += rows.length;
    if (events % 10_000 < rows.length) say(`${events} events`);
  }
}
