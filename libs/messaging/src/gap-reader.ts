export interface OutboxRow {
  readonly seq: bigint;
  readonly id: string;
  readonly aggregateType: string;
  readonly aggregateId: string;
  readonly subject: string;
  readonly event: string;
  /** An earlier event of its aggregate is parked. */
  readonly parked: boolean;
}

/** One connection: statements take effect in the order in which they are given, also when none is waited for. */
export interface Sql {
  query<Row>(text: string, values?: unknown[]): Promise<Row[]>;
}

interface RawRow extends Omit<OutboxRow, 'seq'> {
  readonly seq: string;
  readonly late: boolean;
}

const columns = `o.seq::text as seq, o.id::text as id, o.aggregate_type as "aggregateType", o.aggregate_id::text as "aggregateId", o.subject, o.event,
  exists (select from outbox_parked k where k.aggregate_type = o.aggregate_type and k.aggregate_id = o.aggregate_id) as parked`;

interface Gap {
  readonly missedAt: number;
  /** Id of a transaction begun after the number was missed: an upper bound of whoever drew it. */
  bound?: bigint;
}

/** Milliseconds. Nearly every missing number belongs to a neighbour that is about to commit: only of what stays away is more asked. */
const patience = 100;

const next = `select ${columns}, false as late from outbox o
  where o.seq > $1 and o.created_at >= $3::timestamptz and o.created_at < now() + interval '1 hour' order by o.seq limit $2`;
// One statement, one snapshot: a late row and its successor on the same aggregate cannot be told apart wrongly.
const lateAndNext = `(select ${columns}, true as late from outbox o where o.seq = any($4::bigint[])) union all (${next})`;

/** Rows. */
export const readAtOnce = 500;

/** Milliseconds after which the days that need no more looking into are found out anew. */
const daysAfter = 60 * 60 * 1000;

/**
 * Reads the outbox in the order of its numbers without ever skipping one. A number is drawn before its transaction commits, so a later
 * number may be visible first: the hole it leaves is remembered and looked for again with every read, and given up only when no
 * transaction that could own it is still running. (Design: events C3.4.)
 */
export class GapReader {
  private readonly gaps = new Map<bigint, Gap>();
  private high: bigint;
  /**
   * All rows made before this have been read: most days of the outbox need not be looked into. What a transaction of days may still bring
   * is missing, and found, as soon as a later number is read.
   */
  private since = '-infinity';
  private lookedAt = 0;

  constructor(
    private readonly sql: Sql,
    low: bigint,
  ) {
    this.high = low;
  }

  get openGaps(): number {
    return this.gaps.size;
  }

  /** Everything up to here is decided: read, or rolled back. */
  watermark(published: bigint): bigint {
    let low = published;
    for (const gap of this.gaps.keys()) if (gap - 1n < low) low = gap - 1n;
    return low;
  }

  /** The next rows in order, late ones first; empty when there are none. */
  async read(): Promise<OutboxRow[]> {
    if (Date.now() - this.lookedAt > daysAfter) await this.leaveOldDays();
    const missing = [...this.gaps.keys()];
    const now = Date.now();
    const where = [this.high.toString(), readAtOnce, this.since];
    const lasting = [...this.gaps.values()].filter(({ bound, missedAt }) => !bound && now - missedAt > patience);
    const [oldest, bound, found] = await Promise.all([
      // Before the rows are read: what ended by now is visible to the next statement.
      [...this.gaps.values()].some((gap) => gap.bound) ? this.oldestRunning() : undefined,
      lasting.length > 0 ? this.newTransactionId() : undefined,
      missing.length > 0
        ? this.sql.query<RawRow>(lateAndNext, [...where, missing.map(String)])
        : this.sql.query<RawRow>(next, where),
    ]);
    const rows = found.map((row) => ({ ...row, seq: BigInt(row.seq) })).sort((a, b) => (a.seq < b.seq ? -1 : 1));
    for (const row of rows) if (row.late) this.gaps.delete(row.seq);
    if (oldest !== undefined)
      for (const [number, gap] of this.gaps) if (gap.bound && gap.bound < oldest) this.gaps.delete(number);
    for (const row of rows) {
      if (row.late) continue;
      for (let number = this.high + 1n; number < row.seq; number += 1n) this.gaps.set(number, { missedAt: now });
      this.high = row.seq;
    }
    for (const gap of lasting) gap.bound = bound as bigint;
    return rows;
  }

  /** Takes these as read, if they are what would be read next. */
  follow(rows: readonly OutboxRow[]): boolean {
    if (this.gaps.size > 0 || rows.some(({ seq }, index) => seq !== this.high + BigInt(index + 1))) return false;
    this.high += BigInt(rows.length);
    return true;
  }

  private async leaveOldDays(): Promise<void> {
    const [row] = await this.sql.query<{ day: string; last: string }>(
      `select day::text, (select coalesce(max(seq), 0) from outbox where created_at < day)::text as last from (select now() - interval '1 day' as day) d`,
    );
    this.lookedAt = Date.now();
    if (row && BigInt(row.last) <= this.high) this.since = row.day;
  }

  private async oldestRunning(): Promise<bigint> {
    const [row] = await this.sql.query<{ xmin: string }>(
      'select pg_snapshot_xmin(pg_current_snapshot())::text as xmin',
    );
    return BigInt(row?.xmin ?? 0);
  }

  // A snapshot's xmax will not do: it is the last completed id plus one, and a running transaction may be above it.
  private async newTransactionId(): Promise<bigint> {
    const [row] = await this.sql.query<{ xid: string }>('select pg_current_xact_id()::text as xid');
    return BigInt(row?.xid ?? 0);
  }
}
