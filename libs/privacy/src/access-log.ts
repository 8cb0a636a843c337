import { accessHash, chainOf, chains, personChain } from './access-log-chain';
import type { Sql } from './sql';

/** Who looked at or changed whose data, when, in which role and what for; the kinds of data, never the data. */
export interface AccessEntry {
  readonly at: Date;
  readonly actor: string;
  readonly role: string;
  /** `EXPORT`: taken out as data, to be kept elsewhere. The tables of a service that lets it be done take it by a migration of its own. */
  readonly act: 'READ' | 'WRITE' | 'SEARCH' | 'EXPORT';
  readonly personId: string;
  readonly fieldGroups: readonly string[];
  readonly purpose: string;
  readonly caseRef?: string;
  readonly traceId?: string;
}

export interface AccessLogFault {
  readonly chain: number;
  readonly position: number;
  /**
   * `EDITED`: the row is not what was written. `REMOVED`: rows are missing from this position on. `REORDERED`: the row does
   * not continue the one before it, so one of the two stands where it was not written.
   */
  readonly kind: 'EDITED' | 'REMOVED' | 'REORDERED';
}

/**
 * Tables for a service's migration, which also grants its role `select, insert on access_log` and
 * `select, update on access_log_head`, and nothing else: the service cannot change what it has written, and
 * `verifyAccessLog` finds whoever can.
 */
export function accessLogTables(schema: string): string {
  return `
    create table ${schema}.access_log (
      chain smallint not null,
      position bigint not null check (position > 0),
      at timestamptz not null,
      actor text not null,
      role text not null,
      act text not null check (act in ('READ', 'WRITE', 'SEARCH')),
      person_id uuid not null,
      field_groups text[] not null,
      purpose text not null,
      case_ref text,
      trace_id text,
      previous_hash bytea not null,
      hash bytea not null,
      primary key (chain, position)
    );
    create index access_log_by_person on ${schema}.access_log (person_id, at);
    create table ${schema}.access_log_head (
      chain smallint primary key,
      position bigint not null default 0,
      previous_hash bytea not null default '',
      hash bytea not null default ''
    ) with (fillfactor = 50);
    insert into ${schema}.access_log_head (chain) select generate_series(0, ${chains - 1})`;
}

/**
 * Appends the entry to its chain, in the caller's transaction: access that cannot be logged does not happen. Locking the head,
 * hashing and inserting are one statement and cannot come apart. Call it last, as the head stays locked until the commit.
 * Meant for READ COMMITTED; under a higher isolation level concurrent appends fail as serialisation errors.
 */
export async function recordAccess(sql: Sql, entry: AccessEntry): Promise<void> {
  const { at, actor, role, act, personId, fieldGroups, purpose, caseRef = null, traceId = null } = entry;
  const values = [at, actor, role, act, personId, fieldGroups, purpose, caseRef, traceId];
  const [appended] = await sql.query(append, values);
  if (!appended) throw new Error('the access log has lost the head of a chain');
}

/** Several people in one transaction: in the order of the chains, so that two such transactions cannot deadlock. */
export async function recordAccesses(sql: Sql, entries: readonly AccessEntry[]): Promise<void> {
  const inOrder = entries.toSorted((one, other) => chainOf(one.personId) - chainOf(other.personId));
  for (const entry of inOrder) await recordAccess(sql, entry);
}

/**
 * Recomputes every hash and follows every link, a page at a time, while the service goes on writing. It finds every change
 * but one that rewrites all that follows and the head too: against that, keep each day's heads where the database's
 * administrator cannot write.
 */
export async function verifyAccessLog(sql: Sql, pageSize = 1000): Promise<{ rows: number; faults: AccessLogFault[] }> {
  const faults: AccessLogFault[] = [];
  let rows = 0;
  for (const { chain, hash, ...head } of await sql.query<Head>(selectHeads, [])) {
    const length = Number(head.position);
    let before = { position: 0, hash: '' };
    for await (const row of chainUpTo(sql, chain, Math.max(length, Number(head.last)), pageSize)) {
      rows += 1;
      const next = before.position + 1;
      if (row.position > next) faults.push({ chain, position: next, kind: 'REMOVED' });
      if (!row.intact) faults.push({ chain, position: row.position, kind: 'EDITED' });
      else if (row.position === next && row.previous !== before.hash)
        faults.push({ chain, position: row.position, kind: 'REORDERED' });
      before = row;
    }
    if (before.position < length) faults.push({ chain, position: before.position + 1, kind: 'REMOVED' });
    else if (before.hash !== hash) faults.push({ chain, position: before.position, kind: 'EDITED' });
  }
  return { rows, faults };
}

async function* chainUpTo(sql: Sql, chain: number, last: number, pageSize: number): AsyncGenerator<Row> {
  for (let after = 0; after < last;) {
    const page = await sql.query<Row>(selectPage, [chain, after, last, pageSize]);
    if (page.length === 0) return;
    for (const row of page) {
      after = Number(row.position);
      yield { ...row, position: after };
    }
  }
}

interface Head {
  chain: number;
  position: string;
  hash: string;
  last: string;
}

interface Row {
  position: number;
  previous: string;
  hash: string;
  intact: boolean;
}

// An update that waited for the lock reads the head anew, so position and hash always continue the last committed row.
const append = `
  with given as (
    select $1::timestamptz as at, $2::text as actor, $3::text as role, $4::text as act, $5::uuid as person_id,
           $6::text[] as field_groups, $7::text as purpose, $8::text as case_ref, $9::text as trace_id
  ), entry as (
    select ${personChain('given.person_id')} as chain, given.* from given
  ), link as (
    update access_log_head head
    set position = head.position + 1, previous_hash = head.hash, hash = ${accessHash('head.hash', 'entry')}
    from entry where head.chain = entry.chain
    returning head.position, head.previous_hash, head.hash
  )
  insert into access_log (chain, position, previous_hash, hash,
                          at, actor, role, act, person_id, field_groups, purpose, case_ref, trace_id)
  select chain, position, previous_hash, hash,
         at, actor, role, act, person_id, field_groups, purpose, case_ref, trace_id
  from entry, link
  returning position`;

// One statement is one snapshot: every row up to the head is committed with it, and later appends are left to the next run.
const selectHeads = `
  select chain, coalesce(position, 0) as position, coalesce(encode(hash, 'hex'), '') as hash,
         coalesce((select max(position) from access_log log where log.chain = every.chain), 0) as last
  from generate_series(0, ${chains - 1}) every (chain) left join access_log_head using (chain)
  order by chain`;

const selectPage = `
  select position, encode(previous_hash, 'hex') as previous, encode(hash, 'hex') as hash,
         hash = ${accessHash('previous_hash', 'access_log')} as intact
  from access_log where chain = $1 and position > $2 and position <= $3
  order by position limit $4`;
