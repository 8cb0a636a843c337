import { accessHash, chains } from './access-log-chain';
import type { Sql } from './sql';

export interface AccessLogFault {
  readonly chain: number;
  readonly position: number;
  /**
   * `EDITED`: the row is not what was written. `REMOVED`: rows are missing from this position on. `REORDERED`: the row does
   * not continue the one before it, so one of the two stands where it was not written. `REWRITTEN`: the chain holds together,
   * but an anchor tells another hash of this row, so it or one before it was written anew.
   */
  readonly kind: 'EDITED' | 'REMOVED' | 'REORDERED' | 'REWRITTEN';
}

/** Where a chain ended when it was anchored, and which of its rows had been removed by then, because their time was over. */
export interface AnchoredChain {
  readonly chain: number;
  readonly position: number;
  readonly hash: string;
  readonly removedTo: number;
  readonly removedHash: string;
}

/** What an event about the log told, chain by chain. */
export interface ToldChain extends AnchoredChain {
  readonly anchoredAt: string;
}

/** By law nothing goes before (KRI § 20), whatever the terms of the service say. */
const leastMonths = 24;

/**
 * Recomputes every hash and follows every link, a page at a time, while the service goes on writing. Without anchors it finds every change
 * but one that rewrites all that follows and the head too. Anchors are what was published about the chains; give them read before,
 * from where this database's administrator cannot write, and that is found as well. In one snapshot (REPEATABLE READ) rows may
 * be removed meanwhile whose time is over.
 */
export async function verifyAccessLog(
  sql: Sql,
  pageSize = 1000,
  anchors?: readonly ToldChain[],
): Promise<{ rows: number; faults: AccessLogFault[] }> {
  const faults: AccessLogFault[] = [];
  let rows = 0;
  for (const { chain, hash, ...head } of await sql.query<Head>(selectHeads, [])) {
    const length = Number(head.position);
    const start = { position: Number(head.removedTo), hash: head.removedHash };
    const ofChain = anchors?.filter((anchor) => anchor.chain === chain);
    if (ofChain && start.position > 0 && !mayBeGone(start, ofChain))
      faults.push({ chain, position: 1, kind: 'REMOVED' });
    const told = new Map(ofChain?.map((anchor) => [anchor.position, anchor.hash]));
    let before = start;
    for await (const row of chainUpTo(sql, chain, Math.max(length, Number(head.last)), pageSize)) {
      rows += 1;
      const next = before.position + 1;
      if (row.position > next) faults.push({ chain, position: next, kind: 'REMOVED' });
      if (!row.intact) faults.push({ chain, position: row.position, kind: 'EDITED' });
      else if (row.position <= start.position || (row.position === next && row.previous !== before.hash))
        faults.push({ chain, position: row.position, kind: 'REORDERED' });
      else if (row.hash !== (told.get(row.position) ?? row.hash))
        faults.push({ chain, position: row.position, kind: 'REWRITTEN' });
      before = row;
    }
    const end = Math.max(length, ...told.keys());
    if (before.position < end) faults.push({ chain, position: before.position + 1, kind: 'REMOVED' });
    else if (before.hash !== hash) faults.push({ chain, position: before.position, kind: 'EDITED' });
  }
  return { rows, faults };
}

/** Whether an anchor tells of the removal, and none says that the rows were younger than they had to be by then. */
function mayBeGone(start: { position: number; hash: string }, anchors: readonly ToldChain[]): boolean {
  const teller = anchors.find(
    ({ removedTo, removedHash }) => removedTo === start.position && removedHash === start.hash,
  );
  if (!teller) return false;
  const limit = new Date(teller.anchoredAt);
  limit.setUTCMonth(limit.getUTCMonth() - leastMonths);
  return !anchors.some(({ anchoredAt, position }) => new Date(anchoredAt) > limit && position < start.position);
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
  removedTo: string;
  removedHash: string;
}

interface Row {
  position: number;
  previous: string;
  hash: string;
  intact: boolean;
}

// One statement is one snapshot: every row up to the head is committed with it, and later appends are left to the next run.
const selectHeads = `
  select chain, coalesce(head.position, 0) as position, coalesce(encode(head.hash, 'hex'), '') as hash,
         coalesce(start.position, 0) as "removedTo", coalesce(encode(start.hash, 'hex'), '') as "removedHash",
         coalesce((select max(position) from access_log log where log.chain = every.chain), 0) as last
  from generate_series(0, ${chains - 1}) every (chain)
  left join access_log_head head using (chain) left join access_log_start start using (chain)
  order by chain`;

const selectPage = `
  select position, encode(previous_hash, 'hex') as previous, encode(hash, 'hex') as hash,
         hash = ${accessHash('previous_hash', 'access_log')} as intact
  from access_log where chain = $1 and position > $2 and position <= $3
  order by position limit $4`;
