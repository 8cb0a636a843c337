import type { DataSource } from 'typeorm';
import type { DeadLetterStatus } from './dead-letter.queries';
import type { ParkReason } from './dead-letters';

/** An event as its owner stored it, and how far it has come from there. */
export interface EventStored {
  /** Its number in the outbox. */
  readonly seq: string;
  readonly name: string;
  readonly aggregateType: string;
  readonly aggregateId: string;
  readonly sequence: number;
  readonly storedAt: Date;
  /** The act that it belongs to, as every event that followed from it. */
  readonly correlationId: string | null;
  /** The event that it followed from; null when a person or a calendar caused it. */
  readonly causationId: string | null;
  readonly traceparent: string | null;
  /** WAITING until the broker has acknowledged it; PARKED when it can never be published. */
  readonly state: 'WAITING' | 'PUBLISHED' | 'PARKED';
  readonly parkedBecause: string | null;
  /** It lies behind `after` and not behind `upTo` of the stream, as far as the relay wrote it down; null where that is forgotten. */
  readonly place: { readonly stream: string; readonly after: string; readonly upTo: string } | null;
}

/** An event in a consumer of this service. */
export interface EventRead {
  readonly consumer: string;
  /** Whether some handler listens to that kind of aggregate; null unless one was named. */
  readonly listens: boolean | null;
  /** When the inbox took it, together with its effect or its parking; rows are kept for 30 days. */
  readonly takenAt: Date | null;
  /** Failures that will be followed by another attempt, and times that it waited for what it depends on. */
  readonly attempts: number;
  readonly waits: number;
  /** Sequence up to which the consumer has come with the named aggregate. */
  readonly handledUpTo: number | null;
  readonly deadLetter: {
    readonly id: string;
    readonly status: DeadLetterStatus;
    readonly reason: ParkReason;
    readonly attempts: number;
    readonly parkedAt: Date;
    readonly resolvedAt: Date | null;
  } | null;
}

export interface EventCaused {
  readonly id: string;
  readonly name: string;
  readonly aggregateId: string;
  readonly storedAt: Date;
}

/** All that one service knows of an event, without its contents. */
export interface EventWhereabouts {
  readonly service: string;
  /** Null where another service said it. */
  readonly stored: EventStored | null;
  readonly read: EventRead[];
  /** What this service said because of it. */
  readonly caused: EventCaused[];
}

export interface AskedAggregate {
  readonly aggregateType?: string;
  readonly aggregateId?: string;
}

export interface RelayState {
  /** Events that the broker has not acknowledged; at most 100,000 are counted. */
  readonly waiting: number;
  /** Age of the oldest of them. */
  readonly oldestSeconds: number | null;
  /** Events that can never be published. */
  readonly parked: number;
}

const mostCounted = 100_000;

/** Of events that wait, and never of all. */
export async function relayState(dataSource: DataSource): Promise<RelayState> {
  const [row] = await dataSource.query<[RelayState]>(
    `select (select count(*)::int from (select 1 from outbox where seq > r.low limit ${mostCounted}) w) as waiting,
       (select greatest(extract(epoch from now() - created_at), 0)::float8 from outbox where seq > r.low order by seq limit 1) as "oldestSeconds",
       (select count(*)::int from outbox_parked) as parked
     from outbox_relay r`,
  );
  return row;
}

/** An id is made a moment before its row, by a clock of its own; a day of the outbox is looked through, not ten years. */
const around = `between to_timestamp(('x' || translate(left($1::text, 13), '-', ''))::bit(48)::bigint / 1000.0) - interval '1 hour'
  and to_timestamp(('x' || translate(left($1::text, 13), '-', ''))::bit(48)::bigint / 1000.0) + interval '1 hour'`;

async function stored(dataSource: DataSource, id: string): Promise<EventStored | null> {
  const [row] = await dataSource.query<EventStored[]>(
    `select o.seq::text as seq, regexp_replace(o.subject, '^sealed\\.', '') as name, o.aggregate_type as "aggregateType",
       o.aggregate_id as "aggregateId", o.sequence, o.created_at as "storedAt", o.event::jsonb->>'correlationid' as "correlationId",
       o.event::jsonb->>'causationid' as "causationId", o.event::jsonb->>'traceparent' as traceparent,
       case when p.seq is not null then 'PARKED' when o.seq <= r.low then 'PUBLISHED' else 'WAITING' end as state,
       p.reason as "parkedBecause", (
         select jsonb_build_object('stream', e.stream, 'upTo', min(e.last_sequence)::text, 'after', coalesce((
           select max(b.last_sequence) from outbox_stream b where b.stream = e.stream and b.low < o.seq), 0)::text)
         from outbox_stream e
         where p.seq is null and e.low >= o.seq and (e.stream ilike '%\\_sealed') = (o.subject like 'sealed.%') group by e.stream limit 1) as place
     from outbox_history o cross join outbox_relay r left join outbox_parked p on p.seq = o.seq
     where o.id = $1::text::uuid and o.created_at ${around}`,
    [id],
  );
  return row ?? null;
}

/** The inbox keeps the moment of the transaction in which a handler worked, and what it said has the same. */
async function caused(dataSource: DataSource, id: string, consumers: readonly string[]): Promise<EventCaused[]> {
  const taken = await dataSource.query<{ at: string }[]>(
    'select received_at::text as at from inbox where event_id = $1 and consumer = any($2)',
    [id, consumers],
  );
  if (taken.length === 0) return [];
  return dataSource.query<EventCaused[]>(
    `select id, regexp_replace(subject, '^sealed\\.', '') as name, aggregate_id as "aggregateId", created_at as "storedAt" from outbox_history
     where created_at = any($2::timestamptz[]) and event::jsonb->>'causationid' = $1 order by seq`,
    [id, taken.map(({ at }) => at)],
  );
}

/** Where an event is, as far as this service knows. `listening` are the kinds of aggregates that it has handlers for. */
export async function whereabouts(
  dataSource: DataSource,
  service: string,
  id: string,
  { aggregateType, aggregateId }: AskedAggregate,
  consumers: readonly string[],
  listening: ReadonlySet<string>,
): Promise<EventWhereabouts> {
  const [own, rows, effects] = await Promise.all([
    stored(dataSource, id),
    dataSource.query<Omit<EventRead, 'listens'>[]>(
      `select c.consumer, i.received_at as "takenAt", coalesce(a.attempts, 0) as attempts, coalesce(a.waits, 0) as waits,
         p.sequence as "handledUpTo", d.letter as "deadLetter"
       from unnest($2::text[]) as c(consumer)
       left join inbox i on i.consumer = c.consumer and i.event_id = $1
       left join inbox_attempt a on a.consumer = c.consumer and a.event_id = $1
       left join inbox_position p on p.consumer = c.consumer and p.aggregate_type = $3 and p.aggregate_id = $4
       left join lateral (
         select jsonb_build_object('id', l.id, 'status', l.status, 'reason', l.reason, 'attempts', l.attempts,
           'parkedAt', l.created_at, 'resolvedAt', l.resolved_at) as letter
         from dead_letter l where l.consumer = c.consumer and l.event_id = $1 order by l.created_at desc limit 1) d on true`,
      [id, consumers, aggregateType ?? null, aggregateId ?? null],
    ),
    caused(dataSource, id, consumers),
  ]);
  const listens = aggregateType === undefined ? null : listening.has(aggregateType);
  return { service, stored: own, read: rows.map((row) => ({ ...row, listens })), caused: effects };
}
