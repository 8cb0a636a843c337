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
  if (sql.send) sql.send(append, values);
  else await sql.query(append, values);
}

/** Several people in one transaction: in the order of the chains, so that two such transactions cannot deadlock. */
export async function recordAccesses(sql: Sql, entries: readonly AccessEntry[]): Promise<void> {
  const inOrder = entries.toSorted((one, other) => chainOf(one.personId) - chainOf(other.personId));
  for (const entry of inOrder) await recordAccess(sql, entry);
}

// Without a head there is no position, which the table refuses. An update that waited for the lock reads the head anew, so position and hash always continue the last committed row.
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
  from entry left join link on true`;
