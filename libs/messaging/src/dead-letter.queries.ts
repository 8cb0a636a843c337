import { NotFound } from '@okienko/contracts/domain-error';
import { contractsByName } from '@okienko/contracts/validation';
import type { DataSource } from 'typeorm';
import type { ParkReason } from './dead-letters';

export const parkReasons = [
  'UNREADABLE',
  'UNROUTABLE',
  'INVALID',
  'REFUSED',
  'EXHAUSTED',
  'GAP',
  'BEHIND_PARKED',
] as const satisfies readonly ParkReason[];

export const deadLetterStatuses = ['PARKED', 'RETRIED', 'DISCARDED'] as const;
export type DeadLetterStatus = (typeof deadLetterStatuses)[number];

/** What an operator may see: never the body. */
export interface DeadLetterView {
  readonly id: string;
  /** Durable consumer that could not handle it. */
  readonly consumer: string;
  readonly eventId: string | null;
  readonly eventName: string | null;
  readonly aggregateType: string | null;
  readonly aggregateId: string | null;
  readonly sequence: number | null;
  readonly reason: ParkReason;
  /** What the handler said. */
  readonly error: string;
  readonly attempts: number;
  readonly status: DeadLetterStatus;
  readonly createdAt: Date;
}

/** An event of the same aggregate that waits for the one before it. */
export interface WaitingEvent {
  readonly id: string;
  readonly eventName: string;
  readonly sequence: number;
  readonly createdAt: Date;
}

/** All that an operator needs to decide. */
export interface DeadLetterDetails extends DeadLetterView {
  /** The contract's title. */
  readonly title: string | null;
  /** When it happened; `createdAt` is when it was parked. */
  readonly occurredAt: string | null;
  /** Trace of the act that caused it, as in the logs (W3C Trace Context). */
  readonly traceparent: string | null;
  /** Sequence up to which the consumer has handled this aggregate. */
  readonly handledUpTo: number | null;
  /** The dead letter to deal with first, where this one waits behind another. */
  readonly waitsFor: string | null;
  /** How many events of the aggregate wait behind this one; the first of them follow. */
  readonly waitingCount: number;
  readonly waiting: WaitingEvent[];
  readonly resolvedAt: Date | null;
  readonly resolvedBy: string | null;
  readonly resolution: string | null;
}

export interface DeadLetterFilter {
  readonly status?: DeadLetterStatus;
  readonly reason?: ParkReason;
  readonly consumer?: string;
}

const mostShown = 50;
const columns = `d.id, d.consumer, d.event_id as "eventId", d.event_name as "eventName", d.aggregate_type as "aggregateType",
  d.aggregate_id as "aggregateId", d.sequence, d.reason, d.error, d.attempts, d.status, d.created_at as "createdAt"`;
const sameAggregate = `o.consumer = $1 and o.aggregate_type = $2 and o.aggregate_id = $3 and o.status = 'PARKED'`;

/** An error text can repeat what it was about: addresses of e-mail, and numbers as long as a PESEL or a telephone's. */
export const masked = (text: string): string =>
  text
    .replace(/[^\s@"'<>,;()]{1,64}@[^\s@"'<>,;()]{1,255}/g, '…@…')
    .replace(/(?<![\w-])\+?\d(?:[ -]?\d){8,10}(?![\w-])/g, '…');

export async function listDeadLetters(
  dataSource: DataSource,
  { status, reason, consumer }: DeadLetterFilter,
  after: string | undefined,
  limit: number,
): Promise<DeadLetterView[]> {
  const letters = await dataSource.query<DeadLetterView[]>(
    `select ${columns} from dead_letter d
     where ($1::uuid is null or d.id > $1) and ($2::text is null or d.status = $2) and ($3::text is null or d.reason = $3)
       and ($4::text is null or d.consumer = $4)
     order by d.id limit $5`,
    [after ?? null, status ?? null, reason ?? null, consumer ?? null, limit],
  );
  return letters.map((letter) => ({ ...letter, error: masked(letter.error) }));
}

export async function showDeadLetter(dataSource: DataSource, id: string): Promise<DeadLetterDetails> {
  const [letter] = await dataSource.query<(DeadLetterDetails & { body: string })[]>(
    `select ${columns}, d.body, d.resolved_at as "resolvedAt", d.resolved_by as "resolvedBy", d.resolution,
            p.sequence as "handledUpTo"
     from dead_letter d left join inbox_position p using (consumer, aggregate_type, aggregate_id) where d.id = $1`,
    [id],
  );
  if (!letter) throw new NotFound('dead letter');
  const { body, ...seen } = letter;
  const aggregate = [letter.consumer, letter.aggregateType, letter.aggregateId, letter.sequence];
  const [first] = await dataSource.query<{ id: string }[]>(
    `select o.id from dead_letter o where ${sameAggregate} and o.sequence < $4 order by o.sequence limit 1`,
    aggregate,
  );
  const waiting = await dataSource.query<(WaitingEvent & { total: number })[]>(
    `select o.id, o.event_name as "eventName", o.sequence, o.created_at as "createdAt", count(*) over ()::int as total
     from dead_letter o where ${sameAggregate} and o.sequence > $4 order by o.sequence limit ${mostShown}`,
    aggregate,
  );
  return {
    ...seen,
    error: masked(seen.error),
    title: contractsByName.get(seen.eventName ?? '')?.title ?? null,
    ...envelopeOf(seen.eventId === null ? '{}' : body),
    waitsFor: seen.status === 'PARKED' ? (first?.id ?? null) : null,
    waitingCount: waiting[0]?.total ?? 0,
    waiting: waiting.map(({ total: _, ...event }) => event),
  };
}

function envelopeOf(body: string): Pick<DeadLetterDetails, 'occurredAt' | 'traceparent'> {
  const { time, traceparent } = JSON.parse(body) as { time?: unknown; traceparent?: unknown };
  const text = (value: unknown): string | null => (typeof value === 'string' ? value.slice(0, 100) : null);
  return { occurredAt: text(time), traceparent: text(traceparent) };
}

export interface ParkedCount {
  readonly consumer: string;
  readonly reason: ParkReason;
  readonly parked: number;
}

/** What stands still at this moment, from the table: a counter forgets with its process. */
export const countParked = (dataSource: DataSource): Promise<ParkedCount[]> =>
  dataSource.query(
    `select consumer, reason, count(*)::int as parked from dead_letter where status = 'PARKED' group by consumer, reason`,
  );
