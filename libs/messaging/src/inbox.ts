import { aggregateKey, type Incoming } from './incoming';
import { storable } from './storable';
import type { Transaction } from './transaction';

export interface Position {
  sequence: number;
  parked: boolean;
}

/** Events of one aggregate, each the next of the one before it. */
export type Run = readonly Incoming[];

/** The events by aggregates, in the fixed order in which these are locked; undefined when there are holes between them. */
export function runsOf(events: readonly Incoming[]): Run[] | undefined {
  const runs = new Map<string, Incoming[]>();
  for (const event of events) {
    const key = aggregateKey(event);
    const run = runs.get(key);
    if (!run) runs.set(key, [event]);
    else if ((run.at(-1) as Incoming).sequence + 1 === event.sequence) run.push(event);
    else return undefined;
  }
  return [...runs.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, run]) => run);
}

/**
 * What a consumer has already done, kept in the transaction of what it does: which events, and how far each aggregate has come.
 * (Design: events C3.5.)
 */
export class Inbox {
  constructor(
    private readonly transaction: Transaction,
    private readonly consumer: string,
  ) {}

  /**
   * One batch of a consumer at a time, whatever the replica: two that lock the rows of many aggregates, each in the order of its events,
   * would wait for each other until the server ends one of them, a second later. Not waited for: what follows comes after it.
   */
  takeTurn(): void {
    this.transaction.send(
      `select pg_advisory_xact_lock(hashtext('okienko batch of ' || current_schema()), hashtext($1))`,
      [this.consumer],
    );
  }

  /**
   * Notes the events and moves the positions of their aggregates, if none has been noted before and each is the next of its aggregate;
   * otherwise the transaction fails. It is not waited for: nothing that follows in the transaction takes effect without it.
   */
  take(runs: readonly Run[]): void {
    const events = runs.flatMap((run) => run);
    const ends = runs.map((run) => ({ first: run[0] as Incoming, last: run.at(-1) as Incoming }));
    this.transaction.send('select inbox_take($1, $2::uuid[], $3::text[], $4::uuid[], $5::int[], $6::int[])', [
      this.consumer,
      events.map(({ event }) => event.id),
      ends.map(({ first }) => first.aggregateType),
      ends.map(({ first }) => first.aggregateId),
      ends.map(({ first }) => first.sequence),
      ends.map(({ last }) => last.sequence),
    ]);
  }

  /** Notes the events and returns the ids of those that had not been noted before. */
  async note(ids: readonly string[]): Promise<Set<string>> {
    const fresh = await this.transaction.query<{ id: string }>(
      `insert into inbox (consumer, event_id) select $1, id from unnest($2::uuid[]) as id order by id on conflict do nothing returning event_id::text as id`,
      [this.consumer, ids],
    );
    return new Set(fresh.map(({ id }) => id));
  }

  /** Takes back the notes of events that were not handled after all. */
  async forget(ids: readonly string[]): Promise<void> {
    if (ids.length > 0)
      await this.transaction.query('delete from inbox where consumer = $1 and event_id = any($2::uuid[])', [
        this.consumer,
        ids,
      ]);
  }

  /** Takes back the notes of events that came before their predecessors, and returns how often each has waited by now. */
  async postpone(ids: readonly string[]): Promise<Map<string, number>> {
    if (ids.length === 0) return new Map();
    const rows = await this.transaction.query<{ id: string; waits: number }>(
      `with early as (delete from inbox where consumer = $1 and event_id = any($2::uuid[]) returning event_id)
       insert into inbox_attempt as a (consumer, event_id, attempts, waits, last_error)
       select $1, event_id, 0, 1, 'What it depends on has not arrived.' from early
       on conflict (consumer, event_id) do update set waits = a.waits + 1, at = now() returning a.event_id::text as id, a.waits`,
      [this.consumer, ids],
    );
    return new Map(rows.map(({ id, waits }) => [id, waits]));
  }

  /** How far each aggregate has come, locked until commit. In a fixed order, so that two replicas cannot wait for each other. */
  async positions(events: readonly Incoming[]): Promise<Map<string, Position>> {
    const aggregates = [...new Map(events.map((event) => [aggregateKey(event), event])).entries()].sort(([a], [b]) =>
      a < b ? -1 : 1,
    );
    const rows = await this.transaction.query<Position & { type: string; id: string }>(
      `insert into inbox_position as p (consumer, aggregate_type, aggregate_id, sequence)
       select $1, a.type, a.id, 0 from unnest($2::text[], $3::uuid[]) with ordinality as a(type, id, n) order by a.n
       on conflict (consumer, aggregate_type, aggregate_id) do update set consumer = p.consumer
       returning p.aggregate_type as type, p.aggregate_id::text as id, p.sequence, p.parked`,
      [
        this.consumer,
        aggregates.map(([, event]) => event.aggregateType),
        aggregates.map(([, event]) => event.aggregateId),
      ],
    );
    return new Map(rows.map(({ type, id, sequence, parked }) => [`${type} ${id}`, { sequence, parked }]));
  }

  advance(positions: ReadonlyMap<string, Position>): void {
    if (positions.size === 0) return;
    const keys = [...positions.keys()].map((key) => key.split(' '));
    this.transaction.send(
      // The rows are there and locked (positions): an upsert finds each by its key, a join would plan anew every time.
      `insert into inbox_position (consumer, aggregate_type, aggregate_id, sequence, parked)
       select $1, n.type, n.id, n.sequence, n.parked
       from unnest($2::text[], $3::uuid[], $4::int[], $5::boolean[]) as n(type, id, sequence, parked)
       on conflict (consumer, aggregate_type, aggregate_id) do update set sequence = excluded.sequence, parked = excluded.parked`,
      [
        this.consumer,
        keys.map(([type]) => type),
        keys.map(([, id]) => id),
        [...positions.values()].map((p) => p.sequence),
        [...positions.values()].map((p) => p.parked),
      ],
    );
  }

  /** Counts a failure in the handler; returns how many there have been. */
  async countAttempt(id: string, error: string): Promise<number> {
    const [row] = await this.transaction.query<{ attempts: number }>(
      `insert into inbox_attempt as a (consumer, event_id, attempts, last_error) values ($1, $2, 1, $3)
       on conflict (consumer, event_id) do update set attempts = a.attempts + 1, last_error = excluded.last_error, at = now() returning attempts`,
      [this.consumer, id, storable(error)],
    );
    return row?.attempts ?? 1;
  }
}
